"""Khen thưởng đột xuất: hours from the deed or the submission to the decision, the hour of the deed, its short file."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from commendations.actions.nomination import NominationContent, save_nomination, submit_nomination, withdraw_nomination
from commendations.queries.elapsed import elapsed_time
from commendations.rules.elapsed import hours_in_words
from commendations.tests import case_steps
from emulation.core.errors import RuleBroken
from tests.html import page_of, paper_text
from villages.seeds import demo

DEED_DAY = date(2026, 11, 19)


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """Half a minute later: the clock of the test runs on."""
    return datetime(2026, 11, day, hour, minute, 30, tzinfo=timezone.get_current_timezone())


@pytest.mark.no_db
@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(), "0 phút"),
        (timedelta(minutes=59, seconds=59), "59 phút"),
        (timedelta(hours=1), "1 giờ"),
        (timedelta(hours=41, minutes=20), "41 giờ 20 phút"),
        (timedelta(days=3), "72 giờ"),
    ],
)
def test_hours_in_words(length, words):
    assert hours_in_words(length) == words


@pytest.fixture
def sudden(in_november, commune, villages_demo):
    """A draft about a deed of the day before, of which the hour is not known."""
    case = case_steps.draft_nomination()
    return write(case)


@pytest.fixture
def villages_demo(commune, in_november):
    demo.play_villages_demo(commune, date(2026, 11, 20))


def write(case, **more):
    content = NominationContent(
        **{
            "kind": "DX",
            "achievement": "dũng cảm cứu người bị lũ cuốn",
            "deed": "Bơi ra giữa dòng cứu hai cháu nhỏ.",
            "period_from": DEED_DAY,
            "period_to": DEED_DAY,
            **more,
        }
    )
    return save_nomination(by=case_steps.user_named("thon1"), nomination=case, content=content)


def test_from_the_deed_whose_hour_is_known(sudden):
    case = write(sudden, deed_time=time(22, 30))
    found = elapsed_time(case)
    assert found.from_deed and found.ended is None
    assert found.in_words == "10 giờ 30 phút" and not found.is_over_a_day
    with time_machine.travel(moment(21, 9)):
        assert elapsed_time(case).is_over_a_day


def test_from_the_first_submission_where_the_hour_is_not_known(sudden):
    assert elapsed_time(sudden) is None
    submit_nomination(by=case_steps.user_named("thon1"), nomination=sudden)
    with time_machine.travel(moment(20, 11, 15)):
        found = elapsed_time(sudden)
        assert not found.from_deed and found.in_words == "2 giờ 15 phút"


def test_other_kinds_and_what_ended_without_a_decision_have_none(sudden):
    case = write(sudden, deed_time=time(22, 30))
    withdraw_nomination(by=case_steps.user_named("thon1"), nomination=case, reason="Nhầm người")
    assert elapsed_time(case) is None
    assert elapsed_time(case_steps.draft_nomination("Lê Thị Lụa")) is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"deed_time": time(9), "period_from": None, "period_to": None}, "period_to"),
        ({"deed_time": time(9, 1), "period_from": date(2026, 11, 20), "period_to": date(2026, 11, 20)}, "deed_time"),
    ],
)
def test_an_hour_without_a_day_or_in_the_future_is_refused(sudden, typed, field):
    with pytest.raises(RuleBroken) as found:
        write(sudden, **typed)
    assert found.value.field == field
    sudden.refresh_from_db()
    assert sudden.deed_time is None


def test_the_papers_of_the_simplified_procedure(sudden):
    case = write(sudden, deed_time=time(22, 30))
    submit_nomination(by=case_steps.user_named("thon1"), nomination=case)
    report = paper_text(case.report_document.html)
    assert "BÁO CÁO TÓM TẮT THÀNH TÍCH" in report and "22 giờ 30 phút, ngày 19 tháng 11 năm 2026" in report
    assert "Biên bản họp bình xét" not in paper_text(case.request_document.html)
    assert [entry.code for entry in case.checklist.all()] == ["request", "summary"]


def test_a_meeting_of_the_unit_is_named_where_there_was_one(sudden):
    case = write(sudden, met_on=date(2026, 11, 20))
    submit_nomination(by=case_steps.user_named("thon1"), nomination=case)
    assert "Biên bản họp bình xét ngày 20 tháng 11" in paper_text(case.request_document.html)


def test_the_page_shows_the_hours(sudden, signed_in):
    case = write(sudden, deed_time=time(22, 30))
    page = page_of(signed_in("thon1").get(case.get_absolute_url()))
    assert "10 giờ 30 phút" in page and "22:30 19/11/2026" in page and "chưa ban hành quyết định" in page


def test_the_hour_is_typed_on_the_form(sudden, signed_in):
    browser = signed_in("thon1")
    address = f"/khen-thuong/de-nghi/{sudden.pk}/soan/"
    data = {"kind": "DX", "period_from": "19/11/2026", "period_to": "19/11/2026", "deed_time": "25:00", "do": "save"}
    refused = browser.post(address, data)
    assert refused.status_code == 422 and "Nhập giờ và phút" in page_of(refused)
    browser.post(address, {**data, "deed_time": "22:30"})
    sudden.refresh_from_db()
    assert sudden.deed_time == time(22, 30)
