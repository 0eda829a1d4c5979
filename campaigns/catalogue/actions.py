"""Adds to the usual return reasons; a commune turns one off or on for itself."""

from campaigns.catalogue.models import ReasonOff, ReturnReason
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.workflow.transitions import act

MAX_RETURN_REASONS = 40
"""Most reasons of its own that a commune may have for one field, so that the list stays readable."""


def add_return_reason(*, by: User, commune: Commune, field: str, text: str) -> ReturnReason:
    """Add a reason of the commune's own. Raises RuleBroken for an unknown field, an empty text or a duplicate."""
    text = clean(text)
    if field not in dict(ReturnReason.FIELDS):
        raise RuleBroken("Hãy chọn mục.", field="field")
    if not text:
        raise RuleBroken("Hãy ghi lý do.", field="text")
    with act("campaigns.set_reasons", commune, by=by, field=field, added=text) as locked:
        same_field = ReturnReason.objects.of(locked.pk).filter(field=field)
        if any(row.text.casefold() == text.casefold() for row in same_field):
            raise RuleBroken("Mục này đã có lý do đó.", field="text")
        if same_field.filter(commune=locked).count() >= MAX_RETURN_REASONS:
            raise RuleBroken(f"Mỗi mục có nhiều nhất {MAX_RETURN_REASONS} lý do riêng của xã.", field="text")
        return ReturnReason.objects.create(commune=locked, field=field, text=text, sort=1000)


def toggle_return_reason(*, by: User, commune: Commune, reason: ReturnReason, on: bool) -> None:
    """Switch a reason on or off for the commune; exemplars returned with it keep it."""
    with act("campaigns.set_reasons", commune, by=by, reason=reason.text, on=on) as locked:
        if on:
            ReasonOff.objects.filter(commune=locked, reason=reason).delete()
        else:
            ReasonOff.objects.get_or_create(commune=locked, reason=reason)
