"""Actions on a chair submission: draft, edit, submit, decide, undo, return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from commendations.actions.decision import decision_signature_steps, draft_decision
from commendations.actions.own_case import check_kin, check_own_cases, mark_cases_of_chair
from commendations.actions.proposal import draft_proposal, proposal_signature_steps
from commendations.flow.posting_guards import objection_reasons
from commendations.models import (
    ChairSubmission,
    ChairSubmissionItem,
    CouncilSession,
    Decision,
    Nomination,
    SessionItem,
)
from commendations.papers.chair_submission import chair_submission_paper
from commendations.queries import catalogue
from commendations.queries.award import case_actors
from commendations.queries.chair_submission import submission_rows
from commendations.queries.decision import approved_nominations, outgoing_lines
from commendations.queries.returned_papers import chair_submission_content
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, listed_names
from emulation.core.text import is_reason
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.legal import current
from emulation.notices.actions import notify_users
from emulation.workflow.differences import refuse_unchanged
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units


@dataclass(frozen=True)
class ChairDecision:
    """The chair's decision on one nominee."""

    approved: bool
    reason: str = ""


def draft_chair_submission(*, by: User, session: CouncilSession) -> ChairSubmission:
    """Create a draft with the nominations that the council passed, in agenda order and in the form of the last submission."""
    with act("commendations.draft_presentation", session, by=by) as closed:
        last = ChairSubmission.objects.filter(commune=closed.commune).order_by("-pk").first()
        chair_submission = ChairSubmission.objects.create(
            commune=closed.commune, session=closed, state="draft", form=last.form if last else ChairSubmission.NOTE
        )
        # A case that was considered again at a later session belongs to the submission of that one.
        later = SessionItem.objects.filter(nomination=OuterRef("nomination"), pk__gt=OuterRef("pk"))
        passed = closed.items.filter(passed=True, nomination__state="passed").exclude(Exists(later))
        passed = passed.order_by("sort", "pk")
        ChairSubmissionItem.objects.bulk_create(
            ChairSubmissionItem(
                commune=closed.commune, chair_submission=chair_submission, nomination_id=item.nomination_id, sort=place
            )
            for place, item in enumerate(passed)
        )
    return chair_submission


def edit_chair_submission(
    *, by: User, chair_submission: ChairSubmission, opinion: str, form: str, seen: int | None = None
) -> ChairSubmission:
    """Save the standing member's opinion and the form: phiếu trình or numbered tờ trình."""
    with act("commendations.edit_presentation", chair_submission, by=by, seen=seen) as draft:
        draft.opinion = opinion
        draft.form = form
    return chair_submission


def submit_to_chair(
    *, by: User, chair_submission: ChairSubmission, seen: int | None = None, on: date | None = None
) -> ChairSubmission:
    """Freeze the paper and submit it to the chair; after a return the new paper replaces the earlier one.

    Raises RuleBroken when `on` (default today) is before the session or after today; also when the chair returned it and
    nothing was changed.
    """
    with act("commendations.present", chair_submission, by=by, seen=seen) as draft:
        day = _day(on, draft.session.held_on, "Ngày trình", "ngày họp Hội đồng")
        nominations = lock_submitted_nominations(draft)
        refuse_unchanged(draft, chair_submission_content(draft))
        _check_objections(nominations)
        mark_cases_of_chair(draft, nominations)
        for nomination in nominations:
            with act("commendations.put_before_chair", nomination, by=by):
                pass
        draft.presented_on = day
        earlier = draft.document
        draft.document = _freeze(by, draft, day)
        if earlier:
            documents.add_document_event(
                by=by, document=earlier, kind=DocumentEvent.REPLACED, other=draft.document, key="replaced"
            )
        notify_users(
            commune_id=draft.commune_id,
            users=role_holder_ids(draft.commune_id, Role.chair, on=timezone.localdate()),
            text=f"{draft}: {len(nominations)} trường hợp chờ Chủ tịch quyết định.",
            link=draft.get_absolute_url(),
            key=f"presentation:{draft.pk}:{draft.version}",
        )
    return chair_submission


