"""From a closed session to the chair's word on each nominee."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.decision import draft_decision
from commendations.actions.proposal import draft_proposal
from commendations.models import CouncilSession, Nomination, Presentation, PresentationItem
from commendations.papers.presentation import presentation_paper
from commendations.queries import catalogue
from commendations.queries.award import everyone_on
from commendations.queries.presentation import rows_of
from emulation.accounts.models import User
from emulation.acts.act import act
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.words import vn_date
from emulation.documents import actions as documents
from emulation.documents.actions import Reader
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.legal import on as law_on
from emulation.notices.actions import tell
from villages.queries import heads_of, holders


@dataclass(frozen=True)
class Word:
    """The chair's word on one nominee."""

    approved: bool
    reason: str = ""


def draft_presentation(*, by: User, session: CouncilSession) -> Presentation:
    """Collects what the council passed, in its order; in the form (phiếu trình, tờ trình) of the commune's last one."""
    with act("commendations.draft_presentation", session, by=by) as closed:
        last = Presentation.objects.filter(commune=closed.commune).order_by("-pk").first()
        presentation = Presentation.objects.create(
            commune=closed.commune, session=closed, state="draft", form=last.form if last else Presentation.NOTE
        )
        passed = closed.items.filter(passed=True, nomination__state="passed").order_by("sort", "pk")
        PresentationItem.objects.bulk_create(
            PresentationItem(
                commune=closed.commune, presentation=presentation, nomination_id=item.nomination_id, sort=place
            )
            for place, item in enumerate(passed)
        )
    return presentation


def edit_presentation(
    *, by: User, presentation: Presentation, opinion: str, form: str, seen: int | None = None
) -> Presentation:
    """The standing member's opinion, and whether a phiếu trình or a numbered tờ trình goes up."""
    with act("commendations.edit_presentation", presentation, by=by, seen=seen) as draft:
        draft.opinion, draft.form = opinion, form
    return presentation


def present(*, by: User, presentation: Presentation, seen: int | None = None, on: date | None = None) -> Presentation:
    """Freezes the paper and puts it before the chair; one presented again after a return replaces the earlier paper.

    Raises RuleBroken when `on` (today when not said) is before the session or after today.
    """
    with act("commendations.present", presentation, by=by, seen=seen) as draft:
        day = _day(on, draft.session.held_on, "Ngày trình", "ngày họp Hội đồng")
        nominations = hold(draft)
        for nomination in nominations:
            with act("commendations.put_before_chair", nomination, by=by):
                pass
        draft.presented_on, earlier = day, draft.document
        draft.document = _freeze(by, draft, day)
        if earlier:
            documents.add_event(
                by=by, document=earlier, kind=DocumentEvent.REPLACED, other=draft.document, key="replaced"
            )
        tell(
            commune_id=draft.commune_id,
            users=holders(draft.commune_id, Role.chair, on=timezone.localdate()),
            text=f"{draft}: {len(nominations)} trường hợp chờ Chủ tịch quyết định.",
            link=draft.get_absolute_url(),
            key=f"presentation:{draft.pk}:{draft.version}",
        )
    return presentation


def _freeze(by: User, draft: Presentation, day: date) -> IssuedDocument:
    """The paper, numbered if it is a tờ trình. Comes last, as all numbers of the council's book do."""
    paper = presentation_paper(draft, rows_of(draft, day), day, by.full_name)
    key = f"commendations.presentation:{draft.pk}:{draft.version}"
    readers = [Reader(role=Role.council_member)]
    if draft.form == Presentation.PROPOSAL:
        return documents.issue(
            by=by,
            commune=draft.commune,
            paper=paper,
            series="to_trinh_hoi_dong",
            issued_on=day,
            key=key,
            readers=readers,
        )
    return documents.freeze(by=by, commune=draft.commune, paper=paper, issued_on=day, key=key, readers=readers)


def decide(
    *,
    by: User,
    presentation: Presentation,
    words: Mapping[int, Word],
    seen: int | None = None,
    on: date | None = None,
) -> Presentation:
    """The chair's word on every nominee (by id of the item), in one act; what follows from it is drafted by itself:
    a decision for each award that is the chair's own, a tờ trình for each that somebody above decides.

    Raises RuleBroken when somebody was left out, a refusal has no reason, the day is out of order, or nobody may give
    an award on that day (with the article).
    """
    with act("commendations.decide", presentation, by=by, seen=seen, words=_told(words)) as case:
        case.decided_on = _day(on, case.presented_on, "Ngày quyết định", "ngày trình")
        hold(case)
        items = list(
            case.items.select_related(
                "nomination__unit", "nomination__person", "nomination__household", "nomination__collective"
            )
        )
        _check_words(items, words)
        approved = [item for item in items if words[item.pk].approved]
        _check_deciders(approved, case.decided_on)
        for item in items:
            _carry_out(by, item, words[item.pk])
        _draft_papers(by, case, approved)
        _tell_outcome(by, case, items)
    return presentation


