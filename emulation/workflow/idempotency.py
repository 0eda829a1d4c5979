"""Idempotency keys: submitting a form again returns the object that was created the first time."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from emulation.communes.models import Commune
from emulation.workflow.models import IdempotencyKey

CreatedT = TypeVar("CreatedT", bound=models.Model)


def new_idempotency_key() -> str:
    """A random key for the hidden field of a form."""
    return secrets.token_urlsafe(24)


def is_used(key: str, commune: Commune) -> bool:
    """Whether an object was created for this key."""
    return bool(key) and IdempotencyKey.objects.filter(key=key[:64], commune=commune).exists()


def create_once(key: str, commune: Commune, model: type[CreatedT], make: Callable[[], CreatedT]) -> CreatedT:
    """The object that `make` creates, or the one it created the first time for this key; safe under concurrent requests.

    Without a key (""), always creates a new object.
    """
    if not key:
        return make()
    if (first := IdempotencyKey.objects.filter(key=key[:64], commune=commune).first()) is not None:
        return model._base_manager.get(pk=first.made)
    try:
        with transaction.atomic():
            created = make()
            IdempotencyKey.objects.create(key=key[:64], commune=commune, made=created.pk)
            return created
    except IntegrityError:  # another request with the same key has committed since the check above
        first = IdempotencyKey.objects.filter(key=key[:64], commune=commune).first()
        if first is None:
            raise
        return model._base_manager.get(pk=first.made)
