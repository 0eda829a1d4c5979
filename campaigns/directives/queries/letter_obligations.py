"""What units owe of issued letters, as asks: to acknowledge one, to report what it lays on them (one ask a letter and unit)."""

from datetime import date

from django.utils import timezone

from campaigns.directives.models.letter import Letter
from campaigns.directives.queries.duty import LetterObligation, unacknowledged_receipts, unreported_duties
from campaigns.obligations.queries import Obligation, obligation_source


@obligation_source("receipt")
def receipt_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Letters that a unit has not acknowledged."""
    return [
        _obligation(commune_id, "receipt", one, f"xác nhận đã nhận công văn số {_number(one.letter)}")
        for one in unacknowledged_receipts(commune_id, on)
    ]


@obligation_source("duty")
def duty_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Tasks of a letter that a unit has not reported: one ask, due when the first of them is."""
    return [
        _obligation(commune_id, "duty", one, f"báo cáo việc theo công văn số {_number(one.letter)}")
        for one in unreported_duties(commune_id, on)
    ]


def _number(letter: Letter) -> str:
    return letter.document.reference if letter.document else letter.subject


def _obligation(commune_id: int, kind: str, owed: LetterObligation, title: str) -> Obligation:
    """Asked on the day of the letter, or when it was entered, if that was later."""
    issued = owed.letter.issued_on or owed.due_on
    return Obligation(
        commune_id=commune_id,
        kind=kind,
        object_id=owed.letter.pk,
        unit_id=owed.unit_id,
        title=title,
        asked_on=max(issued, timezone.localdate(owed.since)),
        due_on=owed.due_on,
        link=owed.letter.get_absolute_url(),
    )
