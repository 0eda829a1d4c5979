"""Cancelling an issued paper, for every kind: what rests on it follows, and a new paper is possible."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from campaigns.campaigns.queries.campaign import campaign_dates, open_registrations, with_registration_counts
from campaigns.directives.actions.duty_report import DutyReportText, report_duties
from campaigns.directives.actions.letter import acknowledge_letter, start_letter
from campaigns.directives.queries.calendar import duty_dates, receipt_dates
from campaigns.directives.queries.letter import with_receipts
from campaigns.exemplars.actions.praise_letter import start_praise_letter
from campaigns.exemplars.actions.shortlist_notice import start_shortlist_notice
from campaigns.exemplars.queries.follow_up import follow_ups_of, without_follow_up
from campaigns.exemplars.queries.shortlist import notice_of_period
from campaigns.models import Campaign, Exemplar, Letter, UnitDuty
from campaigns.obligations.queries import open_obligations
from campaigns.tests.campaign_steps import complete_campaign_plan
from commendations.actions.proposal import (
    SuperiorDecision,
    issue_proposal,
    proposal_signature_steps,
    record_award_above,
)
from commendations.models import Nomination
from emulation.core.errors import RuleBroken
from emulation.documents.actions import add_document_event, issue_document
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.documents.ended_papers import end_of
from emulation.documents.models import DocumentCancellation, DocumentEvent
from emulation.documents.origins import paper_origins
from emulation.documents.paper_cancelling import NeverCancelled, paper_cancelling
from emulation.documents.tests.papers import decision
from emulation.notices.models import Notification
from reports.actions.period_report import acknowledge_period_report, redo_period_report
from reports.models import PeriodReport
from reports.queries.agenda import report_deadlines
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.queries.todo import todo_of
from tests.approval_papers import APPROVALS
from tests.cancelling import CANCELLABLE, REASON, cancelled, issue_draft, issued_paper, login_user
from tests.html import page_of

TODAY = timezone.localdate()
YEAR_AROUND = (TODAY - timedelta(days=200), TODAY + timedelta(days=200))
DRAFTS_ONLY = {"commendations.money"}


def titles(login):
    return [task.title for task in todo_of(login_user(login), TODAY).tasks]


def test_every_kind_of_paper_declares_whether_it_can_be_cancelled():
    assert set(paper_origins) - DRAFTS_ONLY == set(paper_cancelling)
    able = {prefix for prefix, entry in paper_cancelling.items() if not isinstance(entry, NeverCancelled)}
    assert able - {"commendations.amendment"} == {approval.key for approval in APPROVALS.values()} | {
        "commendations.proposal"
    }


@pytest.mark.parametrize("name", CANCELLABLE)
def test_a_paper_of_every_kind_is_cancelled_and_issued_again(name, commune, signed_in):
    paper = issued_paper(name, commune)
    document = paper.document
    proposal = propose_cancellation(by=login_user("vanthu"), document=document, reason=REASON)
    assert "Quyết định việc hủy văn bản" in titles("chutich")
    page = page_of(signed_in("chutich").get(proposal.get_absolute_url()))
    agree_to_cancellation(by=login_user("chutich"), cancellation=proposal)
    assert all(sentence in page for sentence in proposal.consequences) and len(proposal.consequences) > 2
    assert end_of(document) == "cancelled" and "Quyết định việc hủy văn bản" not in titles("chutich")
    paper.refresh_from_db()
    assert paper.state == ("draft" if name == "proposal" else "cancelled")
    for login in ("vanphong", "vanthu", "chutich"):
        assert REASON in page_of(signed_in(login).get(paper.get_absolute_url())), login
    with pytest.raises(RuleBroken, match="đã bị hủy"):
        propose_cancellation(by=login_user("vanthu"), document=document, reason=REASON)
    again = issue_again(name, paper, commune)
    assert again.document != document and end_of(again.document) == "" and end_of(document) == "cancelled"
    assert again.document.key != document.key
    cancelled(again.document)
    assert DocumentCancellation.objects.filter(state="agreed").count() == 2


def issue_again(name, paper, commune):
    """The next paper in the place of the cancelled one."""
    office = login_user("vanphong")
    if name == "proposal":
        proposal_signature_steps.send_to_signature(paper, by=office)
        return issue_proposal(by=login_user("vanthu"), proposal=paper, issued_on=TODAY)
    new = {
        "letter": lambda: start_letter(by=office, directive=paper.directive),
        "shortlist_notice": lambda: start_shortlist_notice(by=office, period=paper.period),
        "praise_letter": lambda: start_praise_letter(by=office, exemplar=paper.exemplar),
        "campaign": lambda: complete_campaign_plan(commune),
        "period_report": lambda: redo_period_report(by=office, report=paper),
    }[name]()
    return issue_draft(name, new)


@pytest.mark.parametrize("name", [name for name in APPROVALS if name not in ("campaign", "period_report")])
def test_a_second_paper_is_refused_while_the_first_is_valid(name, commune):
    paper = issued_paper(name, commune)
    with pytest.raises(RuleBroken, match=r"[đĐ]ã có"):
        issue_again(name, paper, commune)


@pytest.mark.parametrize("name", list(APPROVALS))
def test_a_paper_that_is_not_issued_or_already_over_cannot_be_cancelled(name, commune):
    paper = issued_paper(name, commune)
    type(paper).objects.filter(pk=paper.pk).update(state="draft")
    with pytest.raises(RuleBroken, match="nên không hủy được"):
        propose_cancellation(by=login_user("vanphong"), document=paper.document, reason=REASON)


# ── what rests on each kind ──────────────────────────────────────────────────────────────────────


def test_a_cancelled_letter_withdraws_its_tasks(commune, signed_in):
    letter = issued_paper("letter", commune)
    receipt = letter.receipts.get(unit__code="thon1")
    head = login_user("thon1")
    acknowledge_letter(by=head, receipt=receipt)
    duty = receipt.duties.first()
    report_duties(by=head, receipt=receipt, duty_ids=[duty.pk], content=DutyReportText(done_on=TODAY, text="Đã họp."))
    UnitDuty.objects.filter(letter=letter).update(due_day=TODAY + timedelta(days=3))
    user = login_user("vanphong")
    assert list(receipt_dates(commune.pk, user, *YEAR_AROUND)) and list(duty_dates(commune.pk, user, *YEAR_AROUND))
    assert {one.kind for one in open_obligations(commune.pk, TODAY)} >= {"receipt", "duty"}
    assert "Báo cáo việc đã triển khai" in titles("thon1") and "Xem báo cáo triển khai" in titles("vanphong")
    count = letter.receipts.count()
    cancellation = cancelled(letter.document)
    assert f"1/{count} đơn vị đã xác nhận nhận công văn này." in cancellation.consequences
    assert "Báo cáo đang chờ xem, thôi phải xem: Thôn 1." in cancellation.consequences
    for login in ("thon1", "thon2", "vanphong", "chutich", "phongnoivu"):
        assert not [task for task in todo_of(login_user(login), TODAY).tasks if task.key[0] != "campaigns.Directive"], (
            login
        )
    assert not list(receipt_dates(commune.pk, user, *YEAR_AROUND))
    assert not list(duty_dates(commune.pk, user, *YEAR_AROUND))
    assert not {"receipt", "duty"} & {one.kind for one in open_obligations(commune.pk, TODAY)}
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


NEVER = [prefix for prefix, entry in paper_cancelling.items() if isinstance(entry, NeverCancelled)]


@pytest.mark.parametrize("prefix", [*NEVER, "commendations.amendment"])
def test_a_paper_that_is_never_cancelled_names_what_to_do_instead(prefix, commune, clerk, signed_in):
    document = issue_document(
        by=clerk, commune=commune, paper=decision(3), series="quyet_dinh", issued_on=TODAY, key=f"{prefix}:1"
    )
    with pytest.raises(RuleBroken, match="không hủy") as refused:
        propose_cancellation(by=clerk, document=document, reason=REASON)
    page = page_of(signed_in("vanthu").get(document.get_absolute_url()))
    assert refused.value.message in page
    if prefix.startswith("commendations."):
        assert "đính chính, thay thế, hủy bỏ" in refused.value.message.lower()


@pytest.mark.parametrize("name", CANCELLABLE)
def test_papers_cancelled_before_their_rows_followed_are_cancelled_by_the_migration(name, commune, clerk):
    paper = issued_paper(name, commune)
    other = issued_paper("praise_letter", commune) if name == "proposal" else None
    document = paper.document
    add_document_event(by=clerk, document=document, kind=DocumentEvent.CANCELLED, note=REASON)
    migrations = (
        ("campaigns.migrations.0007_papers_cancelled_before", "cancel_rows"),
        ("commendations.migrations.0018_proposals_cancelled_before", "take_back_proposals"),
        ("reports.migrations.0005_reports_cancelled_before", "cancel_reports"),
    )
    for _ in ("once", "again"):
        for module, function in migrations:
            getattr(import_module(module), function)(apps, None)
    paper.refresh_from_db()
    assert paper.state == ("draft" if name == "proposal" else "cancelled")
    if name == "letter":
        assert set(paper.receipts.values_list("state", flat=True)) == {"withdrawn"}
    if other is not None:
        other.refresh_from_db()
        assert (paper.edition, Nomination.objects.get(award_code="BKT").state, other.state) == (2, "approved", "signed")
    assert issue_again(name, paper, commune).document != document
