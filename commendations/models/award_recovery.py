"""Of an award that was corrected, replaced or cancelled: what is still to be exchanged or recovered."""

from datetime import datetime
from typing import Any

from django.utils.functional import cached_property

from emulation.core.formatting import format_dong, lower_first
from emulation.workflow.models import TodoSubject
from emulation.workflow.workflow import State

HANDOVER_STATES = {
    "handed": State("Đã trao", "check-circle", "good"),
    "not_recorded": State("Chưa ghi", "circle", "neutral"),
    "to_exchange": State("Đã trao, phải đổi giấy", "arrow-repeat", "wait"),
    "to_hand_again": State("Phải trao giấy cấp lại", "arrow-repeat", "wait"),
    "to_recover": State("Đã trao, phải thu hồi", "arrow-counterclockwise", "bad"),
    "to_check": State("Chưa rõ đã trao", "question-circle", "wait"),
    "recovered": State("Đã thu hồi", "check-circle", "neutral"),
    "never_handed": State("Không trao", "dash-circle", "neutral"),
    "nothing_to_recover": State("Đã trao, không phải thu", "check-circle", "neutral"),
}


class AwardRecoveryMixin(TodoSubject):
    """Properties of `Award`, read from its handovers, recoveries and corrections (`AwardQuerySet.with_recovery`).

    `commendations.flow.award` has `is_to_recover` and `is_to_hand_again` as filters.
    """

    cancellation: Any
    certificate_id: Any
    corrections: Any
    counts: Any
    current_name: Any
    decision: Any
    handovers: Any
    in_short: Any
    is_cancelled: Any
    is_replaced: Any
    money_given: Any
    nomination_id: Any
    pk: Any
    recoveries: Any
    replaced_by: Any
    replaces_id: Any

    @cached_property
    def handed_before(self) -> bool:
        """Whether something was handed over for an award of the same case that this one replaces."""
        if self.replaces_id is None:
            return False
        earlier = self.handovers.model.objects.in_force().filter(
            award__nomination=self.nomination_id, award__lt=self.pk
        )
        return bool(earlier.exists())

    @property
    def handovers_in_force(self) -> list[Any]:
        """What was handed over, the latest first, without what was recorded by mistake and taken back."""
        return [row for row in self.handovers.all() if not row.is_reversed]

    @property
    def recoveries_in_force(self) -> list[Any]:
        """What came back, without what was recorded by mistake and taken back."""
        return [row for row in self.recoveries.all() if not row.is_reversed]

    @property
    def money_to_recover(self) -> int:
        """Đồng to be paid back: all of a cancelled award; of a replaced one that was paid, what the last new one is lower."""
        if self.is_cancelled:
            return int(self.money_given)
        if not self.is_replaced or not self.handovers_in_force:
            return 0
        last = self.replaced_by
        while last.is_replaced:
            last = last.replaced_by
        return max(0, self.money_given - last.payable)

    @property
    def money_left_to_recover(self) -> int:
        if self.was_never_handed and not self.handed_before:
            return 0
        return self.money_to_recover - sum(row.amount for row in self.recoveries_in_force)

    @property
    def was_never_handed(self) -> bool:
        """Whether it is recorded that nothing was handed over before the award ended."""
        return any(row.not_handed for row in self.recoveries_in_force)

    @property
    def handovers_not_returned(self) -> list[Any]:
        """The handovers after which no certificate came back."""
        returned = [row.created_at for row in self.recoveries_in_force if row.certificate]
        return [row for row in self.handovers_in_force if not any(at >= row.created_at for at in returned)]

    @property
    def handover_in_force(self) -> Any:
        """The latest handover of the valid certificate that did not come back; None when there is none."""
        return next((row for row in self.handovers_not_returned if not self.is_of_earlier_sheet(row)), None)

    def is_of_earlier_sheet(self, handover: Any) -> bool:
        """Whether it was handed over before its certificate was printed again with corrected words."""
        return any(
            row.created_at > handover.created_at or row.amendment.issued_on > handover.received_on
            for row in self.corrections.all()
            if row.certificate_id
        )

    @property
    def has_certificate_to_recover(self) -> bool:
        """Whether a certificate that is no longer valid is, or may be, with the recipient."""
        if self.certificate_id is None:
            return False
        if self.counts:
            return any(self.is_of_earlier_sheet(row) for row in self.handovers_not_returned)
        if self.handovers_in_force:
            return bool(self.handovers_not_returned)
        return not any(row.certificate or row.not_handed for row in self.recoveries_in_force)

    @property
    def is_to_recover(self) -> bool:
        """Whether something has to come back; of a replaced award only when something is known to have been handed over."""
        if not self.has_certificate_to_recover and self.money_left_to_recover <= 0:
            return False
        return self.counts or self.is_cancelled or self._was_handed

    @property
    def _was_handed(self) -> bool:
        """Whether it is recorded that something was handed over, or came back."""
        return bool(self.handovers_in_force or self.recoveries_in_force)

    @property
    def is_to_hand_again(self) -> bool:
        """Whether the recipient received an earlier certificate of the case and not the valid one yet."""
        if not self.counts or self.certificate_id is None:
            return False
        if handovers := self.handovers_in_force:
            return all(self.is_of_earlier_sheet(row) for row in handovers)
        return self.handed_before

    @property
    def handover_state(self) -> State:
        """Whether certificate and money were handed over, and are to be exchanged or recovered, or were recovered."""
        return HANDOVER_STATES[self._handover_state_in_force() if self.counts else self._handover_state_ended()]

    def _handover_state_in_force(self) -> str:
        if self.has_certificate_to_recover:
            return "to_exchange"
        if self.is_to_hand_again:
            return "to_hand_again"
        return "handed" if self.handovers_in_force else "not_recorded"

    def _handover_state_ended(self) -> str:
        if self.is_to_recover:
            return "to_recover" if self._was_handed else "to_check"
        if self.was_never_handed:
            return "never_handed"
        if not self._was_handed:
            return "not_recorded"
        return "recovered" if self.recoveries_in_force else "nothing_to_recover"

    @property
    def recovery_words(self) -> str:
        """What is still to be recovered or exchanged, or that it was; "" when there never was anything."""
        return self._exchange_words() if self.counts else self._words_of_ended()

    def _exchange_words(self) -> str:
        old = ["thu bản cũ"] if self.has_certificate_to_recover else []
        new = ["trao bản mới"] if self.is_to_hand_again else []
        if parts := old + new:
            return f"Còn phải đổi giấy khen, bằng: {', '.join(parts)}"
        return "Đã đổi giấy khen, bằng" if any(row.certificate for row in self.recoveries_in_force) else ""

    def _words_of_ended(self) -> str:
        if self.was_never_handed and not self.is_to_recover:
            return "Chưa trao, không có gì phải thu hồi"
        if not (self.certificate_id or self.money_to_recover):
            return ""
        what = self._what_is_left()
        if not what:
            return "Đã thu hồi đủ"
        if not self.is_to_recover:
            return f"Sổ vàng chưa ghi đã trao; nếu đã trao thì thu lại {what}"
        return f"Còn phải thu hồi {what}{'' if self._was_handed else ' (Sổ vàng chưa ghi đã trao)'}"

    def _what_is_left(self) -> str:
        certificate = ["giấy khen, bằng"] if self.has_certificate_to_recover else []
        money = [format_dong(self.money_left_to_recover)] if self.money_left_to_recover > 0 else []
        return " và ".join(certificate + money)

    # ── a task about it ──────────────────────────────────────────────────────────────────────────────
    def todo_parts(self) -> tuple[str, str]:
        """The line that names it in "Việc của tôi": who, and what is left."""
        return (
            self.current_name,
            f"{lower_first(self.in_short)}, {self.decision.document.dated}. {self.recovery_words}.",
        )

    @property
    def state_since(self) -> datetime:
        """Since when something is to be recovered or exchanged: the time of its last change."""
        if self.is_cancelled:
            return self.cancellation.created_at
        corrected = [] if self.is_replaced else [row.created_at for row in self.corrections.all()]
        decision = self.replaced_by.decision if self.is_replaced else self.decision
        return max([decision.document.created_at, *corrected])
