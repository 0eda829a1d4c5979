"""Record the handover of an award."""

from datetime import date

from commendations.models import Award, Handover
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act


def record_award_handover(
    *, by: User, award: Award, received_by: str, received_on: date, note: str = "", key: str = ""
) -> Handover:
    """Record who received the certificate and the money, and when. Idempotent per `key`.

    Raises RuleBroken when the receiver is missing, or when the day is before the decision or after today.
    """
    return create_once(
        key, award.commune, Handover, lambda: _record_award_handover(by, award, received_by, received_on, note)
    )


def _record_award_handover(by: User, award: Award, received_by: str, received_on: date, note: str) -> Handover:
    with act("commendations.hand_over", award, by=by, received_by=received_by, received_on=received_on) as locked:
        if not clean(received_by):
            raise RuleBroken("Hãy ghi họ tên người nhận.", "received_by")
        if received_on < locked.awarded_on:
            raise RuleBroken(
                f"Ngày nhận không được trước ngày quyết định ({format_date(locked.awarded_on)}).", "received_on"
            )
        not_future(received_on, "Ngày nhận", "received_on")
        return Handover.objects.create(
            commune=locked.commune,
            award=locked,
            received_by=received_by,
            received_on=received_on,
            note=note,
            recorded_by=by.pk,
        )
