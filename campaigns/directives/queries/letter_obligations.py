"""Obligations from issued letters: to acknowledge the letter, to report its tasks; one of each kind per letter and unit."""

from datetime import date

from django.utils import timezone

from campaigns.directives.models.letter import Letter
from campaigns.directives.queries.duty import LetterObligation, unacknowledged_receipts, unreported_duties
from campaigns.obligations.queries import Obligation, obligation_sources
from emulation.core.formatting import date_in_words


@obligation_sources.register("receipt")
def receipt_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Letters that units have not acknowledged."""
    return [
        _obligation(commune_id, "receipt", one, f"xác nhận đã nhận {_named(one.letter)}", "Nhận công văn")
        for one in unacknowledged_receipts(commune_id, on)
    ]


@obligation_sources.register("duty")
def duty_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Letters with unreported tasks: one obligation per letter and unit, due on the earliest due day of these tasks."""
    return [
        _obligation(commune_id, "duty", one, f"báo cáo kết quả thực hiện {_named(one.letter)}", "Báo cáo công văn")
        for one in unreported_duties(commune_id, on)
    ]


def _named(letter: Letter) -> str:
    """ "Công văn số 01/UBND-VHXH ngày 15 tháng 9 năm 2021", also for the reminder letter."""
    document = letter.document
    return f"Công văn số {document.reference} {date_in_words(document.issued_on)}" if document else letter.subject


def _obligation(commune_id: int, kind: str, source: LetterObligation, title: str, verb: str) -> Obligation:
    """`requested_on` is the day of the letter, or the day it was entered if that is later."""
    issued = source.letter.issued_on or source.due_on
    document = source.letter.document
    return Obligation(
        commune_id=commune_id,
        kind=kind,
        object_id=source.letter.pk,
        unit_id=source.unit_id,
        title=title,
        short_title=f"{verb} {document.reference}" if document else verb,
        requested_on=max(issued, timezone.localdate(source.since)),
        due_on=source.due_on,
        link=source.letter.get_absolute_url(),
    )
