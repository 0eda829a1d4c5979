"""Drafts of every kind of paper that needs the chair's approval, ready to be submitted. Made through the actions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.directives.actions.directive import receive_directive
from campaigns.directives.actions.letter import letter_approval, start_letter
from campaigns.directives.queries.outlines import known_directives
from campaigns.exemplars.actions.consent import record_consent
from campaigns.exemplars.actions.exemplar import ExemplarContent, accept_exemplar, start_exemplar, submit_exemplar
from campaigns.exemplars.actions.period import open_month
from campaigns.exemplars.actions.praise_letter import praise_letter_approval, start_praise_letter
from campaigns.exemplars.actions.shortlist import add_to_shortlist
from campaigns.exemplars.actions.shortlist_notice import shortlist_notice_approval, start_shortlist_notice
from campaigns.models import Exemplar, Field, Letter, PraiseLetter, ShortlistNotice
from campaigns.tests.campaign_steps import complete_campaign_plan
from commendations.actions.proposal import proposal_signature_steps
from commendations.tests import factories
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.documents.approval.actions import Approval
from emulation.documents.approval.models import ApprovalSubject
from reports.actions.period_report import period_report_approval, start_period_report
from reports.models import PeriodReport
from reports.seeds.demo import DEMO_REPORT_TEXT
from villages.models import Person

REASON = "Sai tên người ký."
APPROVALS: dict[str, Approval[Any]] = {
    "letter": letter_approval,
    "shortlist_notice": shortlist_notice_approval,
    "campaign": campaign_approval,
    "period_report": period_report_approval,
    "praise_letter": praise_letter_approval,
}


def draft_letter(commune: Commune, office: User, head: User) -> Letter:
    entry = {**known_directives()["1757/UBND-NV"], "symbol": "2758/UBND-NV"}
    return start_letter(by=office, directive=receive_directive(by=office, commune=commune, **entry))


def accepted_exemplar(commune: Commune, office: User, head: User) -> Exemplar:
    period = open_month(commune=commune, on=timezone.localdate())
    person = Person.objects.get(commune=commune, full_name="Vi Văn Thành")
    deed = "Vận động bảy hộ trong thôn góp công làm lại mương nước dài 300 mét."
    content = ExemplarContent(kind="person", person=person, field=Field.objects.first(), deed=deed)
    exemplar = start_exemplar(by=head, unit=person.unit, period=period, content=content)
    submit_exemplar(by=head, exemplar=exemplar)
    return accept_exemplar(by=office, exemplar=exemplar)


def draft_shortlist_notice(commune: Commune, office: User, head: User) -> ShortlistNotice:
    exemplar = accepted_exemplar(commune, office, head)
    add_to_shortlist(by=office, period=exemplar.period, exemplars=[exemplar])
    record_consent(
        by=office,
        exemplar=exemplar,
        answer="given",
        answered_on=timezone.localdate(),
        how="said",
        by_whom="Vi Văn Thành",
    )
    return start_shortlist_notice(by=office, period=exemplar.period)


def draft_period_report(commune: Commune, office: User, head: User) -> PeriodReport:
    """Of a quarter long ago, which neither the demo nor other tests have a report of."""
    day = timezone.localdate() - timedelta(days=600)
    report = start_period_report(by=office, commune=commune, year=day.year, quarter=(day.month + 2) // 3)
    return period_report_approval.save(report, by=office, **DEMO_REPORT_TEXT)


def draft_praise_letter(commune: Commune, office: User, head: User) -> PraiseLetter:
    return start_praise_letter(by=office, exemplar=accepted_exemplar(commune, office, head))


MAKERS: dict[str, Callable[..., ApprovalSubject]] = {
    "letter": draft_letter,
    "shortlist_notice": draft_shortlist_notice,
    "campaign": lambda commune, office, head: complete_campaign_plan(commune),
    "period_report": draft_period_report,
    "praise_letter": draft_praise_letter,
}


def papers_before_issue(commune: Commune) -> dict[str, str]:
    """In the demo commune: an approved paper of every numbered kind, a decision and a tờ trình at signature.

    Returns the URL of each one's page by kind.
    """
    user = {login: User.objects.get(username=login) for login in ("vanphong", "thon1", "chutich")}
    papers: dict[str, Any] = {}
    for name, approval in APPROVALS.items():
        if approval.series:
            papers[name] = MAKERS[name](commune, user["vanphong"], user["thon1"])
            approval.submit(papers[name], by=user["vanphong"])
            approval.approve(papers[name], by=user["chutich"])
    papers["decision"] = factories.decision_at_signature(commune)
    person = Person.objects.get(commune=commune, full_name="Lương Văn Thúy")
    papers["proposal"] = factories.decided_awards(commune, ("BKT", person, 2025)).proposals.get()
    proposal_signature_steps.send_to_signature(papers["proposal"], by=user["vanphong"])
    return {name: paper.get_absolute_url() for name, paper in papers.items()}
