"""Decisions (quyết định) that grant one award to the approved nominees of a chair submission."""

from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from commendations.models.chair_submission import CommuneStaffQuerySet
from commendations.models.outgoing_paper import OutgoingPaper, issued_has_document
from commendations.rules.award_names import DEFAULT_AWARD_CODE
from emulation.core.fields import CleanCharField, CleanTextModelField

PAYMENT_LIST_PREFIX = "commendations.money"
"""Of the keys of payment lists."""


class DecisionQuerySet(CommuneStaffQuerySet):
    def for_lists(self) -> Self:
        """With the names that a task shows, without the texts of papers, and in `to_hand_over` how many awards wait for it."""
        awards = apps.get_model("commendations.Award").objects.to_hand_over().filter(decision=OuterRef("pk"))
        waiting = awards.order_by().values("decision").annotate(sum=Count("pk")).values("sum")
        rows = self.annotate(to_hand_over=Coalesce(Subquery(waiting), 0))
        return rows.select_related("chair_submission__session", "document").defer("document__html", "document__blocks")


class Decision(OutgoingPaper):
    """The decision that grants one award (danh hiệu or giấy khen).

    One chair submission may lead to several decisions: one for each award that the commune itself decides.
    """

    subject_key = "commendations.Decision"

    ACTING = "Q. CHỦ TỊCH"
    SIGNER_TITLES = [
        (OutgoingPaper.CHAIR, "CHỦ TỊCH"),
        (OutgoingPaper.DEPUTY, "KT. CHỦ TỊCH - PHÓ CHỦ TỊCH"),
        (ACTING, "Q. CHỦ TỊCH"),
    ]
    BY_NAME = "name"
    BY_COUNCIL = "council"
    ORDERS = [
        (BY_NAME, "Theo tên, chia nhóm tập thể, hộ gia đình, cá nhân"),
        (BY_COUNCIL, "Theo thứ tự Hội đồng đã xét"),
    ]

    award_code = models.CharField("danh hiệu, hình thức", max_length=12, default=DEFAULT_AWARD_CODE)
    signer_title = CleanCharField("chức vụ người ký", max_length=80, choices=SIGNER_TITLES, default=OutgoingPaper.CHAIR)
    funding = CleanTextModelField("nguồn kinh phí", default="Quỹ thi đua, khen thưởng của xã.")
    list_order = models.CharField("thứ tự danh sách", max_length=8, choices=ORDERS, default=BY_NAME)
    carried_out_by = CleanTextModelField("Điều 3: ai thi hành")
    # The decision whose awards, all or some, this one grants again.
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replacements")

    objects = DecisionQuerySet.as_manager()

    class Meta(OutgoingPaper.Meta):
        verbose_name = "Quyết định"
        constraints = [
            models.UniqueConstraint(
                fields=["chair_submission", "award_code", "signer_title"],
                condition=models.Q(replaces=None) & ~models.Q(state="dropped"),
                name="decision_one_award",
            ),
            issued_has_document("decision"),
        ]

    def todo_parts(self) -> tuple[str, str]:
        """Of an issued one, for rows of `for_lists`: how many awards were not handed over yet."""
        if self.state != self.ISSUED:
            return super().todo_parts()
        waiting = getattr(self, "to_hand_over", 0)
        return str(self.document), f"{waiting} khen thưởng Sổ vàng chưa ghi đã trao."

    def get_absolute_url(self) -> str:
        return reverse("commendations:decision", args=[self.pk])