def _check_objections(nominations: list[Nomination]) -> None:
    """RuleBroken for cases with an objection to their posted list, with the way on for the others."""
    if reasons := objection_reasons(nominations):
        named = listed_names(case.nominee_alone for case in nominations if case.pk in reasons)
        raise RuleBroken(
            f"Có phản ánh khi niêm yết chưa giải quyết: {named}. Trả lời phản ánh, hoặc trả hồ sơ đó về đơn vị để các hồ sơ "
            "khác đi tiếp."
        )


def _freeze(by: User, draft: ChairSubmission, day: date) -> IssuedDocument:
    """Freeze the paper, with a number if it is a tờ trình. Call it after all row locks: the number book is locked last."""
    paper = chair_submission_paper(draft, submission_rows(draft, day), day, by.full_name)
    key = f"commendations.presentation:{draft.pk}:{draft.version}"
    readers = [ReaderGrant(role=Role.council_member)]
    common: dict[str, Any] = {"by": by, "commune": draft.commune, "paper": paper, "issued_on": day, "key": key}
    if draft.form == ChairSubmission.PROPOSAL:
        return documents.issue_document(series="to_trinh_hoi_dong", readers=readers, **common)
    return documents.freeze_document(readers=readers, **common)


def record_chair_decisions(
    *,
    by: User,
    chair_submission: ChairSubmission,
    decisions: Mapping[int, ChairDecision],
    seen: int | None = None,
    on: date | None = None,
) -> ChairSubmission:
    """Record the chair's decision on every nominee (by id of the item) in one act, and draft what follows: a decision
    for each award that the chair grants, a tờ trình for each that a higher authority decides.

    Raises RuleBroken when a nominee is missing, a refusal has no reason, the day is out of order, or nobody has the
    authority to grant an award on that day (with the article).
    """
    with act("commendations.decide", chair_submission, by=by, seen=seen, words=decision_texts(decisions)) as submission:
        submission.decided_on = _day(on, submission.presented_on, "Ngày quyết định", "ngày trình")
        lock_submitted_nominations(submission)
        items = submitted_items(submission, by_deputy=False)
        _check_decisions(items, decisions)
        check_own_cases(by, items)
        _check_acting_day(by, submission.decided_on)
        apply_decisions(by, submission, items, decisions)
    return chair_submission


def submitted_items(submission: ChairSubmission, *, by_deputy: bool) -> list[ChairSubmissionItem]:
    """The nominees that the chair decides, or those that the vice chair decides: the chair's own case."""
    rows = submission.items.listed().filter(by_deputy=by_deputy).prefetch_related("nomination__joint_proposals__unit")
    nominees = ("nomination__person", "nomination__household__head", "nomination__collective")
    return list(rows.select_related("nomination__unit", *nominees))


def apply_decisions(
    by: User,
    submission: ChairSubmission,
    items: list[ChairSubmissionItem],
    decisions: Mapping[int, ChairDecision],
    *,
    by_deputy: bool = False,
) -> None:
    """Store the decision on each of these nominees, draft what follows and notify; called inside the act."""
    _check_decisions(items, decisions)
    check_kin(by, items)
    _check_approved(items, decisions)
    day = submission.decided_on or timezone.localdate()
    approved = [item for item in items if decisions[item.pk].approved]
    _check_deciders(approved, day)
    for item in items:
        _apply_decision(by, item, decisions[item.pk])
    _draft_papers(by, submission, approved, by_deputy)
    _notify_outcome(by, submission, items)


def _check_decisions(items: list[ChairSubmissionItem], decisions: Mapping[int, ChairDecision]) -> None:
    if unknown := decisions.keys() - {item.pk for item in items}:
        raise RuleBroken(f"Có {len(unknown)} người không thuộc phiếu trình này.")
    for item in items:
        decision = decisions.get(item.pk)
        if decision is None:
            raise RuleBroken(
                f"Chưa chọn đồng ý hay không đồng ý cho {item.nomination.nominee_alone}.", f"outcome_{item.pk}"
            )
        if not decision.approved and not is_reason(decision.reason):
            raise RuleBroken(
                f"Hãy ghi lý do không đồng ý khen thưởng {item.nomination.nominee_alone}.", f"reason_{item.pk}"
            )


