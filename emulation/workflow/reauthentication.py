"""The user's own password once more before an act whose step has `asks_password`.

How it is asked is registered by emulation.accounts, which is above this package.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from emulation.core.registry import Registry
from emulation.workflow.authorization import check_act
from emulation.workflow.workflow import acts

password_fields: Registry[Callable[[HttpRequest], forms.Field | None]] = Registry(
    "Reauthentication", "form field: a function of the request; None if the user gave the password a short while ago"
)

PASSWORD_PAGE = "password_page"
"""Field that marks a POST from the page that asks for the password before an act without a form."""


def add_password_fields(form: forms.Form, request: HttpRequest, act: str) -> None:
    """Adds to a form what the step of the act asks again; nothing if it asks nothing, or if it was typed lately."""
    if act not in acts or not acts[act][1].asks_password:
        return
    for name, field_for in password_fields.items():
        if field := field_for(request):
            form.fields[name] = field


def password_question(request: HttpRequest, subject: Any, act: str) -> dict[str, Any] | None:
    """What the page needs that asks for the password before an act without a form; it posts everything again.

    None if the step asks nothing now, if the page's password is right, or if the act is not possible.
    """
    form = forms.Form(request.POST if PASSWORD_PAGE in request.POST else None)
    add_password_fields(form, request, act)
    if not form.fields or form.is_valid() or not check_act(act, subject, request.user):
        return None
    left_out = {"csrfmiddlewaretoken", "seen", "once", PASSWORD_PAGE, *form.fields}
    step = acts[act][1]
    return {
        "form": form,
        "title": step.label,
        "confirm": step.confirm,
        "posted": [(name, request.POST.getlist(name)) for name in request.POST if name not in left_out],
        "page_mark": PASSWORD_PAGE,
        "seen": request.POST.get("seen", ""),
        "once": request.POST.get("once", ""),
    }


def remove_passwords(form: forms.Form) -> None:
    """Leaves only the answers for the action in `cleaned_data`."""
    for name in password_fields:
        form.cleaned_data.pop(name, None)
