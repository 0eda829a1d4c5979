"""What came back of awards that were cancelled, replaced or corrected: of one, or the same of several."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commendations.actions.payment_list import renew_list_of_replacing
from commendations.models import Amendment, Award, AwardRecovery
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_dong
from emulation.core.validation import not_future
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act


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
            recovery = AwardRecovery.objects.create(
                commune=locked.commune,
                award=locked,
                certificate=certificate,
                amount=amount,
                not_handed=not_handed,
                recovered_on=recovered_on,
                note=note,
                recorded_by=by.pk,
            )
            renew_list_of_replacing(locked)
            return recovery

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
                    faults.append(RuleBroken(broken.message, f"award_{award.pk}"))
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
    if award.counts or award.handovers_in_force or award.recoveries_in_force:
        raise RuleBroken("Sổ vàng đã ghi trao hoặc thu hồi khen thưởng này.", "not_handed")


def _check_recovery_day(award: Award, recovered_on: date) -> None:
    reprints = award.corrections.exclude(certificate=None).order_by("pk").select_related("amendment__document")
    paper = award.ended_by or next((row.amendment.document for row in reprints), None)
    if paper and recovered_on < paper.issued_on:
        raise RuleBroken(f"Ngày thu hồi không được trước {format_date(paper.issued_on)}.", "recovered_on")
    not_future(recovered_on, "Ngày thu hồi", "recovered_on")
