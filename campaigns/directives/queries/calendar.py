"""Dates of letters: when to acknowledge them, when to report their tasks, when to answer a directive."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db.models import Q

from campaigns.directives.models.directive import Handling
from campaigns.directives.models.duty import UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from emulation.core.formatting import lower_first
from emulation.legal.calendar.due_days import last_days_of
from emulation.workflow.calendar_registry import Deadline, due_day_sources


def receipt_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The days by which letters are to be acknowledged: by the user's own units, for staff by all units."""
    rows = (
        LetterReceipt.objects.visible_to(user)
        .in_force()
        .filter(Q(due_day__range=(first, last)) | Q(due_day=None, letter__issued_on__range=(first, last)))
    )
    by_letter: dict[int, list[LetterReceipt]] = defaultdict(list)
    for row in rows.for_lists():
        by_letter[row.letter_id].append(row)
    for pk, receipts in by_letter.items():
        letter = receipts[0].letter
        day = receipts[0].due_day or letter.issued_on
        if day is not None:
            done, note = _receipt_status(receipts)
            yield Deadline(day, f"Xác nhận nhận: {_name(letter)}", f"{pk}", letter.get_absolute_url(), done, note)


def _receipt_status(receipts: list[LetterReceipt]) -> tuple[bool | None, str]:
    """Whether all units acknowledged the letter, and a note; None instead of False for a letter that is never late."""
    received = sum(row.state == LetterReceipt.RECEIVED for row in receipts)
    done: bool | None = received == len(receipts)
    if not done and receipts[0].due_day is None:
        done = None  # letters issued before due days were introduced have none
    if len(receipts) > 1:
        return done, f"{received}/{len(receipts)} đơn vị đã xác nhận nhận"
    return done, "đã xác nhận nhận" if received else "chưa xác nhận nhận"


def duty_dates(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The days by which tasks of letters are to be reported, one entry per letter and day; one query."""
    rows = UnitDuty.objects.visible_to(user).in_force().filter(due_day__range=(first, last), receipt__isnull=False)
    by_day: dict[tuple[date, int], list[UnitDuty]] = defaultdict(list)
    for row in rows.for_lists():
        if row.due_day:
            by_day[row.due_day, row.letter_id].append(row)
    for (day, pk), duties in sorted(by_day.items()):
        reported = sum(row.state != UnitDuty.WAITING for row in duties)
        letter = duties[0].letter
        yield Deadline(
            day,
            f"Báo cáo việc theo {lower_first(_name(letter))}",
            f"{pk}:{day}",
            letter.get_absolute_url(),
            reported == len(duties),
            f"{reported}/{len(duties)} việc đã báo cáo",
        )


def _name(letter: Letter) -> str:
    return f"Công văn số {letter.document.reference}" if letter.document else str(letter)


@due_day_sources.register(Handling.subject_key)
def handling_due_days(handlings: Sequence[Handling], on: date) -> dict[int, date]:
    """The days by which directives must be answered, by primary key: a day off is moved; two small queries."""
    due_days = {row.pk: due for row in handlings if (due := row.due_on())}
    if not due_days:
        return {}
    last_days = last_days_of(handlings[0].commune_id)
    return {pk: last_days.of(due) for pk, due in due_days.items()}
