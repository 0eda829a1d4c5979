"""What units owe of issued letters, as asks: to acknowledge one, to report what it lays on them (one ask a letter and unit)."""

from datetime import date

from django.utils import timezone

from campaigns.models import Letter
from campaigns.queries.asks import Ask, source
from campaigns.queries.duties import Owed, open_duties, open_receipts


@source("receipt")
def of_receipts(commune_id: int, on: date) -> list[Ask]:
    """Letters that a unit has not acknowledged."""
    return [
        _ask(commune_id, "receipt", one, f"xác nhận đã nhận công văn số {_number(one.letter)}")
        for one in open_receipts(commune_id, on)
    ]


@source("duty")
def of_duties(commune_id: int, on: date) -> list[Ask]:
    """Tasks of a letter that a unit has not reported: one ask, due when the first of them is."""
    return [
        _ask(commune_id, "duty", one, f"báo cáo việc theo công văn số {_number(one.letter)}")
        for one in open_duties(commune_id, on)
    ]


def _number(letter: Letter) -> str:
    return letter.document.reference if letter.document else letter.subject


def _ask(commune_id: int, kind: str, owed: Owed, title: str) -> Ask:
    """Asked on the day of the letter, or when it was entered, if that was later."""
    issued = owed.letter.issued_on or owed.due_on
    return Ask(
        commune_id=commune_id,
        kind=kind,
        object_id=owed.letter.pk,
        unit_id=owed.unit_id,
        title=title,
        asked_on=max(issued, timezone.localdate(owed.since)),
        due_on=owed.due_on,
        link=owed.letter.get_absolute_url(),
    )
