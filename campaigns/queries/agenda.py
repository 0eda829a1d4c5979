"""Dates of the movement for the calendar of the house: periods that are due and close, letters to acknowledge."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from campaigns.models import Exemplar, LetterReceipt, Period
from campaigns.queries.asks import is_asked
from campaigns.queries.reminder import plan_of
from emulation.acts import who
from emulation.acts.deadlines import Deadline, Kind, register
from emulation.communes.roles import COMMUNE_STAFF
from emulation.communes.standing import Standing, standing_of
from emulation.legal.days import calendar_of
from villages.models import Unit

# The longest that a period may stay open after its day: 60 working days with a Tết among them.
REACH = timedelta(days=120)


def periods(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day by which units answer, and the day on which the period closes or was closed."""
    standing = standing_of(user)
    staff = standing.has(*COMMUNE_STAFF)
    page = "" if staff else reverse("campaigns:month") if standing.unit_ids else reverse("campaigns:exemplars")
    found = list(Period.objects.visible_to(user).filter(due_on__range=(first - REACH, last)).order_by("due_on", "pk"))
    due = [period for period in found if period.due_on >= first]
    answers = _answers(due, commune_id, standing, staff)
    for period in due:
        done, note = answers[period.pk]
        yield Deadline(
            period.due_on,
            f"Hạn gửi điển hình {_lower(str(period))}",
            f"due:{period.pk}",
            page or period.get_absolute_url(),
            done,
            note,
        )
    if found and (staff or standing.unit_ids):
        yield from _closings(found, commune_id, page)


def _closings(found: list[Period], commune_id: int, page: str) -> Iterator[Deadline]:
    after, calendar = plan_of(commune_id).close_after, calendar_of(commune_id)
    for period in found:
        day = period.closed_on or calendar.add(period.due_on, after + 1)
        title = f"Chốt điển hình {_lower(str(period))}"
        note = "" if period.closed_on else f"tự chốt sau {after} ngày làm việc, nếu chưa ai chốt"
        done = True if period.closed_on else None
        yield Deadline(day, title, f"close:{period.pk}", page or period.get_absolute_url(), done, note)


def _answers(
    found: list[Period], commune_id: int, standing: Standing, staff: bool
) -> dict[int, tuple[bool | None, str]]:
    """For each period whether it is answered, by all units or by the person's own, and a word about it; two queries."""
    units = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    mine = list(units if staff else units.filter(pk__in=standing.unit_ids))
    sent: dict[int, set[int]] = defaultdict(set)
    rows = Exemplar.objects.filter(period__in=found, unit__in=mine).sent()
    for period_id, unit_id in rows.order_by().values_list("period_id", "unit_id").distinct():
        sent[period_id].add(unit_id)
    told: dict[int, tuple[bool | None, str]] = {}
    for period in found:
        asked = [unit.pk for unit in mine if is_asked(period, unit)]
        whole = sum(pk in sent[period.pk] for pk in asked)
        note = f"{whole}/{len(asked)} đơn vị đã gửi" if len(asked) > 1 else "đã gửi" if whole else "chưa gửi"
        told[period.pk] = (period.closed_on is not None or whole == len(asked), note) if asked else (None, "")
    return told


def letters(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """Letters that went out: for the head of a unit what he acknowledges, for the staff how many have."""
    rows = LetterReceipt.objects.visible_to(user).filter(letter__issued_on__range=(first, last))
    asked: dict[int, list[LetterReceipt]] = defaultdict(list)
    for row in rows.select_related("letter__document").defer("letter__document__html", "letter__document__blocks"):
        asked[row.letter_id].append(row)
    for pk, receipts in asked.items():
        letter, got = receipts[0].letter, sum(row.state == LetterReceipt.RECEIVED for row in receipts)
        if letter.issued_on is None:
            continue
        if len(receipts) > 1:
            note = f"{got}/{len(receipts)} đơn vị đã xác nhận nhận"
        else:
            note = "đã xác nhận nhận" if got else "chưa xác nhận nhận"
        name = f"Công văn số {letter.document.reference}" if letter.document else str(letter)
        # A letter has no last day for the word that it came: it never is late.
        done = True if got == len(receipts) else None
        yield Deadline(letter.issued_on, f"Xác nhận nhận: {name}", f"{pk}", letter.get_absolute_url(), done, note)


def _lower(title: str) -> str:
    """Tháng 11/2026 in the middle of a sentence; Roman numerals stay."""
    return title[:1].lower() + title[1:]


def declare() -> None:
    units = who.staff | who.unit_head
    register(Kind("period", "Điển hình", "stars", units | who.council_member, 10), periods)
    register(Kind("letter", "Công văn", "envelope-paper", units, 20), letters)
