"""The user's own password once more before an act whose step has `asks_password`.

How it is asked is registered by emulation.accounts, which lies above this package.
"""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest

from emulation.core.registry import Registry
from emulation.workflow.workflow import acts

password_fields: Registry[Callable[[HttpRequest], forms.Field | None]] = Registry(
    "Reauthentication", "form field: a function of the request; None if the user gave the password a short while ago"
)


def add_password_fields(form: forms.Form, request: HttpRequest, act: str) -> None:
    """Adds to a form what the step of the act asks again; nothing if it asks nothing, or if it was typed lately."""
    if act not in acts or not acts[act][1].asks_password:
        return
    for name, field_for in password_fields.items():
        if field := field_for(request):
            form.fields[name] = field


def remove_passwords(form: forms.Form) -> None:
    """Leaves only the answers for the action in `cleaned_data`."""
    for name in password_fields:
        form.cleaned_data.pop(name, None)
