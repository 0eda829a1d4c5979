"""The decision: drafted by itself, put to the pen, numbered and issued once, with its awards and giấy khen."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from commendations.actions.initiative import mark_initiatives_used
from commendations.models import Award, ChairSubmission, Decision, Nomination
from commendations.papers.certificate import certificate_paper
from commendations.papers.decision import decision_paper, default_decision_subject
from commendations.papers.payment_list import payment_list_paper
from commendations.queries.award import case_actors
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import (
    approved_nominations,
    chair_names_on,
    commune_identity_on,
    decision_faults,
    default_basis_lines,
    outgoing_lines,
    statutory_basis_lines,
)
from emulation.accounts.models import User
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.branding import Branding, branding_of
from emulation.documents.codes import new_code
from emulation.documents.models import DocumentFile, Draft, IssuedDocument
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handler_for
from emulation.legal import current as law_on
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.queries.people import role_holder_ids, unit_head_ids

DEFAULT_EXECUTION_CLAUSE = (
    "Văn phòng - Thống kê, công chức Tài chính - Kế toán, các đơn vị liên quan và các tập thể, hộ gia đình, cá nhân "
    "có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này."
)


@dataclass(frozen=True)
class DecisionWording:
    """What the office may put its own way in a draft."""

    subject: str
    expected_on: date
    grounds: str
    list_order: str
    funding: str
    carried_out_by: str
    recipients: str
    signer_title: str
    signer_name: str


def draft_decision(*, by: User, chair_submission: ChairSubmission, award_code: str) -> Decision:
    """The draft of one award that follows from the chair's word, filled in by the law of its day. Called inside that act."""
    day = chair_submission.decided_on or timezone.localdate()
    chairs = chair_names_on(chair_submission.commune_id, day)
    superior = chair_submission.commune.identity_on(day).superior_office
    decision = Decision(
        commune=chair_submission.commune,
        chair_submission=chair_submission,
        award_code=award_code,
        state="draft",
        signer_name=chairs[0] if chairs else by.full_name,
        expected_on=day,
        carried_out_by=DEFAULT_EXECUTION_CLAUSE,
        recipients=f"Như Điều 3\n{superior} (b/c)\nThường trực Đảng ủy, HĐND xã (b/c)\nLưu: VT, VP",
    )
    decision.grounds = default_basis_lines(decision, day)
    listed = outgoing_lines(decision, day)
    decision.subject = default_decision_subject(listed)
    decision.save()
    refresh_decision_draft(by=by, decision=decision, listed=listed)
    return decision


def refresh_decision_draft(
    *, by: User, decision: Decision, for_signature: bool = False, listed: list[AwardLine] | None = None
) -> Draft:
    """Brings the draft paper (or the bản trình ký) up to what the decision says; `listed` are its lines where known."""
    day = decision.expected_on
    paper = decision_paper(decision, outgoing_lines(decision, day) if listed is None else listed, day)
    return documents.create_or_update_draft(
        by=by,
        commune=decision.commune,
        paper=paper.for_signature() if for_signature else paper,
        key=decision_draft_key(decision),
    )


def decision_draft_key(decision: Decision) -> str:
    """The key of the decision's draft paper."""
    return f"commendations.decision:{decision.pk}"


def edit_decision(*, by: User, decision: Decision, wording: DecisionWording, seen: int | None = None) -> Decision:
    """The office's own words; căn cứ that were left as the law of the old day gave them follow a new day.

    Raises RuleBroken when the expected day is before the chair's.
    """
    with act("commendations.edit_decision", decision, by=by, seen=seen) as draft:
        decided = draft.chair_submission.decided_on
        if decided and wording.expected_on < decided:
            raise RuleBroken(
                f"Ngày dự kiến ký không được trước ngày Chủ tịch quyết định ({format_date(decided)}).", "expected_on"
            )
        kept = wording.grounds.splitlines()
        moved = wording.expected_on != draft.expected_on and kept == draft.grounds.splitlines()
        old, new = (statutory_basis_lines(draft, day) for day in (draft.expected_on, wording.expected_on))
        for field, value in asdict(wording).items():
            setattr(draft, field, value)
        if moved and kept[: len(old)] == old:
            draft.grounds = "\n".join([*new, *kept[len(old) :]])
        refresh_decision_draft(by=by, decision=draft)
    return decision


