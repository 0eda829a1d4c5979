"""Dates of the movement for the calendar of the house: periods that are due and close, letters to acknowledge."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from campaigns.models import Exemplar, Letter, LetterReceipt, Period, UnitDuty
from campaigns.queries.asks import is_asked
from campaigns.queries.campaign import campaign_dates
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
    # What was given back waits for the unit again: nothing is answered by it.
    rows = Exemplar.objects.filter(period__in=found, unit__in=mine).sent().exclude(state=Exemplar.RETURNED)
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
    """The day by which an issued letter is acknowledged: by the person's own units, or by all for the staff."""
    rows = LetterReceipt.objects.visible_to(user).filter(
        Q(due_day__range=(first, last)) | Q(due_day=None, letter__issued_on__range=(first, last))
    )
    asked: dict[int, list[LetterReceipt]] = defaultdict(list)
    for row in rows.for_lists():
        asked[row.letter_id].append(row)
    for pk, receipts in asked.items():
        letter, got = receipts[0].letter, sum(row.state == LetterReceipt.RECEIVED for row in receipts)
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


def duties(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
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
            f"Báo cáo việc theo {_name(letter)[:1].lower()}{_name(letter)[1:]}",
            f"{pk}:{day}",
            letter.get_absolute_url(),
            told == len(owed),
            f"{told}/{len(owed)} việc đã báo cáo",
        )


def campaigns(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The days of launched campaigns: from, registration, sơ kết, tổng kết, to."""
    for day, title, url in campaign_dates(commune_id, first, last):
        yield Deadline(day, title, f"{url}{title}", url)


def _name(letter: Letter) -> str:
    return f"Công văn số {letter.document.reference}" if letter.document else str(letter)


def _lower(title: str) -> str:
    """Tháng 11/2026 in the middle of a sentence; Roman numerals stay."""
    return title[:1].lower() + title[1:]


def declare() -> None:
    units = who.staff | who.unit_head
    register(Kind("period", "Điển hình", "stars", units | who.council_member, 10), periods)
    register(Kind("letter", "Công văn", "envelope-paper", units, 20), letters)
    register(Kind("duty", "Việc theo công văn", "check2-square", units, 22), duties)
    register(Kind("campaign", "Phong trào", "flag", units | who.council_member | who.superior, 25), campaigns)
