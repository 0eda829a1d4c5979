"""Lateness is that of the first sending; due days on days off move to the next working day."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.campaigns.actions.registration import register_for_campaign, return_registration, withdraw_registration
from campaigns.campaigns.models.registration import Registration
from campaigns.directives.actions.duty_report import DutyReportText, report_duties, return_duty_report
from campaigns.directives.actions.letter import acknowledge_letter
from campaigns.directives.models.directive import Handling
from campaigns.directives.models.duty import UnitDuty
from campaigns.exemplars.actions.exemplar import return_exemplar, submit_exemplar, withdraw_exemplar
from campaigns.exemplars.actions.period import close_period, open_month, open_period, reopen_period
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.obligations.queries import open_obligations
from campaigns.reminders.actions.due_days import move_due_days
from campaigns.reminders.queries.annual_board import year_rows
from campaigns.tests import campaign_steps
from campaigns.tests.test_duties import directive, issued, letter  # noqa: F401  (fixtures)
from emulation.audit.models import AuditEntry
from emulation.legal.calendar.actions import record_calendar_day
from emulation.workflow.calendar_registry import due_days_of_rows
from tests.html import page_of

IN_TIME = date(2026, 11, 20)
AFTER = date(2026, 12, 1)
NOTES = {"deed": "Ghi rõ số mét vuông đất."}


def on(day: date) -> Any:
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone()))


def mark(exemplar: Exemplar, day: date) -> str:
    return year_rows([exemplar.period], [exemplar.unit], day)[0].cells[0].mark.code


@pytest.fixture
def sent_in_time(in_november, submitted):
    return submitted


def sent_back(exemplar: Exemplar, office: Any) -> Exemplar:
    """Returned to the unit, which corrects it."""
    return_exemplar(by=office, exemplar=exemplar, notes=NOTES)
    Exemplar.objects.update(deed=f"{exemplar.deed} 300 m².")
    exemplar.refresh_from_db()
    return exemplar


def taken_back(exemplar: Exemplar, office: Any) -> Exemplar:
    return withdraw_exemplar(by=exemplar.created_by, exemplar=exemplar)


@pytest.mark.parametrize("opened_again", [sent_back, taken_back])
def test_correcting_never_makes_an_answer_late(
    sent_in_time, village_head, office, opened_again: Callable[[Exemplar, Any], Exemplar]
):
    exemplar = opened_again(sent_in_time, office)
    assert exemplar.due_on() is None and not exemplar.is_late and mark(exemplar, AFTER) == "returned"
    with on(AFTER):
        submit_exemplar(by=village_head, exemplar=exemplar)
    again = Exemplar.objects.get(pk=exemplar.pk)
    assert (again.submitted_on, again.first_sent_on, again.is_late) == (AFTER, IN_TIME, False)
    assert mark(again, AFTER) == "done"


def test_what_was_first_sent_late_stays_late(in_november, draft, village_head, office):
    assert draft.due_on() == draft.period.due_on
    with on(AFTER):
        submit_exemplar(by=village_head, exemplar=draft)
        sent_back(draft, office)
        assert draft.is_late and draft.due_on() == draft.period.due_on
        submit_exemplar(by=village_head, exemplar=draft)
    assert Exemplar.objects.get(pk=draft.pk).is_late and mark(draft, AFTER) == "late"


def test_a_registration_is_late_by_its_first_answer(commune, village_head, office):
    registration = campaign_steps.issued_campaign(commune).registrations.get(unit__code="thon1")
    register_for_campaign(by=village_head, registration=registration, text="Làm đường")
    withdraw_registration(by=village_head, registration=registration)
    assert registration.due_on() is None and not registration.is_late
    register_for_campaign(by=village_head, registration=registration, text="Làm đường xóm")
    return_registration(by=office, registration=registration, reason="Ghi thêm số mét.")
    still_open = {(one.kind, one.unit_id) for one in open_obligations(commune.pk, timezone.localdate())}
    assert ("registration", registration.unit_id) not in still_open
    with on(registration.campaign.register_by.replace(year=registration.campaign.register_by.year + 1)):
        register_for_campaign(by=village_head, registration=registration, text="Làm 200 m đường")
    assert not Registration.objects.get(pk=registration.pk).is_late


def test_a_returned_task_is_not_due_again(issued, commune, village_head, office):  # noqa: F811
    receipt = issued.receipts.get(unit__code="thon1")
    acknowledge_letter(by=village_head, receipt=receipt)
    UnitDuty.objects.filter(receipt=receipt).update(due_day=timezone.localdate())
    ids = list(receipt.duties.values_list("pk", flat=True))
    report = report_duties(
        by=village_head, receipt=receipt, duty_ids=ids, content=DutyReportText("Đã họp thôn.", timezone.localdate())
    )
    return_duty_report(by=office, report=report, duty_ids=ids, reason="Ghi số hộ dự.")
    later = date(2027, 1, 15)
    assert {duty.due_on() for duty in receipt.duties.all()} == {None}
    assert type(receipt).objects.for_lists().get(pk=receipt.pk).due_on() is None
    assert ("duty", receipt.unit_id) not in {(one.kind, one.unit_id) for one in open_obligations(commune.pk, later)}


# ── days off ─────────────────────────────────────────────────────────────────────────────────────
def test_a_due_day_on_a_sunday_ends_on_monday(in_november, commune, office):
    october = open_month(commune=commune, on=date(2026, 10, 1))
    assert october.due_on == date(2026, 10, 26), "25/10/2026 is a Sunday"
    december = open_period(
        by=office, commune=commune, kind=Period.MONTH, year=2026, number=12, due_on=date(2026, 12, 26)
    )
    assert december.due_on == date(2026, 12, 28)
    close_period(by=office, period=december)
    assert reopen_period(by=office, period=december, due_on=date(2027, 1, 1), reason="Gia hạn").due_on == date(
        2027, 1, 4
    )


def test_a_directive_is_answered_by_the_next_working_day(in_november, directive, office):  # noqa: F811
    directive.answer_due_on = date(2026, 11, 22)  # a Sunday
    handling = Handling(pk=7, commune_id=directive.commune_id, directive=directive, state=Handling.WAITING)
    done = Handling(pk=8, commune_id=directive.commune_id, directive=directive, state=Handling.DONE)
    assert due_days_of_rows(Handling.subject_key, [handling, done], IN_TIME) == {7: date(2026, 11, 23)}
    assert due_days_of_rows(Handling.subject_key, [], IN_TIME) == {}


def test_every_page_of_a_directive_names_the_working_day_and_why(in_november, directive, signed_in):  # noqa: F811
    type(directive).objects.filter(pk=directive.pk).update(answer_due_on=date(2026, 11, 22))  # a Sunday
    browser = signed_in("vanphong")
    for url in (directive.get_absolute_url(), reverse("campaigns:directives")):
        page = page_of(browser.get(url))
        assert "23/11/2026" in page and "văn bản ghi 22/11/2026, là ngày nghỉ" in page, url
    printed = page_of(browser.get(reverse("campaigns:directives"), {"dang": "in"}))
    assert "23/11/2026" in printed and "22/11/2026" in printed and "Hạn văn bản ghi" in printed
    type(directive).objects.filter(pk=directive.pk).update(answer_due_on=date(2026, 11, 23))
    page = page_of(browser.get(directive.get_absolute_url()))
    assert "23/11/2026" in page and "ngày nghỉ" not in page


def test_a_holiday_recorded_later_moves_open_due_days_once(in_november, commune, office, period):
    assert period.due_on == date(2026, 11, 25)
    record_calendar_day(
        by=office, commune=commune, day=period.due_on, kind="off", name="Nghỉ bão", reason="Công điện số 1"
    )
    assert move_due_days(commune=commune, on=IN_TIME) == 1
    assert Period.objects.get(pk=period.pk).due_on == date(2026, 11, 26)
    assert AuditEntry.objects.get(act="campaigns.move_due_day").label.endswith("tính đến 26/11/2026")
    assert move_due_days(commune=commune, on=IN_TIME) == 0
    Period.objects.filter(pk=period.pk).update(due_on=date(2026, 11, 22), closed_on=date(2026, 11, 30))
    assert move_due_days(commune=commune, on=IN_TIME) == 0, "what is closed keeps its day"