def send_decision_to_signature(*, by: User, decision: Decision, seen: int | None = None) -> Decision:
    """Makes the bản trình ký: number and day blank, the list fixed as it will have to be at issue."""
    with act("commendations.to_signature", decision, by=by, seen=seen) as draft:
        listed = outgoing_lines(draft, draft.expected_on)
        draft.signed_list = [line.as_signed() for line in listed]
        draft.return_notes = {}
        refresh_decision_draft(by=by, decision=draft, for_signature=True, listed=listed)
        notify_users(
            commune_id=draft.commune_id,
            users=role_holder_ids(draft.commune_id, Role.clerk, Role.chair, on=timezone.localdate()),
            text=f"{draft}: đã có bản trình ký, {len(draft.signed_list)} trường hợp.",
            link=draft.get_absolute_url(),
            key=f"decision:{draft.pk}:to_signature:{draft.version}",
        )
    return decision


def return_decision_to_draft(*, by: User, decision: Decision, reason: str, seen: int | None = None) -> Decision:
    """The bản trình ký is withdrawn, with a reason."""
    with act("commendations.back_to_draft", decision, by=by, seen=seen, reason=reason) as draft:
        if not reason.strip():
            raise RuleBroken("Hãy ghi lý do đưa về dự thảo.", "reason")
        draft.signed_list, draft.return_notes = [], {"decision": reason}
        refresh_decision_draft(by=by, decision=draft)
        notify_users(
            commune_id=draft.commune_id,
            users=role_holder_ids(draft.commune_id, Role.office, on=timezone.localdate()),
            text=f"{draft} được đưa về dự thảo: {reason}",
            link=draft.get_absolute_url(),
            key=f"decision:{draft.pk}:back:{draft.version}",
        )
    return decision


# ── issue ────────────────────────────────────────────────────────────────────────────────────────


def issue_decision(*, by: User, decision: Decision, issued_on: date, seen: int | None = None) -> Decision:
    """The signed decision gets its number; list, awards and giấy, bằng are frozen; all or nothing, once.

    `issued_on` is the day of signing. Raises RuleBroken when it is out of order or anything disagrees with what was signed.
    """
    with act("commendations.issue", decision, by=by, seen=seen) as final:
        _lock_nominations(final)
        _check_day(final, issued_on)
        if reasons := decision_faults(final, issued_on):
            raise RuleBroken(" ".join(reasons))
        listed = outgoing_lines(final, issued_on)
        final.issued_on = issued_on
        final.document = _number(by, final, listed)
        look = branding_of(final.commune)
        for line in listed:
            mark_initiatives_used(by=by, nomination=line.nomination, on=issued_on, about=str(final.document))
            _create_award(by, final, line, look)
        _notify_issued(final, listed)
        _publish(final)
    return decision


def _lock_nominations(decision: Decision) -> None:
    """Locks the nominations of the list in one order, before the book and the trail are."""
    listed = approved_nominations(decision.chair_submission, decision.award_code).values_list("pk", flat=True)
    list(Nomination._base_manager.select_for_update(of=("self",)).filter(pk__in=list(listed)).order_by("pk"))


def _check_day(decision: Decision, day: date) -> None:
    today, decided = timezone.localdate(), decision.chair_submission.decided_on
    if day > today:
        raise RuleBroken(f"Ngày ký không được sau hôm nay ({format_date(today)}).", "issued_on")
    if decided and day < decided:
        raise RuleBroken(f"Ngày ký không được trước ngày Chủ tịch quyết định ({format_date(decided)}).", "issued_on")


def _number(by: User, decision: Decision, listed: list[AwardLine]) -> IssuedDocument:
    day = decision.issued_on
    assert day is not None
    units = sorted({line.nomination.unit_id for line in listed})
    return documents.issue_document(
        by=by,
        commune=decision.commune,
        paper=decision_paper(decision, listed, day),
        series="quyet_dinh",
        issued_on=day,
        key=decision_draft_key(decision),
        readers=[ReaderGrant(role=Role.council_member), *(ReaderGrant(unit_id=unit) for unit in units)],
    )


def _create_award(by: User, decision: Decision, line: AwardLine, look: Branding) -> Award:
    """One line of the register, with its giấy, bằng where the law has one; the nomination ends here."""
    document, day, nomination = decision.document, decision.issued_on, line.nomination
    assert document is not None and day is not None and line.price is not None
    code = new_code()
    frozen = _certificate(by, decision, line, look, code)
    money, person = line.price.money, nomination.person if nomination.person_id else None
    award = Award.objects.create(
        commune=decision.commune,
        decision=decision,
        nomination=nomination,
        person_id=nomination.person_id,
        household_id=nomination.household_id,
        collective_id=nomination.collective_id,
        unit_id=nomination.unit_id,
        decision_serial=line.serial,
        award_code=nomination.award_code,
        kind=nomination.kind,
        year=line.year if line.award.title else day.year,
        awarded_on=day,
        award_name=law_on.law_for(decision.commune_id).award_name(nomination.award_code, day),
        is_title=line.award.title,
        name=line.name,
        name_key=nomination.nominee_sort,
        name_fold=fold(line.name)[:250],
        place=line.place[:300],
        achievement=line.achievement,
        field_name=nomination.field_name,
        group=person.group if person else "",
        sex=person.sex if person else "",
        coefficient=money.coefficient,
        base_salary=money.base,
        raw_amount=money.raw,
        amount=line.amount,
        rounding_rule=money.rule,
        legal=_legal(line),
        code=code,
        certificate=frozen,
    )
    with act(
        "commendations.award", nomination, by=by, decision=document.reference, serial=line.serial, amount=line.amount
    ):
        pass
    return award