def _check_words(items: list[PresentationItem], words: Mapping[int, Word]) -> None:
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


def _check_deciders(approved: list[PresentationItem], day: date) -> None:
    """An award that nobody may give on that day cannot be approved."""
    for item in approved:
        case = item.nomination
        decider = law_on.decider(case.commune_id, case.award_code, day)
        if decider.here == "none":
            reason = catalogue.why_not(case.commune_id, case.award_code, case.nominee_kind, case.unit, day)
            raise RuleBroken(f"{case.nominee_name}: {reason}", f"outcome_{item.pk}")


def _draft_papers(by: User, case: Presentation, approved: list[PresentationItem]) -> None:
    """One paper for each award that was approved, in the order of the catalogue."""
    day, law = case.decided_on or timezone.localdate(), law_on.law(case.commune_id)
    for code in catalogue.in_order(law, (item.nomination.award_code for item in approved), day):
        if law_on.decider(case.commune_id, code, day).here == catalogue.HERE:
            draft_decision(by=by, presentation=case, award_code=code)
        else:
            draft_proposal(by=by, presentation=case, award_code=code)


def _carry_out(by: User, item: PresentationItem, word: Word) -> None:
    item.approved, item.reason = word.approved, word.reason
    item.save(update_fields=["approved", "reason"])
    name = "commendations.approve" if word.approved else "commendations.refuse"
    with act(name, item.nomination, by=by, reason=word.reason):
        pass


def return_presentation(*, by: User, presentation: Presentation, reason: str, seen: int | None = None) -> Presentation:
    """The chair gives the whole paper back to the office with a reason."""
    with act("commendations.return_presentation", presentation, by=by, seen=seen, reason=reason) as case:
        if not reason.strip():
            raise RuleBroken("Hãy ghi lý do trả lại.", "reason")
        for nomination in hold(case):
            with act("commendations.unpresent", nomination, by=by, reason=reason):
                pass
        case.return_notes = {"presentation": reason}
        tell(
            commune_id=case.commune_id,
            users=holders(case.commune_id, Role.office, on=timezone.localdate()),
            text=f"Chủ tịch trả lại {str(case).lower()}: {reason}",
            link=case.get_absolute_url(),
            key=f"presentation:{case.pk}:returned:{case.version}",
        )
    return presentation


def hold(presentation: Presentation) -> list[Nomination]:
    """The nominations of a presentation, their rows locked in one order before anything else of the act is."""
    rows = Nomination._base_manager.select_for_update(of=("self",)).filter(presentation_item__presentation=presentation)
    return list(rows.order_by("pk"))


def _day(on: date | None, first: date | None, what: str, after: str) -> date:
    today = timezone.localdate()
    day = on or today
    if day > today:
        raise RuleBroken(f"{what} không được sau hôm nay ({vn_date(today)}).", "on")
    if first and day < first:
        raise RuleBroken(f"{what} {vn_date(day)} không được trước {after} ({vn_date(first)}).", "on")
    return day


def _told(words: Mapping[int, Word]) -> dict[str, str]:
    return {str(pk): "đồng ý" if word.approved else f"không đồng ý: {word.reason}" for pk, word in words.items()}


def _tell_outcome(by: User, case: Presentation, items: Iterable[PresentationItem]) -> None:
    """Each proposer and everybody who handled the case hears the word on it."""
    today = timezone.localdate()
    for item in items:
        nomination = item.nomination
        outcome = (
            "Chủ tịch đồng ý khen thưởng" if item.approved else f"Chủ tịch không đồng ý khen thưởng ({item.reason})"
        )
        tell(
            commune_id=case.commune_id,
            users={*heads_of(nomination.unit, today), *everyone_on(nomination)} - {by.pk},
            text=f"{nomination.nominee_name}: {outcome}.",
            link=nomination.get_absolute_url(),
            key=f"nomination:{nomination.pk}:decided",
        )
