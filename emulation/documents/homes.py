"""Where a paper came from: rooms register in AppConfig.ready() which rows the keys of their papers name."""

from typing import Any

from django.urls import resolve

from emulation.accounts.models import User
from emulation.communes.subjects import model_of

_homes: dict[str, str] = {}


def home(prefix: str, model: str) -> None:
    """Papers with the key "`prefix`:12" or "`prefix`:12:…" belong to row 12 of `model` ("room.Model")."""
    _homes[prefix] = model


def home_of(key: str, user: User, standing: Any) -> str:
    """The address of the row that a paper belongs to; "" when there is none that this person may open."""
    prefix, _, rest = key.partition(":")
    pk = rest.split(":")[0]
    if prefix not in _homes or not pk.isdecimal():
        return ""
    model = model_of(_homes[prefix])
    row = model.objects.visible_to(user).filter(pk=pk).first()
    if row is None:
        return ""
    url: str = row.get_absolute_url()
    view: Any = getattr(resolve(url).func, "view_class", None)
    return url if view is not None and view.who.test(standing, None) else ""
