"""Forms that make something new, sent twice: the second sending finds what the first one made."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from emulation.communes.models import Commune
from emulation.workflow.models import IdempotencyKey

CreatedT = TypeVar("CreatedT", bound=models.Model)


def new_idempotency_key() -> str:
    """A fresh key for a form's hidden field."""
    return secrets.token_urlsafe(24)


def create_once(key: str, commune: Commune, model: type[CreatedT], make: Callable[[], CreatedT]) -> CreatedT:
    """What `make` makes, or what it made the first time this key came; two at the same moment make one."""
    if not key:
        return make()
    if (known := IdempotencyKey.objects.filter(key=key[:64], commune=commune).first()) is not None:
        return model._base_manager.get(pk=known.made)
    try:
        with transaction.atomic():
            made = make()
            IdempotencyKey.objects.create(key=key[:64], commune=commune, made=made.pk)
            return made
    except IntegrityError:
        known = IdempotencyKey.objects.filter(key=key[:64], commune=commune).first()
        if known is None:
            raise
        return model._base_manager.get(pk=known.made)
