"""Lines of the Sổ vàng: written when a decision is issued, published, handed over, recovered."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from commendations.actions.payment_list import renew_payment_list
from commendations.models import Amendment, Award, AwardRecovery, Decision, Handover
from commendations.papers.certificate import certificate_paper
from commendations.queries.award_lines import AwardLine
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_dong
from emulation.core.text import clean, fold
from emulation.core.validation import not_future
from emulation.documents import actions as documents
from emulation.documents.actions import ReaderGrant
from emulation.documents.branding import Branding
from emulation.documents.codes import new_code
from emulation.documents.models import IssuedDocument
from emulation.jobs.queue import enqueue
from emulation.jobs.registry import job_handlers
from emulation.legal import current
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act


def register_award(
    *, by: User, decision: Decision, line: AwardLine, branding: Branding, replaces: Award | None = None
) -> Award:
    """Create one line of the register of an issued decision, with its certificate where the law has one."""
    day = decision.issued_on
    assert day is not None and line.price is not None
    nomination = line.nomination
    person = nomination.person
    money = line.price.money
    code = new_code()
    return Award.objects.create(
        commune=decision.commune,
        decision=decision,
        nomination=nomination,
        replaces=replaces,
        person_id=nomination.person_id,
        household_id=nomination.household_id,
        collective_id=nomination.collective_id,
        unit_id=nomination.unit_id,
        decision_serial=line.serial,
        award_code=nomination.award_code,
        kind=nomination.kind,
        year=line.year if line.award.title else day.year,
        awarded_on=day,
        award_name=current.law_for(decision.commune_id).award_name(nomination.award_code, day),
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
        deducted=line.deducted,
        rounding_rule=money.rule,
        legal=_legal(line),
        code=code,
        certificate=_certificate(by, decision, line, branding, code),
    )


def close_nomination(*, by: User, line: AwardLine, document: IssuedDocument) -> None:
    """The nomination of a registered award is awarded."""
    with act(
        "commendations.award",
        line.nomination,
        by=by,
        decision=document.reference,
        serial=line.serial,
        amount=line.amount,
    ):
        pass


def _certificate(by: User, decision: Decision, line: AwardLine, branding: Branding, code: str) -> IssuedDocument | None:
    """Freeze the certificate of one line; None where the law has no form for the award."""
    document = decision.document
    day = decision.issued_on
    assert document is not None and document.number is not None and day is not None
    paper = certificate_paper(
        decision, line, day, number=document.number, symbol=document.symbol, code=code, branding=branding
    )
    if paper is None:
        return None
    return documents.freeze_document(
        by=by,
        commune=decision.commune,
        paper=paper,
        issued_on=day,
        key=f"commendations.award:{line.nomination.pk}{f':{decision.pk}' if decision.replaces_id else ''}",
        readers=[ReaderGrant(unit_id=line.nomination.unit_id)],
        parent=document,
        code=code,
    )


def _legal(line: AwardLine) -> dict[str, Any]:
    """The arithmetic and citations of the amount, as stored in the register."""
    price = line.price
    assert price is not None
    return {
        "arithmetic": price.money.arithmetic,
        "unpaid": line.sum_explanation if line.payability.unpaid else "",
        "note": line.payability.note,
        "citation": price.citation,
        "confirmed": price.confirmed,
        "needs_review": price.needs_review,
        "grounds": [asdict(basis) for basis in (*price.grounds, *line.decider.grounds)],
    }


def publish_awards(decision: Decision, *, again: str = "") -> None:
    """Enqueue the job that publishes the awards, when the portal app is installed; `again` distinguishes later runs."""
    if "portal.publish" in job_handlers:
        key = f"decision:{decision.pk}{f':{again}' if again else ''}"
        enqueue("portal.publish", key, commune=decision.commune, decision_id=decision.pk)


# ── handover and recovery ─────────────────────────────────────────────────────────────────────────────────────


def record_award_handover(
    *, by: User, award: Award, received_by: str, received_on: date, note: str = "", key: str = ""
) -> Handover:
    """Record who received the certificate and the money, and when. Idempotent per `key`.

    Of an award that has ended only what was handed over before is recorded. Raises RuleBroken when the receiver is missing,
    or when the day is before the decision, after the award ended, or after today.
    """
    return create_once(
        key, award.commune, Handover, lambda: _record_award_handover(by, award, received_by, received_on, note)
    )


def _record_award_handover(by: User, award: Award, received_by: str, received_on: date, note: str) -> Handover:
    with act("commendations.hand_over", award, by=by, received_by=received_by, received_on=received_on) as locked:
        if not clean(received_by):
            raise RuleBroken("Hãy ghi họ tên người nhận.", "received_by")
        if received_on < locked.awarded_on:
            raise RuleBroken(
                f"Ngày nhận không được trước ngày quyết định ({format_date(locked.awarded_on)}).", "received_on"
            )
        not_future(received_on, "Ngày nhận", "received_on")
        if (ended := _ended_on(locked)) and received_on > ended:
            raise RuleBroken(
                f"Khen thưởng này hết hiệu lực ngày {format_date(ended)}: chỉ ghi lại việc đã trao từ ngày đó về trước.",
                "received_on",
            )
        handover = Handover.objects.create(
            commune=locked.commune,
            award=locked,
            received_by=received_by,
            received_on=received_on,
            note=note,
            recorded_by=by.pk,
        )
        _renew_list_of_replacing(locked)
        return handover


def _ended_on(award: Award) -> date | None:
    """The day of the paper that ended the award; None while it is in force."""
    if award.is_cancelled:
        return award.cancellation.cancelled_on
    return award.replaced_by.awarded_on if award.is_replaced else None


def _renew_list_of_replacing(award: Award) -> None:
    """What was paid for an award that was replaced is not on the payment list of the decision in force any more."""
    last = award
    while last.is_replaced:
        last = last.replaced_by
    if last != award:
        renew_payment_list(last.decision)


def record_award_recovery(
    *,
    by: User,
    award: Award,
    recovered_on: date,
    certificate: bool = False,
    amount: int = 0,
    not_handed: bool = False,
    note: str = "",
    key: str = "",
) -> AwardRecovery:
    """Record what came back of a cancelled, replaced or corrected award; `amount` in đồng. Idempotent per `key`.

    `not_handed`: nothing had been handed over. Raises RuleBroken for nothing, for more money than was awarded, and for a
    day before the award ended or its certificate was printed again, or after today.
    """

    def record() -> AwardRecovery:
        with act("commendations.recover_award", award, by=by, amount=amount, recovered_on=recovered_on) as locked:
            _check_recovered_things(locked, certificate, amount, not_handed)
            _check_recovery_day(locked, recovered_on)
            return AwardRecovery.objects.create(
                commune=locked.commune,
                award=locked,
                certificate=certificate,
                amount=amount,
                not_handed=not_handed,
                recovered_on=recovered_on,
                note=note,
                recorded_by=by.pk,
            )

    return create_once(key, award.commune, AwardRecovery, record)


@dataclass(frozen=True)
class BulkRecovery:
    """What came back of each of several awards: the certificate, the rest of the money, both; or nothing was handed over."""

    certificate: bool = False
    money: bool = False
    not_handed: bool = False


def record_award_recoveries(
    *,
    by: User,
    amendment: Amendment,
    awards: Sequence[int],
    what: BulkRecovery,
    recovered_on: date,
    note: str = "",
    key: str = "",
) -> Amendment:
    """Record the same for several awards (ids) of an amendment, all or none. Idempotent per `key`.

    Of each award what is left is recorded: who has no certificate to return is recorded for the money. Raises RuleBroken
    with all faults, each at the field "award_12" of its award.
    """

    def record() -> Amendment:
        with act(
            "commendations.recover_awards", amendment, by=by, awards=sorted(awards), recovered_on=recovered_on
        ) as one:
            if not awards:
                raise RuleBroken("Hãy chọn ít nhất một người.")
            rows = Award.objects.with_recovery().filter(pk__in=set(awards) & set(one.award_ids)).order_by("pk")
            faults = []
            for award in rows:
                try:
                    _record_one(by, award, what, recovered_on, note)
                except RuleBroken as broken:
                    faults.append(RuleBroken(f"{award.current_name}: {broken.message}", f"award_{award.pk}"))
            RuleBroken.raise_all(faults)
        return one

    return create_once(key, amendment.commune, Amendment, record)


def _record_one(by: User, award: Award, what: BulkRecovery, recovered_on: date, note: str) -> None:
    record_award_recovery(
        by=by,
        award=award,
        recovered_on=recovered_on,
        certificate=what.certificate and award.has_certificate_to_recover,
        amount=max(0, award.money_left_to_recover) if what.money else 0,
        not_handed=what.not_handed,
        note=note,
    )


def _check_recovered_things(award: Award, certificate: bool, amount: int, not_handed: bool) -> None:
    if not_handed:
        _check_not_handed(award, bool(certificate or amount))
        return
    if not certificate and not amount:
        raise RuleBroken("Hãy ghi thu hồi gì: giấy khen, tiền thưởng, hoặc cả hai.", "amount")
    if amount > award.money_left_to_recover:
        raise RuleBroken(f"Chỉ còn phải thu hồi {format_dong(award.money_left_to_recover)}.", "amount")
    if certificate and not award.has_certificate_to_recover:
        raise RuleBroken("Không có giấy khen, bằng nào còn phải thu hồi.", "certificate")


def _check_not_handed(award: Award, something_returned: bool) -> None:
    if something_returned:
        raise RuleBroken("Chưa trao thì không có gì thu hồi: chỉ chọn một trong hai.", "not_handed")
    if award.counts or award.handovers.exists() or award.recoveries.exists():
        raise RuleBroken("Sổ vàng đã ghi trao hoặc thu hồi khen thưởng này.", "not_handed")


def _check_recovery_day(award: Award, recovered_on: date) -> None:
    reprints = award.corrections.exclude(certificate=None).order_by("pk").select_related("amendment__document")
    paper = award.ended_by or next((row.amendment.document for row in reprints), None)
    if paper and recovered_on < paper.issued_on:
        raise RuleBroken(f"Ngày thu hồi không được trước {format_date(paper.issued_on)}.", "recovered_on")
    not_future(recovered_on, "Ngày thu hồi", "recovered_on")