def _check_approved(items: list[ChairSubmissionItem], decisions: Mapping[int, ChairDecision]) -> None:
    """RuleBroken for an approval while an objection to the posted list of the case is not settled."""
    approved = [item for item in items if decisions[item.pk].approved]
    reasons = objection_reasons(item.nomination for item in approved)
    for item in approved:
        if item.nomination_id in reasons:
            raise RuleBroken(
                f"{item.nomination.nominee_alone}: {reasons[item.nomination_id]} Chủ tịch không đồng ý trường hợp này, hoặc "
                "trả phiếu về Văn phòng.",
                f"outcome_{item.pk}",
            )


def _check_acting_day(by: User, day: date) -> None:
    """RuleBroken when who acts for the chair decides with a day on which they did not act yet."""
    if capacity_of(by).acts_for(Role.chair) and not capacity_of(by, day).has(Role.chair):
        raise RuleBroken(f"Ngày {format_date(day)} bạn chưa làm thay Chủ tịch: hãy ghi ngày trong đợt làm thay.", "on")


def _check_deciders(approved: list[ChairSubmissionItem], day: date) -> None:
    """RuleBroken when an approved award has no authority to grant it on that day."""
    for item in approved:
        case = item.nomination
        decider = current.award_decider_for(case.commune_id, case.award_code, day)
        if decider.here == "none":
            reason = catalogue.reason_not_offered(
                case.commune_id, case.award_code, case.nominee_kind, case.judged_unit, day
            )
            raise RuleBroken(f"{case.nominee_alone}: {reason}", f"outcome_{item.pk}")


def _draft_papers(by: User, submission: ChairSubmission, approved: list[ChairSubmissionItem], by_deputy: bool) -> None:
    """Draft one decision or tờ trình for each approved award, in catalogue order."""
    day = submission.decided_on or timezone.localdate()
    law = current.law_for(submission.commune_id)
    for code in catalogue.sort_award_codes(law, (item.nomination.award_code for item in approved), day):
        if current.award_decider_for(submission.commune_id, code, day).here == catalogue.DECIDED_BY_COMMUNE:
            draft_decision(by=by, chair_submission=submission, award_code=code, by_deputy=by_deputy)
        else:
            draft_proposal(by=by, chair_submission=submission, award_code=code, by_deputy=by_deputy)


def undo_chair_decisions(
    *, by: User, chair_submission: ChairSubmission, reason: str, seen: int | None = None
) -> ChairSubmission:
    """The chair takes back all decisions on a submission, with a reason; its drafts are dropped.

    Raises RuleBroken once a copy for signature was made or something was issued (guard of the step).
    """
    with act("commendations.undo_decide", chair_submission, by=by, seen=seen, reason=reason) as submission:
        reason = require_reason(reason, "Hãy ghi lý do xét lại.")
        lock_submitted_nominations(submission)
        take_back_decisions(by, submission, submitted_items(submission, by_deputy=False), reason)
        submission.decided_on = None
    return chair_submission


def take_back_decisions(
    by: User, submission: ChairSubmission, items: list[ChairSubmissionItem], reason: str, *, by_deputy: bool = False
) -> None:
    """These nominees wait to be decided again, and the drafts that name them are dropped; called inside the act."""
    for item in items:
        item.clear_decision()
        with act("commendations.undo_decision", item.nomination, by=by, reason=reason):
            pass
    drop_drafts(submission, by=by, by_deputy=by_deputy)
    who = "Phó Chủ tịch" if by_deputy else "Chủ tịch"
    _notify_handlers(by, submission, items, f"{who} xét lại: {reason}", "undone")


def drop_drafts(submission: ChairSubmission, *, by: User, by_deputy: bool = False) -> None:
    """Drop the draft decisions and tờ trình of a submission; `by_deputy`: those about the chair's own case."""
    for decision in submission.decisions.filter(state=Decision.DRAFT, replaces=None, by_deputy=by_deputy):
        decision_signature_steps.drop(decision, by=by)
    for proposal in submission.proposals.filter(state=Decision.DRAFT, by_deputy=by_deputy):
        proposal_signature_steps.drop(proposal, by=by)


