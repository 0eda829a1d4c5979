"""What units owe of issued letters, as asks: to acknowledge one, to report what it lays on them (one ask a letter and unit)."""

from datetime import date

from django.utils import timezone

from campaigns.models import LetterReceipt, UnitDuty
from campaigns.queries.asks import Ask, source
from campaigns.queries.duties import open_duties, open_receipts


@source("receipt")
def of_receipts(commune_id: int, on: date) -> list[Ask]:
    """Letters that a unit has not acknowledged."""
    return [
        _ask("receipt", one, one.due_day, f"xác nhận đã nhận công văn số {_number(one)}")
        for one in open_receipts(commune_id, on)
        if one.due_day
    ]


@source("duty")
def of_duties(commune_id: int, on: date) -> list[Ask]:
    """Tasks of a letter that a unit has not reported: one ask, due when the first of them is."""
    by_receipt: dict[int, list[UnitDuty]] = {}
    for one in open_duties(commune_id, on):
        by_receipt.setdefault(one.receipt_id or 0, []).append(one)
    receipts = LetterReceipt.objects.for_lists().in_bulk(by_receipt)
    return [
        _ask("duty", receipts[pk], min(one.due_day for one in rows if one.due_day), _report(receipts[pk]))
        for pk, rows in by_receipt.items()
        if pk in receipts
    ]


def _report(receipt: LetterReceipt) -> str:
    return f"báo cáo việc theo công văn số {_number(receipt)}"


def _number(receipt: LetterReceipt) -> str:
    return receipt.letter.document.reference if receipt.letter.document else receipt.letter.subject


def _ask(kind: str, receipt: LetterReceipt, due_on: date, title: str) -> Ask:
    """Asked on the day of the letter, or when it was entered, if that was later."""
    issued = receipt.letter.issued_on or due_on
    return Ask(
        commune_id=receipt.commune_id,
        kind=kind,
        object_id=receipt.letter_id,
        unit_id=receipt.unit_id,
        title=title,
        asked_on=max(issued, timezone.localdate(receipt.created_at)),
        due_on=due_on,
        link=receipt.letter.get_absolute_url(),
    )
