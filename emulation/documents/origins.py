"""Links from a paper back to the object it was made for; apps register the models behind their paper keys."""

from typing import Any

from django.urls import resolve

from emulation.accounts.models import User
from emulation.communes.subjects import model_for_subject_key
from emulation.core.registry import Registry

paper_origins: Registry[str] = Registry(
    "Origins of papers", "prefix of paper keys: the model whose row a paper belongs to"
)


def register_origin(prefix: str, model: str) -> None:
    """Papers with the key "`prefix`:12" or "`prefix`:12:…" belong to row 12 of `model` (a subject_key, "app.Model")."""
    paper_origins.add(prefix, model)


def origin_url(key: str, user: User, capacity: Any) -> str:
    """The URL of the row that a paper belongs to; "" if there is none that this user may open."""
    prefix, _, rest = key.partition(":")
    pk = rest.split(":")[0]
    if prefix not in paper_origins or not pk.isdecimal():
        return ""
    model = model_for_subject_key(paper_origins[prefix])
    row = model.objects.visible_to(user).filter(pk=pk).first()
    if row is None:
        return ""
    url: str = row.get_absolute_url()
    view: Any = getattr(resolve(url).func, "view_class", None)
    return url if view is not None and view.permission.allows(capacity, None) else ""
