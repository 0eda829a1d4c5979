"""Stable keys of the models that audit entries and workflow tables refer to.

A model declares `subject_key`. It is stored in audit entries, so it never changes, even if the model is renamed or moved.
"""

from functools import cache
from typing import Any

from django.apps import apps
from django.db import models


@cache
def _models_by_key() -> dict[str, type[models.Model]]:
    found: dict[str, type[models.Model]] = {}
    for model in apps.get_models():
        if key := vars(model).get("subject_key"):
            if key in found:
                raise ValueError(f"{key}: declared by {found[key]} and {model}")
            found[key] = model
    return found


def model_for_subject_key(key: str) -> Any:
    """The model that declares this `subject_key`. Raises LookupError when there is none."""
    if key not in _models_by_key():
        raise LookupError(f"no model declares the subject_key {key!r}")
    return _models_by_key()[key]
