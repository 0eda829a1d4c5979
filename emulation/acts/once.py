"""Forms that make something new, sent twice: the second sending finds what the first one made."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from emulation.acts.models import FormOnce
from emulation.communes.models import Commune

Made = TypeVar("Made", bound=models.Model)


def new_key() -> str:
    """A fresh key for a form's hidden field."""
    return secrets.token_urlsafe(24)


def once(key: str, commune: Commune, model: type[Made], make: Callable[[], Made]) -> Made:
    """What `make` makes, or what it made the first time this key came; two at the same moment make one."""
    if not key:
        return make()
    if (known := FormOnce.objects.filter(key=key[:64], commune=commune).first()) is not None:
        return model._base_manager.get(pk=known.made)
    try:
        with transaction.atomic():
            made = make()
            FormOnce.objects.create(key=key[:64], commune=commune, made=made.pk)
            return made
    except IntegrityError:
        known = FormOnce.objects.filter(key=key[:64], commune=commune).first()
        if known is None:
            raise
        return model._base_manager.get(pk=known.made)
