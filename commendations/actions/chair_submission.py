"""Actions on a chair submission: draft, edit, submit, decide, return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.decision import draft_decision
from commendations.actions.proposal import draft_proposal
from commendations.models import ChairSubmission, ChairSubmissionItem, CouncilSession, Nomination
from commendations.papers.chair_submission import chair_submission_paper
from commendations.queries import catalogue
from commendations.queries.award import case_actors
from commendations.queries.chair_submission import submission_rows
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.legal import current as law_on
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import role_holder_ids, unit_head_ids


@dataclass(frozen=True)
class ChairDecision:
    """The chair's word on one nominee."""

    approved: bool
    reason: str = ""


def draft_chair_submission(*, by: User, session: CouncilSession) -> ChairSubmission:
    """Collects what the council passed, in its order; in the form (phiếu trình, tờ trình) of the commune's last one."""
    with act("commendations.draft_presentation", session, by=by) as closed:
        last = ChairSubmission.objects.filter(commune=closed.commune).order_by("-pk").first()
        chair_submission = ChairSubmission.objects.create(
            commune=closed.commune, session=closed, state="draft", form=last.form if last else ChairSubmission.NOTE
        )
        passed = closed.items.filter(passed=True, nomination__state="passed").order_by("sort", "pk")
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
    """The standing member's opinion, and whether a phiếu trình or a numbered tờ trình goes up."""
    with act("commendations.edit_presentation", chair_submission, by=by, seen=seen) as draft:
        draft.opinion, draft.form = opinion, form
    return chair_submission


def submit_to_chair(
    *, by: User, chair_submission: ChairSubmission, seen: int | None = None, on: date | None = None
) -> ChairSubmission:
    """Freezes the paper and puts it before the chair; one presented again after a return replaces the earlier paper.

    Raises RuleBroken when `on` (today when not said) is before the session or after today.
    """
    with act("commendations.present", chair_submission, by=by, seen=seen) as draft:
        day = _day(on, draft.session.held_on, "Ngày trình", "ngày họp Hội đồng")
        nominations = lock_submitted_nominations(draft)
        for nomination in nominations:
            with act("commendations.put_before_chair", nomination, by=by):
                pass
        draft.presented_on, earlier = day, draft.document
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


def _freeze(by: User, draft: ChairSubmission, day: date) -> IssuedDocument:
    """The paper, numbered if it is a tờ trình. Comes last, as all numbers of the council's book do."""
    paper = chair_submission_paper(draft, submission_rows(draft, day), day, by.full_name)
    key = f"commendations.presentation:{draft.pk}:{draft.version}"
    readers = [ReaderGrant(role=Role.council_member)]
    if draft.form == ChairSubmission.PROPOSAL:
        return documents.issue_document(
            by=by,
            commune=draft.commune,
            paper=paper,
            series="to_trinh_hoi_dong",
            issued_on=day,
            key=key,
            readers=readers,
        )
    return documents.freeze_document(by=by, commune=draft.commune, paper=paper, issued_on=day, key=key, readers=readers)


def record_chair_decisions(
    *,
    by: User,
    chair_submission: ChairSubmission,
    words: Mapping[int, ChairDecision],
    seen: int | None = None,
    on: date | None = None,
) -> ChairSubmission:
    """The chair's word on every nominee (by id of the item), in one act; what follows from it is drafted by itself:
    a decision for each award that is the chair's own, a tờ trình for each that somebody above decides.

    Raises RuleBroken when somebody was left out, a refusal has no reason, the day is out of order, or nobody may give
    an award on that day (with the article).
    """
    with act("commendations.decide", chair_submission, by=by, seen=seen, words=_decision_texts(words)) as case:
        case.decided_on = _day(on, case.presented_on, "Ngày quyết định", "ngày trình")
        lock_submitted_nominations(case)
        items = list(
            case.items.select_related(
                "nomination__unit", "nomination__person", "nomination__household", "nomination__collective"
            )
        )
        _check_decisions(items, words)
        approved = [item for item in items if words[item.pk].approved]
        _check_deciders(approved, case.decided_on)
        for item in items:
            _apply_decision(by, item, words[item.pk])
        _draft_papers(by, case, approved)
        _notify_outcome(by, case, items)
    return chair_submission


