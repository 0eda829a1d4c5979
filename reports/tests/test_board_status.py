"""What a unit has not sent: one word and one tone on the board of the month, "Tiến độ", the annual board and its chart."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from campaigns.exemplars.queries.period import period_board
from campaigns.models import Exemplar
from campaigns.reminders.queries.annual_board import year_rows
from reports.queries.dashboard_exemplars import ANSWER_MARKS
from reports.queries.unit_board import unit_board_rows
from tests.html import page_of
from villages.models import Unit

DAY = timedelta(days=1)
PILLS = re.compile(r"pill-(wait|bad|good)")


@pytest.mark.parametrize(
    ("days_left", "closed", "word", "tone"),
    [
        (0, False, "Chưa gửi", "wait"),
        (-1, False, "Quá hạn, chưa gửi", "bad"),
        (-1, True, "Không gửi, kỳ đã chốt", "bad"),
    ],
)
def test_every_board_has_the_same_word_and_tone(month, signed_in, days_left, closed, word, tone):
    due_in(month, days_left, closed=closed)
    unit = Unit.objects.get(code="thon1")
    assert statuses_of(unit, month) == {(word, tone)}
    for url in (month.get_absolute_url(), f"/tien-do/?ky={month.pk}"):
        page = page_of(signed_in("vanphong").get(url))
        assert Counter(PILLS.findall(page[page.index("<tbody>") :])) == {tone: 14}, url  # every unit of the demo


def due_in(month, days, *, closed):
    today = timezone.localdate()
    month.due_on = today + days * DAY
    month.opens_on = min(month.opens_on, month.due_on)
    month.closed_on = today if closed else None
    month.save()


def statuses_of(unit, month):
    """{(word, tone)} of the unit today on the board of the month, on "Tiến độ", on the annual board and in its chart."""
    today = timezone.localdate()
    mark = year_rows([month], [unit], today)[0].cells[0].mark
    found = [next(row for row in period_board(month) if row.unit == unit).status(month, today), mark.status]
    found += [row.status for row in unit_board_rows(month) if row.unit == unit]
    return {(status.word, status.tone) for status in found} | {(ANSWER_MARKS[mark.code].meaning, mark.tone)}


def test_a_draft_is_bad_only_after_the_due_day(month, village_head):
    unit = Unit.objects.get(code="thon1")
    today = month.due_on
    Exemplar.objects.create(
        commune=month.commune, period=month, unit=unit, state=Exemplar.DRAFT, created_by=village_head
    )
    row = next(row for row in period_board(month) if row.unit == unit)
    assert (row.status(month, today).word, row.status(month, today).tone) == ("Đang viết nháp", "wait")
    late = row.status(month, today + DAY)
    assert (late.word, late.tone) == ("Quá hạn, còn là nháp", "bad")
