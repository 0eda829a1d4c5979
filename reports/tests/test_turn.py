"""Whose turn it is: returned work is in the list of the unit that corrects it, first and with its reason."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from campaigns.campaigns.actions.registration import register_for_campaign, return_registration
from campaigns.exemplars.actions.exemplar import return_exemplar, start_nothing, submit_exemplar
from campaigns.models import Period
from campaigns.tests import campaign_steps
from commendations.actions.appraisal import return_nomination
from commendations.tests.case_steps import draft_nomination, submitted_nomination
from emulation.communes.models import Membership
from reports.queries.todo import todo_of
from reports.queries.todo_elsewhere import todo_of_others
from tests.html import page_of
from villages.models import Unit

REASON = "Ghi rõ ngày, nơi và số liệu."


def returned_nomination(commune, office):
    return return_nomination(by=office, nomination=submitted_nomination(), notes={"deed": REASON})


def returned_exemplar(commune, office):
    unit = Unit.objects.get(commune=commune, code="thon1")
    period = Period.objects.filter(commune=commune, kind=Period.MONTH).first()
    head = office.__class__.objects.get(username="thon1")
    answer = start_nothing(by=head, unit=unit, period=period, reason="Đang thu hoạch.")
    submit_exemplar(by=head, exemplar=answer)
    return return_exemplar(by=office, exemplar=answer, notes={"nothing_reason": REASON})


def returned_registration(commune, office):
    campaign = campaign_steps.issued_campaign(commune)
    row = campaign.registrations.get(unit__code="thon1")
    head = office.__class__.objects.get(username="thon1")
    register_for_campaign(by=head, registration=row, text="Làm đường xóm.")
    return return_registration(by=office, registration=row, reason=REASON)


def tasks_about(user, row):
    today = timezone.localdate()
    return [task for task in todo_of(user, today).tasks if task.key == (row.subject_key, row.pk)]


@pytest.mark.parametrize("returned", [returned_nomination, returned_exemplar, returned_registration])
def test_returned_work_is_the_turn_of_its_unit_alone(
    returned, month, commune, office, village_head, other_village_head
):
    row = returned(commune, office)
    assert [task.reason for task in tasks_about(village_head, row)] == [REASON]
    assert tasks_about(office, row) == tasks_about(other_village_head, row) == []
    waiting = todo_of_others(office, set()).tasks
    assert [task.whose for task in waiting if task.key == (row.subject_key, row.pk)] == ["Thôn 1"]


def test_a_unit_without_head_has_its_case_corrected_by_the_office(commune, office, village_head):
    case = returned_nomination(commune, office)
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(unit_id=case.unit_id).update(ends_on=yesterday)
    assert [task.reason for task in tasks_about(office, case)] == [REASON]


def test_a_draft_is_a_task_of_the_office_only_if_the_office_started_it(commune, office, village_head):
    own = draft_nomination(by="vanphong")
    of_unit = draft_nomination("Vi Văn Thành", by="thon1")
    assert tasks_about(office, own) and not tasks_about(office, of_unit)
    assert tasks_about(village_head, own) and tasks_about(village_head, of_unit)


def test_returned_work_comes_before_what_is_overdue(month, commune, office, village_head, signed_in):
    case = returned_nomination(commune, office)
    today = month.due_on + timedelta(days=1)
    first, second = todo_of(village_head, today).tasks[:2]
    assert first.key == (case.subject_key, case.pk) and not first.late and second.late
    page = page_of(signed_in("thon1").get("/viec-cua-toi/"))
    assert REASON in page and "Bị trả lại" in page


def test_reasons_need_no_query_per_row(commune, office, village_head):
    todo_of(village_head, timezone.localdate())  # reads the capacity
    counts = []
    for name in ("Lê Thị Lụa", "Vi Văn Thành"):
        return_nomination(by=office, nomination=submitted_nomination(name), notes={"deed": REASON})
        with CaptureQueriesContext(connection) as caught:
            todo_of(village_head, timezone.localdate())
        counts.append(len(caught))
    assert counts[0] == counts[1]
