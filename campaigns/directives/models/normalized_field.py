"""A column that stores the normalized copy of another one, for uniqueness and search."""

from collections.abc import Callable
from typing import Any

from django.db import models

from campaigns.directives.rules.document_symbols import issuer_key, symbol_key

NORMALIZERS: dict[str, Callable[[str], str]] = {"symbol": symbol_key, "issuer": issuer_key}


class NormalizedField(models.CharField):
    """The normalized value of the column `source`, computed on save. A queryset update of `source` must update it as well."""

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(*args, **{"editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = NORMALIZERS[self.source](getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value
