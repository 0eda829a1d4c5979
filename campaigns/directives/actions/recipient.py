"""Receipt by recipients that are no unit: the superior acknowledges, the office records it for others."""

from datetime import date

from django.utils import timezone

from campaigns.directives.models.recipient import LetterRecipient
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.workflow.transitions import act


def acknowledge_above(*, by: User, line: LetterRecipient, seen: int | None = None) -> LetterRecipient:
    """The superior authority acknowledges the letter."""
    with act("campaigns.acknowledge_above", line, by=by, seen=seen) as locked:
        locked.received_by = by
        locked.received_on = timezone.localdate()
        locked.how = "app"
    return line


def record_received(
    *, by: User, line: LetterRecipient, received_on: date, how: str, note: str = "", seen: int | None = None
) -> LetterRecipient:
    """The office records on which day and how a recipient without an account received the letter."""
    with act("campaigns.record_received", line, by=by, seen=seen) as locked:
        not_future(received_on, "Ngày nhận", "received_on")
        if locked.letter.issued_on and received_on < locked.letter.issued_on:
            raise RuleBroken("Ngày nhận không thể trước ngày ban hành.", field="received_on")
        if how not in dict(LetterRecipient.HOW) or how == "app":
            raise RuleBroken("Hãy chọn cách nhận.", field="how")
        locked.received_by = by
        locked.received_on = received_on
        locked.how = how
        locked.note = clean(note)
    return line
