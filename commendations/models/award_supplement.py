"""Money of a title that is due later, because what it was reduced by was cancelled."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from commendations.models.amendment import Amendment
from commendations.models.award import Award
from commendations.models.chair_submission import CommuneStaffQuerySet
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date, format_dong, lower_first
from emulation.workflow.models import TodoSubject


class AwardSupplementQuerySet(CommuneStaffQuerySet):
    def paid(self) -> Self:
        """Those recorded as paid."""
        return self.filter(Exists(answers_in_force().filter(paid=True)))

    def not_declined(self) -> Self:
        """Those paid or still to be paid."""
        return self.exclude(Exists(answers_in_force().filter(paid=False)))

    def for_lists(self) -> Self:
        """With the rows that a task about it names."""
        return self.select_related("award__decision__document").prefetch_related("award__corrections")


class AwardSupplement(TodoSubject, CommuneRow):
    """Đồng to pay for an award in force besides the amount of its decision. Append-only (guarded)."""

    subject_key = "commendations.AwardSupplement"

    award = models.ForeignKey(Award, models.PROTECT, related_name="supplements")
    # The cancellation because of which it is due.
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="supplements")
    amount = models.PositiveIntegerField("số tiền chi thêm (đồng)")
    reason = CleanCharField("vì sao chi thêm", max_length=300)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AwardSupplementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "amendment"], name="supplement_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="supplement_of_money"),
        ]

    def __str__(self) -> str:
        return f"{self.award.current_name}: chi thêm {format_dong(self.amount)}"

    def get_absolute_url(self) -> str:
        return self.award.get_absolute_url()

    @property
    def answer(self) -> "AwardSupplementAnswer | None":
        """What was done with it; None while nothing was, or when that was taken back."""
        return next((row for row in self.answers.all() if not row.is_reversed), None)

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    @property
    def is_paid(self) -> bool:
        return bool(self.answer and self.answer.paid)

    @property
    def is_declined(self) -> bool:
        return bool(self.answer and not self.answer.paid)

    # ── a task about it ──────────────────────────────────────────────────────────────────────────────
    def todo_parts(self) -> tuple[str, str]:
        """The line that names it in "Việc của tôi": who, and what is to be paid."""
        return (
            self.award.current_name,
            f"chi thêm {format_dong(self.amount)} cho {lower_first(self.award.in_short)}, {self.award.decision.document.dated}: "
            f"{self.reason}.",
        )

    @property
    def state_since(self) -> datetime:
        return self.created_at


class AwardSupplementAnswer(CommuneRow):
    """That a supplement was paid, to whom and when, or why it is not paid. Append-only (guarded).

    One recorded by mistake has a reversal (`SupplementAnswerReversal`) and no longer counts; only the next `edition` follows.
    """

    subject_key = "commendations.AwardSupplementAnswer"

    supplement = models.ForeignKey(AwardSupplement, models.PROTECT, related_name="answers")
    edition = models.PositiveSmallIntegerField("lần ghi", default=1)
    paid = models.BooleanField("đã chi")
    answered_on = models.DateField("ngày chi, ngày quyết định không chi")
    received_by = CleanCharField("người nhận", max_length=120, blank=True)
    note = CleanCharField("ghi chú, lý do không chi", max_length=200, blank=True)
    recorded_by = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["supplement", "edition"], name="supplement_answer_edition_once"),
            models.CheckConstraint(
                condition=(Q(paid=True) & ~Q(received_by="")) | (Q(paid=False) & ~Q(note="")),
                name="supplement_answer_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplement}, {'đã chi' if self.paid else 'không chi'} ngày {format_date(self.answered_on)}"

    def get_absolute_url(self) -> str:
        return self.supplement.get_absolute_url()

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversal")


def answers_in_force() -> QuerySet[AwardSupplementAnswer]:
    """The answer that was not taken back, in a subquery of supplements."""
    return AwardSupplementAnswer.objects.filter(supplement=OuterRef("pk"), reversal=None)