def _certificate(by: User, decision: Decision, line: AwardLine, look: Branding, code: str) -> IssuedDocument | None:
    """The frozen giấy, bằng of one line; None where the law has no form for the award."""
    document, day = decision.document, decision.issued_on
    assert document is not None and document.number is not None and day is not None
    sheet = certificate_paper(decision, line, day, number=document.number, symbol=document.symbol, code=code, look=look)
    if sheet is None:
        return None
    return documents.freeze_document(
        by=by,
        commune=decision.commune,
        paper=sheet,
        issued_on=day,
        key=f"commendations.award:{line.nomination.pk}",
        readers=[ReaderGrant(unit_id=line.nomination.unit_id)],
        parent=document,
        code=code,
    )


def _legal(line: AwardLine) -> dict[str, Any]:
    """What the sum rests on, as the register keeps it."""
    price = line.price
    assert price is not None
    return {
        "arithmetic": price.money.arithmetic,
        "unpaid": line.sum_explanation if line.payability.unpaid else "",
        "note": line.payability.note,
        "citation": price.citation,
        "confirmed": price.confirmed,
        "needs_review": price.needs_review,
        "grounds": [asdict(ground) for ground in (*price.grounds, *line.decider.grounds)],
    }


def _notify_issued(decision: Decision, listed: list[AwardLine]) -> None:
    """The units, the council, the staff, and everybody who acted on one of the cases."""
    today, document = timezone.localdate(), decision.document
    assert document is not None
    award = listed[0].award
    what = award.in_short(*{line.year for line in listed})
    text = f"{document} ngày {format_date(document.issued_on)}: tặng {what} cho {len(listed)} trường hợp."
    staff = set(role_holder_ids(decision.commune_id, Role.office, Role.clerk, Role.chair, on=today))
    council = set(role_holder_ids(decision.commune_id, Role.council_member, on=today)) - staff
    for users, link in ((staff, decision.get_absolute_url()), (council, document.get_absolute_url())):
        notify_users(
            commune_id=decision.commune_id, users=users, text=text, link=link, key=f"decision:{decision.pk}:issued"
        )
    awards = {award.nomination_id: award for award in decision.awards.all()}
    for line in listed:
        given = awards[line.nomination.pk]
        notify_users(
            commune_id=decision.commune_id,
            users={*unit_head_ids(line.nomination.unit, today), *(case_actors(line.nomination) - staff - council)},
            text=f"{line.name} được tặng {award.in_short(line.year)} theo {document}, số sổ vàng {line.serial:02d}.",
            link=given.get_absolute_url(),
            key=f"award:{given.pk}",
        )


def _publish(decision: Decision) -> None:
    """Asks the public face, where there is one, to show the awards."""
    try:
        job_handler_for("portal.publish")
    except LookupError:
        return
    enqueue("portal.publish", f"decision:{decision.pk}", commune=decision.commune, decision_id=decision.pk)


# ── after it ─────────────────────────────────────────────────────────────────────────────────────


def print_certificates(*, by: User, decision: Decision) -> IssuedDocument:
    """Asks for all giấy, bằng of the decision as one PDF; asked again, it goes on where it stopped."""
    with act("commendations.print_certificates", decision, by=by) as issued:
        assert issued.document is not None
        documents.request_document_files(by=by, document=issued.document, formats=(DocumentFile.ALL,))
    return issued.document


def make_payment_list(*, by: User, decision: Decision) -> Draft:
    """The list by which the money is paid out, for the pens of those who pay and receive."""
    with act("commendations.money_list", decision, by=by) as issued:
        paper = payment_list_paper(issued, commune_identity_on(issued, timezone.localdate()), by.full_name)
        return documents.create_or_update_draft(
            by=by, commune=issued.commune, paper=paper.for_signature(), key=f"commendations.money:{issued.pk}"
        )
