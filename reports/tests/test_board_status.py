"""What a unit has not sent: one word and one tone on the board of the month, "Tiến độ", the annual board and its chart."""

from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.exemplars.queries.period import period_board
from campaigns.models import Exemplar, Period
from campaigns.reminders.queries.annual_board import year_rows
from reports.queries.dashboard_exemplars import ANSWER_MARKS
from reports.queries.unit_board import unit_board_rows
from tests.html import page_of
from villages.models import Unit

DAY = timedelta(days=1)
PILL = {"wait": "pill-wait", "bad": "pill-bad"}


@pytest.mark.parametrize(
    ("days_left", "closed", "word", "tone"),
    [
        (0, False, "Chưa gửi", "wait"),
        (-1, False, "Quá hạn, chưa gửi", "bad"),
        (-1, True, "Không gửi, kỳ đã chốt", "bad"),
    ],
)
def test_every_board_has_the_same_word_and_tone(month, signed_in, days_left, closed, word, tone):
    today = timezone.localdate()
    due = today + days_left * DAY
    Period.objects.filter(pk=month.pk).update(
        opens_on=min(month.opens_on, due), due_on=due, closed_on=today if closed else None
    )
    month.refresh_from_db()
    unit = Unit.objects.get(code="thon1")
    cell = year_rows([month], [unit], today)[0].cells[0]
    statuses = {
        next(row for row in period_board(month) if row.unit == unit).status(month, today),
        next(row for row in unit_board_rows(month) if row.unit == unit).status,
        cell.mark.status,
    }
    assert {(status.word, status.tone) for status in statuses} == {(word, tone)} and len(statuses) == 1
    assert ANSWER_MARKS[cell.mark.code].meaning == word
    browser = signed_in("vanphong")
    for url in (month.get_absolute_url(), f"/tien-do/?ky={month.pk}"):
        page = page_of(browser.get(url))
        rows = page[page.index("<tbody>") :]
        assert rows.count(PILL[tone]) == 14, url  # every unit of the demo
        assert sum(rows.count(one) for one in PILL.values()) == 14, url


def test_a_draft_is_bad_only_after_the_due_day(month, village_head):
    unit, today = Unit.objects.get(code="thon1"), month.due_on
    Exemplar.objects.create(
        commune=month.commune, period=month, unit=unit, state=Exemplar.DRAFT, created_by=village_head
    )
    row = next(row for row in period_board(month) if row.unit == unit)
    assert (row.status(month, today).word, row.status(month, today).tone) == ("Đang viết nháp", "wait")
    late = row.status(month, today + DAY)
    assert (late.word, late.tone) == ("Quá hạn, còn là nháp", "bad")
