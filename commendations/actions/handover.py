"""Who received certificates and money, and when: of one award, or on one day of several of a decision."""

from collections.abc import Mapping
from datetime import date

from commendations.actions.payment_list import renew_list_of_replacing
from commendations.models import Award, Decision, Handover
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import not_future
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act


def record_award_handover(
    *,
    by: User,
    award: Award,
    received_by: str,
    received_on: date,
    note: str = "",
    again: bool = False,
    key: str = "",
) -> Handover:
    """Record who received the certificate and the money, and when. Idempotent per `key`.

    Of an award that has ended only what was handed over before is recorded. `again`: a further record of the same certificate,
    which corrects the first. Raises RuleBroken when the receiver is missing, when the day is before the decision, after the award
    ended or after today, and for a further record without `again` or without a note with the reason.
    """

    def record() -> Handover:
        with act("commendations.hand_over", award, by=by, received_by=received_by, received_on=received_on) as locked:
            if not clean(received_by):
                raise RuleBroken("Hãy ghi họ tên người nhận.", "received_by")
            _check_day(locked, received_on)
            _check_further_record(locked, again, note)
            handover = Handover.objects.create(
                commune=locked.commune,
                award=locked,
                received_by=received_by,
                received_on=received_on,
                note=note,
                recorded_by=by.pk,
            )
            renew_list_of_replacing(locked)
            return handover

    return create_once(key, award.commune, Handover, record)


def record_award_handovers(
    *, by: User, decision: Decision, received: Mapping[int, str], received_on: date, note: str = "", key: str = ""
) -> Decision:
    """Record the handover of several awards of a decision: who received each, by id. All or none. Idempotent per `key`.

    Raises RuleBroken with all faults, each at the field "received_by_12" of its award.
    """

    def record() -> Decision:
        with act(
            "commendations.hand_over_awards", decision, by=by, awards=sorted(received), received_on=received_on
        ) as issued:
            if not received:
                raise RuleBroken("Hãy chọn ít nhất một người.")
            faults = []
            for award in issued.awards.filter(pk__in=received).order_by("decision_serial"):
                try:
                    record_award_handover(
                        by=by, award=award, received_by=received[award.pk], received_on=received_on, note=note
                    )
                except RuleBroken as broken:
                    field = "received_on" if broken.field == "received_on" else f"received_by_{award.pk}"
                    faults.append(RuleBroken(broken.message, field))
            RuleBroken.raise_all(list({(fault.field, fault.message): fault for fault in faults}.values()))
        return issued

    return create_once(key, decision.commune, Decision, record)


def handed_over_words(award: Award) -> str:
    """That the valid certificate was handed over already: when, and to whom; "" when it was not."""
    last = award.handover_in_force
    return f"đã trao ngày {format_date(last.received_on)} cho {last.received_by}" if last else ""


def _check_day(award: Award, received_on: date) -> None:
    if received_on < award.awarded_on:
        raise RuleBroken(
            f"Ngày nhận không được trước ngày quyết định ({format_date(award.awarded_on)}).", "received_on"
        )
    not_future(received_on, "Ngày nhận", "received_on")
    if (ended := _ended_on(award)) and received_on > ended:
        raise RuleBroken(
            f"Khen thưởng này hết hiệu lực ngày {format_date(ended)}: chỉ ghi lại việc đã trao từ ngày đó về trước.",
            "received_on",
        )


def _check_further_record(award: Award, again: bool, note: str) -> None:
    earlier = handed_over_words(award)
    if not earlier:
        return
    if not again:
        raise RuleBroken(
            f"Sổ vàng đã ghi: {earlier}. Nếu lần ghi đó sai thì đánh dấu “Vẫn ghi thêm” và ghi vì sao; nếu không thì thôi.",
            "again",
        )
    if not clean(note):
        raise RuleBroken("Ghi thêm lần trao thì ghi vì sao ở ô ghi chú.", "note")


def _ended_on(award: Award) -> date | None:
    """The day of the paper that ended the award; None while it is in force."""
    if award.is_cancelled:
        return award.cancellation.cancelled_on
    return award.replaced_by.awarded_on if award.is_replaced else None
