""" "Việc của tôi" with many cases of a unit for one title: the page that does them at once, and whose turn they are."""

import pytest
from django.utils import timezone

from commendations.actions.many_nominations import start_nominations
from reports.queries import todo
from reports.queries.todo_elsewhere import todo_of_others
from tests.html import page_of
from villages.actions.households import add_household
from villages.models import Household, Unit

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("in_november", "db")]
MANY = 30
WRITE = "/khen-thuong/de-nghi/soan-nhieu/"


@pytest.fixture
def village(commune, office):
    unit = Unit.objects.get(commune=commune, code="thon2")
    for number in range(MANY):
        add_household(by=office, unit=unit, head_name=f"Hà Văn Số {number}")
    return unit


@pytest.fixture
def start(village, user):
    def start(count):
        households = list(Household.objects.filter(unit=village).order_by("pk"))[-count:]
        return start_nominations(
            by=user("thon2"), unit=village, nominees=households, code="GDVH", year=2026, idempotency_key=f"k{count}"
        )

    return start


def test_the_drafts_of_one_title_lead_to_their_common_form(start, village, signed_in):
    start(6)
    text = page_of(signed_in("thon2").get("/viec-cua-toi/"))
    assert f"{WRITE}?unit={village.pk}&amp;award=GDVH&amp;year=2026" in text
    assert "Ghi thành tích, nộp cả nhóm: Gia đình văn hóa 2026, Thôn 2" in text


def test_a_single_draft_has_no_common_form(start, signed_in):
    start(1)
    assert WRITE not in page_of(signed_in("thon2").get("/viec-cua-toi/"))


def test_own_drafts_that_are_not_shown_do_not_wait_for_somebody_else(start, user):
    start(MANY)
    head = user("thon2")
    mine = todo.todo_of(head, timezone.localdate())
    assert mine.total >= MANY > len(mine.tasks)
    others = todo_of_others(head, {task.key for task in mine.tasks}, mine.not_all_shown)
    assert not [task for task in others.tasks if "Hà Văn Số" in task.who] and others.total == 0
