"""Issued papers of every kind that can be cancelled, and their cancellation, made through the actions."""

from typing import Any

from django.utils import timezone

from commendations.actions.proposal import issue_proposal, proposal_signature_steps
from commendations.tests import factories
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation
from emulation.documents.models import DocumentCancellation, IssuedDocument
from tests.approval_papers import APPROVALS, MAKERS
from villages.models import Person

REASON = "Ban hành nhầm bản cũ."
CANCELLABLE = (*APPROVALS, "proposal")


def issued_paper(name: str, commune: Commune) -> Any:
    """The row of an issued paper of this kind; `row.document` is the paper."""
    if name == "proposal":
        person = Person.objects.get(commune=commune, full_name="Lương Văn Thúy")
        proposal = factories.decided_awards(commune, ("BKT", person, 2025)).proposals.get()
        proposal_signature_steps.send_to_signature(proposal, by=login_user("vanphong"))
        return issue_proposal(by=login_user("vanthu"), proposal=proposal, issued_on=timezone.localdate())
    return issue_draft(name, MAKERS[name](commune, login_user("vanphong"), login_user("thon1")))


def issue_draft(name: str, paper: Any) -> Any:
    """Takes a complete draft with an approval to its issue."""
    approval = APPROVALS[name]
    approval.submit(paper, by=login_user("vanphong"))
    if approval.flow.signed_by_chair:
        return approval.sign(paper, by=login_user("chutich"))
    approval.approve(paper, by=login_user("chutich"))
    return approval.issue(paper, by=login_user("vanthu"), issued_on=timezone.localdate())


def cancelled(document: IssuedDocument, reason: str = REASON) -> DocumentCancellation:
    """The office proposes, the chair agrees."""
    cancellation = propose_cancellation(by=login_user("vanphong"), document=document, reason=reason)
    return agree_to_cancellation(by=login_user("chutich"), cancellation=cancellation)


def login_user(login: str) -> User:
    return User.objects.get(username=login)
