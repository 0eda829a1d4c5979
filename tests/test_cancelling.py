"""Cancelling an issued paper, for every kind: proposed, agreed, seen by all, and a new paper is possible."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from campaigns.directives.actions.letter import start_letter
from campaigns.exemplars.actions.praise_letter import start_praise_letter
from campaigns.exemplars.actions.shortlist_notice import start_shortlist_notice
from campaigns.tests.campaign_steps import complete_campaign_plan
from commendations.actions.proposal import (
    issue_proposal,
    proposal_signature_steps,
)
from commendations.models import Nomination
from emulation.core.errors import RuleBroken
from emulation.documents.actions import add_document_event, issue_document
from emulation.documents.cancellations import agree_to_cancellation, decline_cancellation, propose_cancellation
from emulation.documents.ended_papers import end_of
from emulation.documents.models import DocumentCancellation, DocumentEvent
from emulation.documents.origins import paper_origins
from emulation.documents.paper_cancelling import NeverCancelled, paper_cancelling
from emulation.documents.tests.papers import decision
from reports.actions.period_report import redo_period_report
from reports.queries.todo import todo_of
from tests.approval_papers import APPROVALS
from tests.cancelling import CANCELLABLE, REASON, cancelled, issue_draft, issued_paper, login_user
from tests.html import page_of

TODAY = timezone.localdate()
YEAR_AROUND = (TODAY - timedelta(days=200), TODAY + timedelta(days=200))
DRAFTS_ONLY = {"commendations.money", "commendations.supplement"}


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


@pytest.mark.parametrize("name", CANCELLABLE)
def test_the_page_of_every_kind_names_a_proposal_that_waits(name, commune, signed_in):
    paper = issued_paper(name, commune)
    clerk = login_user("vanthu")
    proposal = propose_cancellation(by=clerk, document=paper.document, reason=REASON)
    chair = login_user("chutich").full_name
    for login in ("vanphong", "vanthu", "chutich"):
        for shown in (paper, paper.document):
            page = page_of(signed_in(login).get(shown.get_absolute_url()))
            assert f"Lý do: {REASON}" in page and f"{clerk.full_name} đề nghị" in page, (login, shown)
            assert f"Chờ Chủ tịch UBND xã {chair} quyết định" in page and proposal.get_absolute_url() in page
    unit = signed_in("thon1").get(paper.get_absolute_url())
    assert REASON not in unit.content.decode(), "nothing has changed for those who received it"
    decline_cancellation(by=login_user("chutich"), cancellation=proposal, reason="Vẫn dùng.")
    assert REASON not in page_of(signed_in("vanphong").get(paper.get_absolute_url()))


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
