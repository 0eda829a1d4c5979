"""Decisions (quyết định) that grant one award to the approved nominees of a chair submission."""

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from commendations.models.chair_submission import CommuneStaffQuerySet
from commendations.models.outgoing_paper import OutgoingPaper, issued_has_document
from commendations.rules.award_names import DEFAULT_AWARD_CODE
from emulation.audit.models import AuditEntry
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.documents.models import Draft

PRINT = "commendations.print_certificates"
PAYMENT_LIST_PREFIX = "commendations.money"
"""Of the keys of payment lists."""


class DecisionQuerySet(CommuneStaffQuerySet):
    def for_lists(self) -> Self:
        """With the names that a task shows, without the texts of papers, and what is still to be done for its awards."""
        from commendations.models.recovery_filters import NOTHING_HANDED, TO_HAND_AGAIN  # they are about these models

        awards = apps.get_model("commendations.Award").objects.filter(decision=OuterRef("pk")).order_by()
        new = awards.filter(NOTHING_HANDED)
        printed = AuditEntry.objects.filter(
            commune_id=OuterRef("commune_id"), subject_type=Decision.subject_key, subject_id=OuterRef("pk"), act=PRINT
        )
        key = Concat(Value(f"{PAYMENT_LIST_PREFIX}:"), Cast(OuterRef("pk"), models.CharField()))
        listed = Draft.objects.filter(commune_id=OuterRef("commune_id"), key=key)
        rows = self.annotate(
            to_hand_over=_number_of(new),
            to_hand_again=_number_of(awards.filter(TO_HAND_AGAIN)),
            is_to_print=Exists(new.filter(certificate__isnull=False)) & ~Exists(printed),
            is_to_list=Exists(new.filter(amount__gt=Coalesce("deducted", 0))) & ~Exists(listed),
        )
        return rows.select_related("chair_submission__session", "document").defer("document__html", "document__blocks")


def _number_of(awards: models.QuerySet[Any]) -> Coalesce:
    return Coalesce(Subquery(awards.values("decision").annotate(sum=Count("pk")).values("sum")), 0)


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
                fields=["chair_submission", "award_code", "signer_title", "by_deputy"],
                condition=models.Q(replaces=None) & ~models.Q(state="dropped"),
                name="decision_one_award",
            ),
            issued_has_document("decision"),
        ]

    def todo_parts(self) -> tuple[str, str]:
        """Of an issued one, for rows of `for_lists`: for how many recipients what is still to be done."""
        if self.state != self.ISSUED:
            return super().todo_parts()
        new, again = (getattr(self, name, 0) for name in ("to_hand_over", "to_hand_again"))
        parts = [
            f"{new} trường hợp chưa ghi đã trao" if new else "",
            f"{again} trường hợp phải trao giấy khen, bằng cấp lại, thu bản cũ" if again else "",
            "chưa in giấy khen, bằng" if getattr(self, "is_to_print", False) else "",
            "chưa lập danh sách chi tiền" if getattr(self, "is_to_list", False) else "",
        ]
        assert self.document is not None
        return self.document.dated, f"{'; '.join(filter(None, parts))}."

    def get_absolute_url(self) -> str:
        return reverse("commendations:decision", args=[self.pk])
