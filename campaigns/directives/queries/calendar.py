"""Dates of issued letters for the calendar: when to acknowledge them, when to report their tasks."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q

from campaigns.directives.models.duty import UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from emulation.core.formatting import lower_first
from emulation.workflow.calendar_registry import Deadline


def receipt_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day by which an issued letter is acknowledged: by the person's own units, or by all for the staff."""
    rows = LetterReceipt.objects.visible_to(user).filter(
        Q(due_day__range=(first, last)) | Q(due_day=None, letter__issued_on__range=(first, last))
    )
    asked: dict[int, list[LetterReceipt]] = defaultdict(list)
    for row in rows.for_lists():
        asked[row.letter_id].append(row)
    for pk, receipts in asked.items():
        letter = receipts[0].letter
        got = sum(row.state == LetterReceipt.RECEIVED for row in receipts)
        day = receipts[0].due_day or letter.issued_on
        if day is None:
            continue
        if len(receipts) > 1:
            note = f"{got}/{len(receipts)} đơn vị đã xác nhận nhận"
        else:
            note = "đã xác nhận nhận" if got else "chưa xác nhận nhận"
        # A letter from the time before such days were set has none: it never is late.
        done = got == len(receipts) if receipts[0].due_day else (True if got == len(receipts) else None)
        yield Deadline(day, f"Xác nhận nhận: {_name(letter)}", f"{pk}", letter.get_absolute_url(), done, note)


def duty_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The days by which tasks of letters are reported, one line a letter and day; one query."""
    rows = UnitDuty.objects.visible_to(user).filter(due_day__range=(first, last), receipt__isnull=False)
    asked: dict[tuple[date, int], list[UnitDuty]] = defaultdict(list)
    for row in rows.for_lists():
        if row.due_day:
            asked[row.due_day, row.letter_id].append(row)
    for (day, pk), owed in sorted(asked.items()):
        told = sum(row.state not in UnitDuty.OPEN for row in owed)
        letter = owed[0].letter
        yield Deadline(
            day,
            f"Báo cáo việc theo {lower_first(_name(letter))}",
            f"{pk}:{day}",
            letter.get_absolute_url(),
            told == len(owed),
            f"{told}/{len(owed)} việc đã báo cáo",
        )


def _name(letter: Letter) -> str:
    return f"Công văn số {letter.document.reference}" if letter.document else str(letter)
