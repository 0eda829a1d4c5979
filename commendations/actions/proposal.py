"""The tờ trình to the superior: drafted by itself, put to the pen, numbered once; then what came back from above."""

from dataclasses import asdict, dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.initiatives import spend
from commendations.actions.nomination import tell
from commendations.models import Decision, Nomination, Presentation, Proposal
from commendations.papers.proposal import default_subject, proposal_paper
from commendations.queries.award import everyone_on
from commendations.queries.decision import approved_for, chairs_on, default_grounds, lines_of
from commendations.queries.lines import Line
from commendations.queries.proposal import disagreements
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.words import vn_date
from emulation.documents import actions as documents
from emulation.documents.actions import Reader
from emulation.documents.models import Draft
from emulation.notices import actions as notices
from villages.queries import heads_of, holders


@dataclass(frozen=True)
class ProposalWording:
    """What the office may put its own way in a draft."""

    subject: str
    addressee: str
    expected_on: date
    grounds: str
    opinion: str
    recipients: str
    signer_title: str
    signer_name: str


def draft_proposal(*, by: User, presentation: Presentation, award_code: str) -> Proposal:
    """The tờ trình of one award that the chair approved and somebody above decides. Called inside the act of deciding."""
    day = presentation.decided_on or timezone.localdate()
    chairs, superior = chairs_on(presentation.commune_id, day), presentation.commune.identity_on(day).superior_office
    proposal = Proposal(
        commune=presentation.commune,
        presentation=presentation,
        award_code=award_code,
        state="draft",
        addressee=superior,
        expected_on=day,
        signer_title=Decision.CHAIR,
        signer_name=chairs[0] if chairs else by.full_name,
        recipients="Như trên\nThường trực Đảng ủy, HĐND xã (b/c)\nLưu: VT, VP",
    )
    proposal.grounds = default_grounds(proposal, day)
    listed = lines_of(proposal, day)
    proposal.subject = default_subject(listed)
    proposal.save()
    show_proposal(by=by, proposal=proposal, listed=listed)
    return proposal


def show_proposal(
    *, by: User, proposal: Proposal, for_signature: bool = False, listed: list[Line] | None = None
) -> Draft:
    """Brings the draft paper (or the bản trình ký) up to what the tờ trình says; `listed` are its lines where known."""
    day = proposal.expected_on
    paper = proposal_paper(proposal, lines_of(proposal, day) if listed is None else listed, day)
    return documents.preview(
        by=by,
        commune=proposal.commune,
        paper=paper.for_signature() if for_signature else paper,
        key=proposal_key(proposal),
    )


def proposal_key(proposal: Proposal) -> str:
    """The key of the tờ trình's draft paper."""
    return f"commendations.proposal:{proposal.pk}"


def edit_proposal(*, by: User, proposal: Proposal, wording: ProposalWording, seen: int | None = None) -> Proposal:
    """The office's own words. Raises RuleBroken when the expected day is before the chair's."""
    with act("commendations.edit_proposal", proposal, by=by, seen=seen) as draft:
        decided = draft.presentation.decided_on
        if decided and wording.expected_on < decided:
            raise RuleBroken(
                f"Ngày dự kiến ký không được trước ngày Chủ tịch quyết định ({vn_date(decided)}).", "expected_on"
            )
        for field, value in asdict(wording).items():
            setattr(draft, field, value)
        show_proposal(by=by, proposal=draft)
    return proposal


def proposal_to_signature(*, by: User, proposal: Proposal, seen: int | None = None) -> Proposal:
    """Makes the bản trình ký: number and day blank, the list fixed as it will have to be at issue."""
    with act("commendations.proposal_to_signature", proposal, by=by, seen=seen) as draft:
        listed = lines_of(draft, draft.expected_on)
        draft.signed_list = [line.signed() for line in listed]
        draft.return_notes = {}
        show_proposal(by=by, proposal=draft, for_signature=True, listed=listed)
        _tell(draft, f"{draft}: đã có bản trình ký.", Role.clerk, Role.chair)
    return proposal


def proposal_back(*, by: User, proposal: Proposal, reason: str, seen: int | None = None) -> Proposal:
    """The bản trình ký is withdrawn, with a reason."""
    with act("commendations.proposal_back", proposal, by=by, seen=seen, reason=reason) as draft:
        if not reason.strip():
            raise RuleBroken("Hãy ghi lý do đưa về dự thảo.", "reason")
        draft.signed_list, draft.return_notes = [], {"proposal": reason}
        show_proposal(by=by, proposal=draft)
        _tell(draft, f"{draft} được đưa về dự thảo: {reason}", Role.office)
    return proposal


