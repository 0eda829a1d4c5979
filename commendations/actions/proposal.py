"""Actions on a tờ trình to the superior: drafted automatically, sent for signature, numbered once; then its result."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.case import notify_case_handlers
from commendations.actions.initiative import mark_initiatives_used, release_initiatives
from commendations.actions.outgoing_paper import OutgoingPaperActions, check_signing_day, lock_listed_nominations
from commendations.flow.proposal import PROPOSAL_SIGNATURE_FLOW
from commendations.models import ChairSubmission, Nomination, Proposal
from commendations.models.nomination import units_once
from commendations.papers.proposal import default_proposal_subject, proposal_paper
from commendations.queries.award import case_actors
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import default_basis_lines, outgoing_lines
from commendations.queries.proposal import proposal_faults
from commendations.queries.signer import first_signer
from commendations.rules.amendment import reason_in_sentence
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.blocks.paper import Paper
from emulation.legal import current
from emulation.workflow.transitions import act
from villages.queries.groups import group_on


@dataclass(frozen=True)
class ProposalWording:
    """The texts and dates of a draft that the office may edit."""

    subject: str
    addressee: str
    expected_on: date
    grounds: str
    opinion: str
    recipients: str
    signer_title: str
    signer_name: str


class ProposalSignature(OutgoingPaperActions[Proposal]):
    """Draft and copy for signature of a tờ trình."""

    flow = PROPOSAL_SIGNATURE_FLOW
    key = "commendations.proposal"
    names_bodies = ("addressee", "recipients")

    def draft_key(self, subject: Proposal) -> str:
        first = super().draft_key(subject)
        return first if subject.edition == 1 else f"{first}:{subject.edition}"

    def paper(self, subject: Proposal, listed: list[AwardLine], on: date) -> Paper:
        return proposal_paper(subject, listed, on)

    def words_of_list(self, subject: Proposal, listed: list[AwardLine]) -> dict[str, str]:
        return {"subject": default_proposal_subject(listed, by_name=subject.by_deputy)}


proposal_signature_steps = ProposalSignature()


def draft_proposal(
    *, by: User, chair_submission: ChairSubmission, award_code: str, by_deputy: bool = False
) -> Proposal:
    """Create the draft for one approved award that a higher authority decides. Called inside the act that decides."""
    day = chair_submission.decided_on or timezone.localdate()
    superior = chair_submission.commune.identity_on(day).superior_office
    offices = current.commune_offices_for(chair_submission.commune_id, day)
    proposal = Proposal(
        commune=chair_submission.commune,
        chair_submission=chair_submission,
        award_code=award_code,
        state="draft",
        addressee=superior,
        expected_on=day,
        by_deputy=by_deputy,
        **first_signer(by, chair_submission.commune_id, day, by_deputy),
        recipients=f"Như trên\nThường trực Đảng ủy, HĐND xã (b/c)\n{offices.file_line}",
    )
    proposal.grounds = default_basis_lines(proposal, day)
    listed = outgoing_lines(proposal, day)
    proposal.subject = proposal_signature_steps.words_of_list(proposal, listed)["subject"]
    proposal.save()
    proposal_signature_steps.refresh_draft(proposal, by=by, listed=listed)
    return proposal


def issue_proposal(*, by: User, proposal: Proposal, issued_on: date, seen: int | None = None) -> Proposal:
    """Number the signed tờ trình and mark its nominations as proposed to the superior, in one transaction.

    Raises RuleBroken when the day is out of order, when anything differs from what was signed, or when a higher
    authority no longer decides the award on that day (with the article).
    """
    with act("commendations.issue_proposal", proposal, by=by, seen=seen) as final:
        check_signing_day(final, issued_on)
        cases = lock_listed_nominations(final)
        if reasons := proposal_faults(final, issued_on):
            raise RuleBroken(" ".join(reasons))
        final.issued_on = issued_on
        for case in cases:
            with act("commendations.propose_up", case, by=by, reason=final.subject):
                pass
            _notify_case(case, by, f"{case.nominee_alone}: đã trình cấp trên ({final.subject}).", "proposed_up")
        final.document = documents.issue_document(
            by=by,
            commune=final.commune,
            paper=proposal_paper(final, outgoing_lines(final, issued_on), issued_on),
            series="to_trinh",
            issued_on=issued_on,
            key=proposal_signature_steps.draft_key(final),
            readers=[
                ReaderGrant(role=Role.council_member),
                *(ReaderGrant(unit_id=unit.pk) for unit in units_once(case.proposing_units for case in cases)),
            ],
        )
    return proposal


# ── the superior's decision ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class SuperiorDecision:
    """The superior's decision: number, day and issuing body."""

    number: str
    decided_on: date
    issuer: str