def set_aside(*, by: User, nomination: Nomination, reason: str) -> None:
    """Take a case off its submission to the chair, and off the draft that names it. Called inside an act on the case."""
    item = nomination.chair_submission_item
    if item is None:
        return
    submission = item.chair_submission
    papers: list[tuple[Any, Any]] = [
        (decision_signature_steps, submission.decisions.filter(replaces=None, by_deputy=item.by_deputy)),
        (proposal_signature_steps, submission.proposals.filter(by_deputy=item.by_deputy)),
    ]
    drafts = []
    for steps, kind in papers:
        named = kind.filter(award_code=nomination.award_code, state=Decision.DRAFT)
        drafts += [(steps, paper, outgoing_lines(paper, paper.expected_on)) for paper in named]
    item.set_aside = reason[:300]
    item.clear_decision("set_aside")
    for steps, paper, before in drafts:
        if approved_nominations(submission, nomination.award_code, item.by_deputy).exists():
            steps.follow_list(paper, by=by, before=before)
        else:
            steps.drop(paper, by=by)
    if submission.state == "draft" and not submission.items.listed().exists():
        with act("commendations.drop_presentation", submission, by=by):
            pass


def _apply_decision(by: User, item: ChairSubmissionItem, decision: ChairDecision) -> None:
    item.approved = decision.approved
    item.reason = decision.reason
    item.save(update_fields=["approved", "reason"])
    act_name = "commendations.approve" if decision.approved else "commendations.refuse"
    with act(act_name, item.nomination, by=by, reason=decision.reason):
        pass


def return_chair_submission(
    *, by: User, chair_submission: ChairSubmission, reason: str, seen: int | None = None
) -> ChairSubmission:
    """The chair returns the whole submission to the office with a reason."""
    with act("commendations.return_presentation", chair_submission, by=by, seen=seen, reason=reason) as submission:
        reason = require_reason(reason, "Hãy ghi lý do trả lại.")
        for nomination in lock_submitted_nominations(submission):
            with act("commendations.unpresent", nomination, by=by, reason=reason):
                pass
        submission.return_notes = {"presentation": reason}
        submission.returned_content = chair_submission_content(submission)
        notify_users(
            commune_id=submission.commune_id,
            users=role_holder_ids(submission.commune_id, Role.office, on=timezone.localdate()),
            text=f"Chủ tịch trả lại {str(submission).lower()}: {reason}",
            link=submission.get_absolute_url(),
            key=f"presentation:{submission.pk}:returned:{submission.version}",
        )
    return chair_submission


def lock_submitted_nominations(chair_submission: ChairSubmission) -> list[Nomination]:
    """Lock the nominations of the submission, always in the same order and before other rows, to avoid deadlocks."""
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(
        chair_submission_items__chair_submission=chair_submission, chair_submission_items__set_aside=""
    )
    return list(rows.order_by("pk"))


def _day(on: date | None, first: date | None, what: str, after: str) -> date:
    day = on or timezone.localdate()
    not_future(day, what, "on")
    if first and day < first:
        raise RuleBroken(f"{what} {format_date(day)} không được trước {after} ({format_date(first)}).", "on")
    return day


def decision_texts(decisions: Mapping[int, ChairDecision]) -> dict[str, str]:
    return {
        str(pk): "đồng ý" if decision.approved else f"không đồng ý: {decision.reason}"
        for pk, decision in decisions.items()
    }


def _notify_outcome(by: User, submission: ChairSubmission, items: Iterable[ChairSubmissionItem]) -> None:
    """Notify those concerned by each case of the chair's decision on it."""
    for item in items:
        who = "Phó Chủ tịch" if item.by_deputy else "Chủ tịch"
        outcome = f"{who} đồng ý khen thưởng" if item.approved else f"{who} không đồng ý khen thưởng ({item.reason})"
        # A key of its own, so that a refusal is not folded among approvals of the day.
        _notify_handlers(by, submission, [item], outcome, "decided" if item.approved else "not_approved")


def _notify_handlers(
    by: User, submission: ChairSubmission, items: Iterable[ChairSubmissionItem], what: str, key: str
) -> None:
    """Notify the proposing units and everybody who handled each case of `what` happened to it."""
    for nomination in (item.nomination for item in items):
        heads = head_ids_of_units(nomination.proposing_units, timezone.localdate())
        notify_users(
            commune_id=submission.commune_id,
            users={*heads, *case_actors(nomination)} - {by.pk},
            text=f"{nomination.nominee_alone}: {what}.",
            link=nomination.get_absolute_url(),
            key=f"nomination:{nomination.pk}:{key}:{submission.version}",
        )