def issue_proposal(*, by: User, proposal: Proposal, issued_on: date, seen: int | None = None) -> Proposal:
    """The signed tờ trình gets its number, and those on it have been proposed up; all or nothing, once.

    Raises RuleBroken when the day is out of order or anything disagrees with what was signed, also when the award is
    no longer decided above on that day (with the article).
    """
    with act("commendations.issue_proposal", proposal, by=by, seen=seen) as final:
        today = timezone.localdate()
        if issued_on > today:
            raise RuleBroken(f"Ngày ký không được sau hôm nay ({vn_date(today)}).", "issued_on")
        cases = _held(final)
        if reasons := disagreements(final, issued_on):
            raise RuleBroken(" ".join(reasons))
        final.issued_on = issued_on
        for case in cases:
            with act("commendations.propose_up", case, by=by, reason=final.subject):
                pass
            _tell_handlers(case, by, f"{case.nominee_name}: đã trình cấp trên ({final.subject}).", "proposed_up")
        final.document = documents.issue(
            by=by,
            commune=final.commune,
            paper=proposal_paper(final, lines_of(final, issued_on), issued_on),
            series="to_trinh",
            issued_on=issued_on,
            key=proposal_key(final),
            readers=[
                Reader(role=Role.council_member),
                *(Reader(unit_id=unit) for unit in sorted({case.unit_id for case in cases})),
            ],
        )
    return proposal


# ── what came back from above ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Outcome:
    """The superior's decision: its number, day, and whose it is."""

    number: str
    decided_on: date
    issuer: str


def award_above(*, by: User, nomination: Nomination, outcome: Outcome, seen: int | None = None) -> Nomination:
    """Keeps that the superior gave the award. Raises RuleBroken for a missing number or a day that cannot be."""
    with act("commendations.award_above", nomination, by=by, seen=seen, decision=clean(outcome.number)) as case:
        if not clean(outcome.number):
            raise RuleBroken("Hãy ghi số quyết định của cấp trên.", "number")
        if not clean(outcome.issuer):
            raise RuleBroken("Hãy ghi cơ quan, người ký quyết định.", "issuer")
        if outcome.decided_on > timezone.localdate():
            raise RuleBroken("Ngày quyết định không được sau hôm nay.", "decided_on")
        sent = sent_up_on(case)
        if sent and outcome.decided_on < sent:
            raise RuleBroken(f"Ngày quyết định không được trước ngày tờ trình ({vn_date(sent)}).", "decided_on")
        case.outcome_no, case.outcome_on = clean(outcome.number), outcome.decided_on
        case.outcome_by = clean(outcome.issuer)
        spend(by=by, nomination=case, on=outcome.decided_on, about=f"Quyết định số {case.outcome_no}")
        text = f"{case.nominee_name} được cấp trên khen thưởng theo Quyết định số {case.outcome_no}."
        _tell_handlers(case, by, text, "awarded_above")
    return nomination


def refuse_above(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """Keeps that the superior gave nothing, and why."""
    reason = clean(reason)
    with act("commendations.refuse_above", nomination, by=by, seen=seen, reason=reason) as case:
        if not reason:
            raise RuleBroken("Hãy ghi lý do cấp trên không khen thưởng.", "reason")
        case.outcome_reason = reason[:300]
        _tell_handlers(case, by, f"{case.nominee_name}: cấp trên không khen thưởng ({reason}).", "refused_above")
    return nomination


def sent_up_on(case: Nomination) -> date | None:
    """The day of the tờ trình on which the case went up."""
    item = getattr(case, "presentation_item", None)
    sent = Proposal.objects.filter(presentation_id=item.presentation_id, award_code=case.award_code) if item else None
    return sent.values_list("issued_on", flat=True).first() if sent is not None else None


def _held(proposal: Proposal) -> list[Nomination]:
    """The nominations of the list, locked in one order before the book and the trail are."""
    listed = list(approved_for(proposal.presentation, proposal.award_code).values_list("pk", flat=True))
    return list(Nomination._base_manager.select_for_update(of=("self",)).filter(pk__in=listed).order_by("pk"))


def _tell(proposal: Proposal, text: str, *roles: Role) -> None:
    notices.tell(
        commune_id=proposal.commune_id,
        users=holders(proposal.commune_id, *roles, on=timezone.localdate()),
        text=text,
        link=proposal.get_absolute_url(),
        key=f"proposal:{proposal.pk}:{proposal.state}:{proposal.version}",
    )


def _tell_handlers(case: Nomination, by: User, text: str, key: str) -> None:
    """Its unit, and everybody who acted on the case on its way."""
    tell(case, by, text, key, more={*heads_of(case.unit, timezone.localdate()), *everyone_on(case)})