def record_award_above(
    *, by: User, nomination: Nomination, outcome: SuperiorDecision, seen: int | None = None
) -> Nomination:
    """Record that the superior granted the award. Raises RuleBroken for a missing number or issuer or an impossible day."""
    with act("commendations.award_above", nomination, by=by, seen=seen, decision=clean(outcome.number)) as case:
        if not clean(outcome.number):
            raise RuleBroken("Hãy ghi số quyết định của cấp trên.", "number")
        if not clean(outcome.issuer):
            raise RuleBroken("Hãy ghi cơ quan, người ký quyết định.", "issuer")
        not_future(outcome.decided_on, "Ngày quyết định", "decided_on")
        sent = proposed_up_on(case)
        if sent and outcome.decided_on < sent:
            raise RuleBroken(f"Ngày quyết định không được trước ngày tờ trình ({format_date(sent)}).", "decided_on")
        case.outcome_no = clean(outcome.number)
        case.outcome_on = outcome.decided_on
        case.outcome_group = group_on(case.person, outcome.decided_on) if case.person else ""
        case.outcome_by = clean(outcome.issuer)
        mark_initiatives_used(by=by, nomination=case, on=outcome.decided_on, about=f"Quyết định số {case.outcome_no}")
        text = f"{case.nominee_alone} được cấp trên khen thưởng theo Quyết định số {case.outcome_no}."
        _notify_case(case, by, text, "awarded_above")
    return nomination


def record_refusal_above(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Record that the superior refused the award, and why."""
    reason = clean(reason)
    with act("commendations.refuse_above", nomination, by=by, seen=seen, reason=reason) as case:
        reason = require_reason(reason, "Hãy ghi lý do cấp trên không khen thưởng.")
        case.outcome_reason = reason[:300]
        _notify_case(
            case,
            by,
            f"{case.nominee_alone}: cấp trên không khen thưởng ({reason_in_sentence(reason)}).",
            "refused_above",
        )
    return nomination


def reopen_outcome_above(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Take back a wrongly recorded answer of the superior: the case waits for it again, its sáng kiến are free."""
    reason = require_reason(reason, "Hãy ghi vì sao ghi lại kết quả.")
    with act("commendations.reopen_above", nomination, by=by, seen=seen, reason=reason) as case:
        if case.is_awarded_above:
            release_initiatives(by=by, nominations=[case])
        case.outcome_no = case.outcome_by = case.outcome_reason = ""
        case.outcome_on = case.outcome_group = None
        text = f"{case.nominee_alone}: Văn phòng ghi lại kết quả của cấp trên ({reason_in_sentence(reason)})."
        _notify_case(case, by, text, "reopened")
    return nomination


def proposed_up_on(case: Nomination) -> date | None:
    """The day of the tờ trình that proposed the case to the superior, or None."""
    item = case.chair_submission_item
    if item is None:
        return None
    sent = Proposal.objects.filter(
        chair_submission_id=item.chair_submission_id, award_code=case.award_code, by_deputy=item.by_deputy
    )
    return sent.values_list("issued_on", flat=True).first()


def _notify_case(case: Nomination, by: User, text: str, key: str) -> None:
    """Notify the heads of its units and everybody who acted on the case."""
    notify_case_handlers(case, by, text, key, also=case_actors(case))
