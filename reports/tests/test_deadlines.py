"""The days of nominations: one day on the case, in the calendar and in "Việc của tôi", by who decides."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from campaigns.exemplars.actions.exemplar import return_exemplar, start_nothing, submit_exemplar, withdraw_exemplar
from commendations.actions.appraisal import return_nomination
from commendations.models import Nomination
from commendations.queries.deadlines import due_milestone, nomination_deadlines, nomination_due_days
from commendations.tests.case_steps import complete_nomination, draft_nomination, submitted_nomination
from emulation.workflow.calendar_registry import deadlines_between
from reports.queries.todo import todo_of
from tests.html import page_of
from villages.models import Unit

pytestmark = pytest.mark.both_databases

RECEIVED = date(2026, 11, 5)
LIMIT = date(2026, 12, 4)  # 20 working days; 24/11 is a day off
TODAY = date(2026, 11, 20)


def return_to_unit(exemplar, village_head, office):
    return_exemplar(by=office, exemplar=exemplar, notes={"nothing_reason": "Ghi rõ hơn."})


def withdraw(exemplar, village_head, office):
    withdraw_exemplar(by=village_head, exemplar=exemplar)


def days(case: Nomination, on: date = TODAY) -> dict[str, date]:
    return {step.code: step.day for step in nomination_deadlines(case, on)}


def test_one_day_for_the_appraisal_wherever_it_is_shown(in_november, commune, office, signed_in):
    case = submitted_nomination()
    assert days(case)["sign"] == LIMIT and "send" not in days(case) and "submit" not in days(case)
    tasks = {task.key: task for task in todo_of(office, TODAY).tasks}
    task = tasks[case.subject_key, case.pk]
    assert (task.due, task.late) == (LIMIT, False)
    assert next(one for one in todo_of(office, LIMIT + timedelta(days=1)).tasks if one.key == task.key).late
    [entry] = deadlines_between(office, LIMIT, LIMIT, "appraisal")
    assert entry.url == case.get_absolute_url() and not deadlines_between(office, RECEIVED, TODAY, "appraisal")
    for address in (case.get_absolute_url(), f"{case.get_absolute_url()}vi-sao/"):
        text = page_of(signed_in("vanphong").get(address))
        assert "04/12/2026" in text and "20 ngày làm việc kể từ 05/11/2026" in text


def test_the_limit_stays_until_the_chair_has_the_file(in_november, commune):
    case = complete_nomination()
    assert due_milestone(case, TODAY).day == LIMIT
    for state, day in (("on_session", LIMIT), ("passed", LIMIT), ("presented", None), ("awarded", None)):
        case.state = state
        found = due_milestone(case, TODAY)
        assert (found.day if found else None) == day, state


def test_a_returned_file_is_not_due_and_its_limit_begins_again(in_november, office, village_head):
    case = submitted_nomination()
    return_nomination(by=office, nomination=case, notes={"deed": "Ghi rõ ngày công."})
    assert due_milestone(case, TODAY) is None
    assert not [task for task in todo_of(village_head, date(2027, 3, 1)).tasks if task.late and task.key[1] == case.pk]
    assert days(case)["sign"] > LIMIT, "counted as if it were submitted today"


@pytest.mark.parametrize("code", ["GKX", "BKT"])
def test_a_sudden_deed_counts_from_its_day_and_never_from_the_superiors_day(in_november, commune, village_head, code):
    case = draft_nomination()
    Nomination.objects.filter(pk=case.pk).update(
        kind="DX", award_code=code, period_from=None, period_to=date(2026, 11, 13)
    )
    case.refresh_from_db()
    assert days(case)["submit"] == date(2026, 11, 18) and "send" not in days(case)
    task = next(one for one in todo_of(village_head, TODAY).tasks if one.key == (case.subject_key, case.pk))
    assert (task.due, task.late) == (date(2026, 11, 18), True)
    Nomination.objects.filter(pk=case.pk).update(period_to=None)
    case.refresh_from_db()
    assert "submit" not in days(case) and due_milestone(case, TODAY) is None, "the day of the deed is unknown"


def test_what_a_superior_decides_is_counted_back_too(in_november, commune):
    case = draft_nomination()
    Nomination.objects.filter(pk=case.pk).update(award_code="BKT", year=2026)
    case.refresh_from_db()
    assert days(case)["submit"] == date(2026, 11, 9) and days(case)["send"] == date(2026, 12, 9)
    assert due_milestone(case, TODAY) is None, "no limit of the law binds the unit"
    case.state = "approved"
    assert days(case) == {"send": date(2026, 12, 9)}


def test_due_days_of_many_cases_take_two_queries(in_november, commune):
    cases = [submitted_nomination(), submitted_nomination("Vi Văn Thành")]
    with CaptureQueriesContext(connection) as queries:
        assert nomination_due_days(cases, TODAY) == dict.fromkeys([case.pk for case in cases], LIMIT)
    assert len(queries) == 2 and nomination_due_days([], TODAY) == {}


@pytest.mark.parametrize("opened_again", [return_to_unit, withdraw])
def test_an_exemplar_that_is_corrected_is_no_late_task(in_november, month, village_head, office, opened_again):
    unit = Unit.objects.get(code="thon1")
    exemplar = start_nothing(by=village_head, unit=unit, period=month, reason="Tháng này cả thôn bận thu hoạch.")
    submit_exemplar(by=village_head, exemplar=exemplar)
    opened_again(exemplar, village_head, office)
    [task] = [task for task in todo_of(village_head, date(2027, 1, 4)).tasks if task.key[0] == exemplar.subject_key]
    assert task.due is None and not task.late


@pytest.mark.parametrize(("day", "advised"), [("2026-07-01", True), ("2026-07-02", False)])
def test_an_advised_day_that_is_over_is_marked_as_over(commune, signed_in, day, advised):
    with time_machine.travel(f"{day}T08:00:00+07:00", tick=False):
        page = signed_in("hoidong2").get("/lich-cong-tac/moc/?nam=2026").content.decode()
    row = strip_tags(re.search(r"<tr>(?:(?!</tr>).)*01/07/2026</a>.*?</tr>", page, re.DOTALL)[0])
    assert ("nên xong" in row, "đã qua" in row) == (advised, not advised)