def _check_decisions(items: list[ChairSubmissionItem], words: Mapping[int, ChairDecision]) -> None:
    if unknown := words.keys() - {item.pk for item in items}:
        raise RuleBroken(f"Có {len(unknown)} người không thuộc phiếu trình này.")
    for item in items:
        word = words.get(item.pk)
        if word is None:
            raise RuleBroken(
                f"Chưa chọn đồng ý hay không đồng ý cho {item.nomination.nominee_name}.", f"outcome_{item.pk}"
            )
        if not word.approved and not word.reason.strip():
            raise RuleBroken(
                f"Hãy ghi lý do không đồng ý khen thưởng {item.nomination.nominee_name}.", f"reason_{item.pk}"
            )


def _check_deciders(approved: list[ChairSubmissionItem], day: date) -> None:
    """An award that nobody may give on that day cannot be approved."""
    for item in approved:
        case = item.nomination
        decider = law_on.award_decider_for(case.commune_id, case.award_code, day)
        if decider.here == "none":
            reason = catalogue.reason_not_offered(case.commune_id, case.award_code, case.nominee_kind, case.unit, day)
            raise RuleBroken(f"{case.nominee_name}: {reason}", f"outcome_{item.pk}")


def _draft_papers(by: User, case: ChairSubmission, approved: list[ChairSubmissionItem]) -> None:
    """One paper for each award that was approved, in the order of the catalogue."""
    day, law = case.decided_on or timezone.localdate(), law_on.law_for(case.commune_id)
    for code in catalogue.sort_award_codes(law, (item.nomination.award_code for item in approved), day):
        if law_on.award_decider_for(case.commune_id, code, day).here == catalogue.DECIDED_BY_COMMUNE:
            draft_decision(by=by, chair_submission=case, award_code=code)
        else:
            draft_proposal(by=by, chair_submission=case, award_code=code)


def _apply_decision(by: User, item: ChairSubmissionItem, word: ChairDecision) -> None:
    item.approved, item.reason = word.approved, word.reason
    item.save(update_fields=["approved", "reason"])
    name = "commendations.approve" if word.approved else "commendations.refuse"
    with act(name, item.nomination, by=by, reason=word.reason):
        pass


def return_chair_submission(
    *, by: User, chair_submission: ChairSubmission, reason: str, seen: int | None = None
) -> ChairSubmission:
    """The chair gives the whole paper back to the office with a reason."""
    with act("commendations.return_presentation", chair_submission, by=by, seen=seen, reason=reason) as case:
        if not reason.strip():
            raise RuleBroken("Hãy ghi lý do trả lại.", "reason")
        for nomination in lock_submitted_nominations(case):
            with act("commendations.unpresent", nomination, by=by, reason=reason):
                pass
        case.return_notes = {"presentation": reason}
        notify_users(
            commune_id=case.commune_id,
            users=role_holder_ids(case.commune_id, Role.office, on=timezone.localdate()),
            text=f"Chủ tịch trả lại {str(case).lower()}: {reason}",
            link=case.get_absolute_url(),
            key=f"presentation:{case.pk}:returned:{case.version}",
        )
    return chair_submission


def lock_submitted_nominations(chair_submission: ChairSubmission) -> list[Nomination]:
    """The nominations of a chair_submission, their rows locked in one order before anything else of the act is."""
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(
        chair_submission_item__chair_submission=chair_submission
    )
    return list(rows.order_by("pk"))


def _day(on: date | None, first: date | None, what: str, after: str) -> date:
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise RuleBroken(f"{what} không được sau hôm nay ({format_date(today)}).", "on")
    if first and day < first:
        raise RuleBroken(f"{what} {format_date(day)} không được trước {after} ({format_date(first)}).", "on")
    return day


def _decision_texts(words: Mapping[int, ChairDecision]) -> dict[str, str]:
    return {str(pk): "đồng ý" if word.approved else f"không đồng ý: {word.reason}" for pk, word in words.items()}


def _notify_outcome(by: User, case: ChairSubmission, items: Iterable[ChairSubmissionItem]) -> None:
    """Each proposer and everybody who handled the case hears the word on it."""
    today = timezone.localdate()
    for item in items:
        nomination = item.nomination
        outcome = (
            "Chủ tịch đồng ý khen thưởng" if item.approved else f"Chủ tịch không đồng ý khen thưởng ({item.reason})"
        )
        notify_users(
            commune_id=case.commune_id,
            users={*unit_head_ids(nomination.unit, today), *case_actors(nomination)} - {by.pk},
            text=f"{nomination.nominee_name}: {outcome}.",
            link=nomination.get_absolute_url(),
            key=f"nomination:{nomination.pk}:decided",
        )
