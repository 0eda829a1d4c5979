"""Registrations: register, decline, report progress, return; the table and its workbook."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns.campaigns.actions.registration import (
    decline_campaign,
    register_for_campaign,
    report_progress,
    return_registration,
    withdraw_registration,
)
from campaigns.campaigns.models.campaign import Campaign, Goal
from campaigns.campaigns.models.registration import Progress, Registration
from campaigns.campaigns.queries.registration import registration_table
from campaigns.campaigns.rules import contradicting_day
from campaigns.tests import campaign_steps
from campaigns.tests.campaign_steps import TODAY
from emulation.core.errors import NotAllowed, RuleBroken
from tests.html import page_of

pytestmark = pytest.mark.both_databases

TEXT = "Bê tông hóa đường xóm"


@pytest.fixture
def running(commune):
    return campaign_steps.issued_campaign(commune)


@pytest.fixture
def registration(running):
    return running.registrations.get(unit__code="thon1")


@pytest.fixture
def road(running):
    return running.goals.first()


@pytest.fixture
def registered(village_head, registration, road):
    figures = {road.pk: Decimal(600)}
    return register_for_campaign(by=village_head, registration=registration, text=TEXT, figures=figures)


def test_only_the_head_of_the_unit_answers(registration, other_village_head, office):
    for stranger in (other_village_head, office):
        with pytest.raises(NotAllowed):
            register_for_campaign(by=stranger, registration=registration, text="Làm thay")
        with pytest.raises(NotAllowed):
            decline_campaign(by=stranger, registration=registration, reason="Vì mưa bão.")
    registration.refresh_from_db()
    assert registration.state == "waiting"


def test_empty_and_invalid_answers_are_refused(registration, village_head, road):
    with pytest.raises(RuleBroken, match="Hãy ghi đơn vị đăng ký làm gì") as broken:
        register_for_campaign(by=village_head, registration=registration, text=" ")
    assert broken.value.field == "text"
    with pytest.raises(RuleBroken, match="Hãy ghi lý do"):
        decline_campaign(by=village_head, registration=registration, reason="")
    with pytest.raises(RuleBroken, match="không thuộc phong trào"):
        register_for_campaign(by=village_head, registration=registration, text="A", figures={road.pk + 100: Decimal(1)})
    with pytest.raises(RuleBroken, match="không thể âm"):
        register_for_campaign(by=village_head, registration=registration, text="A", figures={road.pk: Decimal(-1)})
    assert registration.pledges.count() == 0


def test_a_registration_is_withdrawn_and_given_again(registered, village_head, road):
    with pytest.raises(RuleBroken, match="đã trả lời rồi"):
        register_for_campaign(by=village_head, registration=registered, text="Lần nữa")
    withdraw_registration(by=village_head, registration=registered)
    assert (registered.state, registered.registered_on, registered.text) == ("waiting", None, TEXT)
    register_for_campaign(by=village_head, registration=registered, text="Ít hơn", figures={road.pk: Decimal(500)})
    assert [pledge.value for pledge in registered.pledges.all()] == [Decimal(500)]


def test_a_late_registration_is_shown_as_late_and_not_withdrawn(registration, village_head):
    yesterday = TODAY - timedelta(days=1)
    Campaign.objects.update(register_by=yesterday, register_until=yesterday)
    register_for_campaign(by=village_head, registration=registration, text=TEXT)
    assert Registration.objects.get(pk=registration.pk).is_late
    registration = Registration.objects.get(pk=registration.pk)
    with pytest.raises(RuleBroken, match="quá hạn đăng ký"):
        withdraw_registration(by=village_head, registration=registration)


def test_returned_with_a_reason(registered, office, village_head):
    with pytest.raises(RuleBroken, match="Hãy ghi cần sửa gì"):
        return_registration(by=office, registration=registered, reason="")
    return_registration(by=office, registration=registered, reason="Con số thấp.")
    assert (registered.state, registered.return_notes) == ("returned", {"reason": "Con số thấp."})
    with pytest.raises(RuleBroken, match="sau khi đã đăng ký"):
        report_progress(by=village_head, registration=registered, on=TODAY, figures={})
    register_for_campaign(by=village_head, registration=registered, text=TEXT)
    assert (registered.state, registered.return_notes) == ("registered", {})


def test_a_declined_registration_has_no_figures(registration, village_head, running, road):
    decline_campaign(by=village_head, registration=registration, reason="Thôn đang sáp nhập.")
    found = registration_table(running)
    assert (found.count("declined"), found.goals[0].pledged) == (1, None)


@pytest.mark.parametrize("reopened", ["returned", "withdrawn"])
def test_a_reopened_registration_counts_again_with_the_next_answer(
    registered, office, village_head, running, road, reopened
):
    report_progress(by=village_head, registration=registered, on=TODAY, figures={road.pk: Decimal(50)})
    line = registration_table(running).goals[0]
    assert (line.pledged, line.reached, line.units) == (600, 50, 1)
    if reopened == "returned":
        return_registration(by=office, registration=registered, reason="Con số thấp.")
    else:
        withdraw_registration(by=village_head, registration=registered)
    line = registration_table(running).goals[0]
    assert (line.pledged, line.reached, line.units) == (None, None, 0)
    register_for_campaign(by=village_head, registration=registered, text=TEXT, figures={road.pk: Decimal(700)})
    line = registration_table(running).goals[0]
    assert (line.pledged, line.reached, line.units) == (700, 50, 1)


def test_the_two_figures_of_a_cell_stay_on_one_line(registered, signed_in, running):
    line = registration_table(running).goals[0]
    assert line.pair == "600\xa0/\xa0–" == next(cell for goal, cell in registration_table(running).units[0].cells).pair
    page = signed_in("vanphong").get(reverse("campaigns:registrations", args=[running.pk])).content.decode()
    assert f'<td class="num">{line.pair}</td>' in page and f"<b>{line.pair}</b>" in page


def test_a_blank_pledge_is_not_a_no(registered, signed_in):
    """The second goal has no figure, and no title is aimed at."""
    page = page_of(signed_in("thon1").get(registered.get_absolute_url()))
    assert len(re.findall(r">\s*chưa ghi\s*<", page)) == 2 and not re.search(r">\s*không( đăng ký)?\s*<", page)


def test_the_latest_progress_counts(registered, village_head, road, running):
    for days, value in ((3, 100), (0, 450), (0, 470)):
        day = TODAY - timedelta(days=days)
        report_progress(by=village_head, registration=registered, on=day, figures={road.pk: Decimal(value)})
    assert Progress.objects.count() == 2
    line = registration_table(running).goals[0]
    assert (line.pledged, line.reached, line.units, line.share, line.met) == (600, 470, 1, "15,7%", False)
    for on, message in (
        (TODAY + timedelta(days=1), "sau hôm nay"),
        (running.starts_on - timedelta(days=1), "bắt đầu ngày"),
    ):
        with pytest.raises(RuleBroken, match=message):
            report_progress(by=village_head, registration=registered, on=on, figures={road.pk: Decimal(1)})
    with pytest.raises(RuleBroken, match="ít nhất một chỉ tiêu"):
        report_progress(by=village_head, registration=registered, on=TODAY, figures={})


def test_a_decreasing_count_needs_a_note(registered, village_head, road, running):
    def report(days, value, **more):
        figures = {road.pk: Decimal(value)}
        on = TODAY - timedelta(days=days)
        report_progress(by=village_head, registration=registered, on=on, figures=figures, **more)

    report(5, 400)
    with pytest.raises(RuleBroken, match=f"đã ghi 400.*{TODAY:%d/%m/%Y} không thể ít hơn") as refused:
        report(0, 399)
    assert refused.value.field == f"goal_{road.pk}" and Progress.objects.count() == 1
    with pytest.raises(RuleBroken, match=r"đã ghi 400.*không thể nhiều hơn"):
        report(9, 401)
    report(5, 380)  # a second report of the same day replaces the first
    report(0, 390)
    report(0, 100, note="Lần trước tính cả đường nội đồng.")
    assert Progress.objects.get(on=TODAY).value == 100
    Goal.objects.filter(pk=road.pk).update(is_rate=True)
    report(1, 30)
    report(0, 20)
    assert Progress.objects.get(on=TODAY).value == 20


def test_a_campaign_without_goals_needs_no_progress(registered, village_head, running, signed_in):
    """The disabled button explains that the campaign has no goals."""
    registered.pledges.all().delete()
    running.goals.all().delete()
    with pytest.raises(RuleBroken, match="không đặt chỉ tiêu bằng con số"):
        report_progress(by=village_head, registration=registered, on=TODAY, figures={})
    assert "không đặt chỉ tiêu bằng con số" in page_of(signed_in("thon1").get(registered.get_absolute_url()))


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(DAYS, st.decimals(0, 9, places=0), st.dictionaries(DAYS, st.decimals(0, 9, places=0)))
def test_figures_contradict_exactly_when_they_decrease(on, value, reported):
    """With earlier reports that never decrease, a new figure has a contradicting day exactly if the whole would decrease."""
    days = sorted(reported)
    reported = dict(zip(days, sorted(reported.values()), strict=True))
    reported.pop(on, None)
    figures = [number for _, number in sorted({**reported, on: value}.items())]
    found = contradicting_day(value, on, reported)
    assert (found is None) == (figures == sorted(figures))
    assert found is None or found in reported


def test_the_pages_of_a_unit(signed_in, registration, road, running):
    head = signed_in("thon1")
    assert "Đăng ký thi đua" in page_of(head.get("/viec-cua-toi/"))
    url = reverse("campaigns:register", args=[registration.pk])
    assert "Làm đường (m)" in page_of(head.get(url))
    wrong = head.post(url, {"text": TEXT, f"goal_{road.pk}": "nhiều lắm"})
    assert wrong.status_code == 422 and TEXT in page_of(wrong) and "nhiều lắm" in page_of(wrong)
    assert head.post(url, {"text": TEXT, f"goal_{road.pk}": "1.250,5", "seen": registration.version}).status_code == 302
    assert registration.pledges.get().value == Decimal("1250.50")
    assert head.post(url, {"text": TEXT}).status_code == 422
    report = reverse("campaigns:report_progress", args=[registration.pk])
    assert head.post(report, {"on": f"{TODAY:%d/%m/%Y}", f"goal_{road.pk}": "300"}).status_code == 302
    page = page_of(head.get(registration.get_absolute_url()))
    assert "1.250,5" in page and "300" in page
    assert signed_in("thon2").get(registration.get_absolute_url()).status_code == 404
    assert signed_in("thon1").get(reverse("campaigns:registrations", args=[running.pk])).status_code == 403


def test_the_table_and_its_workbook(signed_in, registered, running):
    Registration.objects.filter(pk=registered.pk).update(text="=SUM(A1:A9)")
    office = signed_in("vanphong")
    page = page_of(office.get(reverse("campaigns:registrations", args=[running.pk])))
    assert "1/9" in page and "chưa đăng ký" in page
    answer = office.get(reverse("campaigns:registrations_workbook", args=[running.pk]))
    assert "dang-ky-thi-dua" in answer["Content-Disposition"]
    book = ZipFile(BytesIO(answer.content))
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
    strings = book.read("xl/sharedStrings.xml").decode()
    assert "=SUM(A1:A9)" in strings and "Thôn 6" in strings and timezone.localdate().strftime("%d/%m/%Y") in strings
