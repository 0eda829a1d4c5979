"""What rests on a cancelled paper: tasks, registrations, follow-ups, deadlines, figures and cases follow it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.campaigns.queries.campaign import campaign_dates, open_registrations, with_registration_counts
from campaigns.directives.actions.duty_report import DutyReportText, report_duties
from campaigns.directives.actions.letter import acknowledge_letter
from campaigns.directives.queries.calendar import duty_dates, receipt_dates
from campaigns.directives.queries.letter import with_receipts
from campaigns.exemplars.queries.follow_up import follow_ups_of, without_follow_up
from campaigns.exemplars.queries.shortlist import notice_of_period
from campaigns.models import Campaign, Exemplar, Letter, UnitDuty
from campaigns.obligations.queries import open_obligations
from commendations.actions.proposal import (
    SuperiorDecision,
    record_award_above,
)
from commendations.models import Nomination
from emulation.core.errors import RuleBroken
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.documents.ended_papers import end_of
from emulation.notices.models import Notification
from reports.actions.period_report import acknowledge_period_report, redo_period_report
from reports.models import PeriodReport
from reports.queries.agenda import report_deadlines
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.queries.todo import todo_of
from tests.cancelling import REASON, cancelled, issued_paper, login_user
from tests.html import page_of

TODAY = timezone.localdate()
OF_DECEMBER = f"Bình xét danh hiệu năm {TODAY.year}"  # a task of each head in December
YEAR_AROUND = (TODAY - timedelta(days=200), TODAY + timedelta(days=200))
DRAFTS_ONLY = {"commendations.money", "commendations.supplement"}


def titles(login):
    return [task.title for task in todo_of(login_user(login), TODAY).tasks]


def open_duty_kinds(commune, user):
    """Whether the calendar has receipts, whether it has tasks, which kinds of obligations of letters are open."""
    dates = [bool(list(find(commune.pk, user, *YEAR_AROUND))) for find in (receipt_dates, duty_dates)]
    return [*dates, {"receipt", "duty"} & {one.kind for one in open_obligations(commune.pk, TODAY)}]


def test_a_cancelled_letter_withdraws_its_tasks(commune, signed_in):
    letter = issued_paper("letter", commune)
    receipt = letter.receipts.get(unit__code="thon1")
    head = login_user("thon1")
    acknowledge_letter(by=head, receipt=receipt)
    duty = receipt.duties.first()
    report_duties(by=head, receipt=receipt, duty_ids=[duty.pk], content=DutyReportText(done_on=TODAY, text="Đã họp."))
    UnitDuty.objects.filter(letter=letter).update(due_day=TODAY + timedelta(days=3))
    user = login_user("vanphong")
    assert open_duty_kinds(commune, user) == [True, True, {"receipt", "duty"}]
    assert "Báo cáo việc đã triển khai" in titles("thon1") and "Xem báo cáo triển khai" in titles("vanphong")
    count = letter.receipts.count()
    cancellation = cancelled(letter.document)
    assert f"1/{count} đơn vị đã xác nhận nhận công văn này." in cancellation.consequences
    assert "Báo cáo đang chờ xem, thôi phải xem: Thôn 1." in cancellation.consequences
    for login in ("thon1", "thon2", "vanphong", "chutich", "phongnoivu"):
        others = [task for task in todo_of(login_user(login), TODAY).tasks if task.title != OF_DECEMBER]
        assert not [task for task in others if task.key[0] != "campaigns.Directive"], login
    assert open_duty_kinds(commune, user) == [False, False, set()]
    row = with_receipts(Letter.objects.filter(pk=letter.pk)).get()
    assert (row.addressed, row.received) == (0, 1)
    states = set(letter.unit_duties.values_list("state", flat=True))
    assert states == {"withdrawn"} == set(letter.reports.values_list("state", flat=True))
    assert set(letter.receipts.values_list("state", flat=True)) == {"received", "withdrawn"}
    with pytest.raises(RuleBroken):
        acknowledge_letter(by=login_user("thon2"), receipt=letter.receipts.get(unit__code="thon2"))
    page = page_of(signed_in("thon1").get(letter.get_absolute_url()))
    assert "Đã hủy" in page and "Báo cáo đã triển khai</a>" not in page
    assert "công văn đã bị hủy" in page_of(signed_in("thon1").get(duty.get_absolute_url()))
    assert "chưa soạn" in page_of(signed_in("vanphong").get(reverse("campaigns:directives")))


def test_a_cancelled_notice_frees_the_shortlist(commune):
    notice = issued_paper("shortlist_notice", commune)
    cancellation = cancelled(notice.document)
    assert notice_of_period(notice.period) is None
    assert any("Vi Văn Thành" in sentence for sentence in cancellation.consequences)


def test_a_cancelled_praise_letter_is_no_follow_up(commune, office, signed_in):
    letter = issued_paper("praise_letter", commune)
    exemplars = Exemplar.objects.filter(pk=letter.exemplar_id)
    assert follow_ups_of(office, exemplars) and not without_follow_up(exemplars).exists()
    cancelled(letter.document)
    assert not follow_ups_of(office, exemplars) and without_follow_up(exemplars).exists()
    assert "Đã hủy" in page_of(signed_in("thon1").get(letter.get_absolute_url()))


def test_a_cancelled_plan_stops_the_campaign(commune):
    campaign = issued_paper("campaign", commune)
    assert open_registrations(commune.pk, TODAY) and campaign_dates(commune.pk, *YEAR_AROUND)
    cancellation = cancelled(campaign.document)
    assert any(sentence.startswith("Thôi phải đăng ký: ") for sentence in cancellation.consequences)
    assert open_registrations(commune.pk, TODAY) == [] == campaign_dates(commune.pk, *YEAR_AROUND)
    assert with_registration_counts(Campaign.objects.filter(pk=campaign.pk)).get().invited == 0
    assert "Đăng ký thi đua" not in titles("thon1")


def report_deadline(commune, report):
    """What the calendar shows for the deadline of this report."""
    days = (report.span.last, report.span.last + timedelta(days=90))
    found = report_deadlines(commune.pk, login_user("vanphong"), *days)
    return [(one.done, one.note) for one in found if report.title in one.title]


def test_a_cancelled_report_names_who_had_it(commune, superior, signed_in):
    report = issued_paper("period_report", commune)
    acknowledge_period_report(by=superior, report=report)
    cancellation = cancelled(report.document)
    assert any(
        sentence.startswith(f"{superior.full_name} đã xác nhận nhận ngày") for sentence in cancellation.consequences
    )
    assert Notification.objects.filter(user=superior, text__startswith="Đã hủy Báo cáo").exists()
    assert list(PeriodReport.objects.visible_to(superior)) == [report]
    assert REASON in page_of(signed_in("phongnoivu").get(report.get_absolute_url()))
    assert "Lập lại báo cáo quý" in titles("vanphong")
    assert not PeriodReport.objects.standing().filter(pk=report.pk).exists()
    assert report_deadline(commune, report) == [(False, "đã hủy, chờ lập lại")]
    redo_period_report(by=login_user("vanphong"), report=report)
    assert report.edition == 2
    page = page_of(signed_in("phongnoivu").get(report.get_absolute_url()))
    assert REASON in page and "Xã đang lập lại báo cáo này" in page
    assert report_deadline(commune, report) == [(False, "chưa gửi")]


def test_a_cancelled_proposal_gives_its_cases_back(commune):
    proposal = issued_paper("proposal", commune)
    case = Nomination.objects.get(award_code="BKT")
    Nomination.objects.filter(pk=case.pk).update(received_on=TODAY)
    quarter = (TODAY.month + 2) // 3

    def above():
        return figure_by_key(quarter_figures(commune.pk, TODAY.year, quarter), "nominations_above")["value"]

    assert (case.state, above()) == ("proposed_up", 1)
    cancellation = cancelled(proposal.document)
    case.refresh_from_db()
    proposal.refresh_from_db()
    assert (case.state, above()) == ("approved", 0)
    assert (proposal.state, proposal.edition, proposal.document, proposal.issued_on) == ("draft", 2, None, None)
    assert REASON in proposal.return_reason and any("Lương Văn Thúy" in line for line in cancellation.consequences)
    assert "Ghi kết quả xét khen thưởng của cấp trên" not in titles("vanphong")


def test_a_proposal_with_a_result_of_the_superior_is_not_cancelled(commune, office):
    proposal = issued_paper("proposal", commune)
    waiting = propose_cancellation(by=office, document=proposal.document, reason=REASON)
    outcome = SuperiorDecision(number="12/QĐ-UBND", decided_on=TODAY, issuer="Chủ tịch UBND huyện")
    record_award_above(by=office, nomination=Nomination.objects.get(award_code="BKT"), outcome=outcome)
    with pytest.raises(RuleBroken, match="Cấp trên đã có kết quả cho Lương Văn Thúy"):
        agree_to_cancellation(by=login_user("chutich"), cancellation=waiting)
    waiting.refresh_from_db()
    proposal.refresh_from_db()
    assert (waiting.state, proposal.state, end_of(proposal.document)) == ("proposed", "issued", "")
