"""What happens to awards after their decision was issued: corrected, replaced by a new decision, or cancelled."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from commendations.models.award import Award
from commendations.models.chair_submission import CommuneStaffQuerySet
from commendations.models.decision import Decision
from commendations.models.outgoing_paper import issued_has_document
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date, format_dong, lower_first
from emulation.core.text import fold
from emulation.documents.approval.models import ApprovalSubject
from emulation.documents.models import IssuedDocument


class AmendmentQuerySet(CommuneStaffQuerySet):
    def for_lists(self) -> Self:
        """With the names of the papers, without their texts, and in `to_recover` of how many awards something is to be recovered."""
        from commendations.models.recovery_filters import AWARDS_TO_RECOVER  # it is about these models

        waiting = AWARDS_TO_RECOVER.order_by().annotate(about=Value(1)).values("about").annotate(sum=Count("pk"))
        rows = self.annotate(to_recover=Coalesce(Subquery(waiting.values("sum")), 0))
        named = rows.select_related("document", "decision__document")
        texts = ("document__html", "document__blocks")
        return named.defer(*texts, *(f"decision__{text}" for text in texts))


class Amendment(ApprovalSubject):
    """A paper about awards of one issued decision. Nothing changes before it is issued.

    A correction (công văn đính chính) changes words, a replacement (quyết định thay thế) grants the awards again, a
    cancellation (quyết định hủy bỏ) ends them.
    """

    subject_key = "commendations.Amendment"

    CORRECTION = "correction"
    REPLACEMENT = "replacement"
    CANCELLATION = "cancellation"
    KINDS = [
        (CORRECTION, "Công văn đính chính"),
        (REPLACEMENT, "Quyết định thay thế"),
        (CANCELLATION, "Quyết định hủy bỏ"),
    ]
    TYPE_NAMES: ClassVar[dict[str, str]] = {
        CORRECTION: "Công văn",
        REPLACEMENT: "Quyết định thay thế",
        CANCELLATION: "Quyết định",
    }
    """The paper before its subject, which says what it does; that of a replacement is the subject of any decision."""
    DROPPED = "dropped"
    ISSUED = "issued"
    EDITABLE = (
        *("lines", "expected_on", "subject", "cancellation_case", "explanation"),
        *("grounds", "recipients", "signer", "deputy"),
    )
    WORDS: ClassVar[dict[str, str]] = {
        "name": "họ tên, tên hộ, tập thể",
        "recipient": "dòng tên trên giấy khen, có cách xưng hô",
        "place": "chức vụ, đơn vị, địa chỉ",
        "achievement": "thành tích",
    }
    """The words of an award that a correction or a replacement may change."""

    kind = models.CharField("loại", max_length=12, choices=KINDS)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="amendments", verbose_name="quyết định")
    # The awards, in the order of the register: [{"award": 12, "name": …, "recipient": …, "place": …, "achievement": …}]; a
    # word that stays is equal to the one in force, and a cancellation has no words.
    lines = models.JSONField("khen thưởng được nêu", default=list, blank=True)
    # Determines the căn cứ, the superior and the money of the draft, as of a decision.
    expected_on = models.DateField("ngày dự kiến ban hành", default=timezone.localdate)
    subject = CleanCharField("trích yếu", max_length=300, blank=True)
    # The code of a case in which the law cancels an award ("award.cancellation"); "" for the other kinds.
    cancellation_case = models.CharField("trường hợp hủy bỏ theo luật", max_length=20, blank=True)
    explanation = CleanTextModelField("lý do ghi trên văn bản", blank=True)
    grounds = CleanTextModelField("căn cứ, mỗi dòng một căn cứ", blank=True)
    recipients = CleanTextModelField("nơi nhận, mỗi dòng một nơi", blank=True)

    # Of an issued cancellation, what can no longer be found afterwards: {"initiatives": [names], "resting": [ids of nominations]}.
    fallen = models.JSONField("hệ quả khi ban hành", default=dict, blank=True)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "đính chính, thay thế, hủy bỏ"
        constraints = [issued_has_document("amendment")]

    def __str__(self) -> str:
        """ "Quyết định về việc hủy bỏ …": the verb is in the subject, so it is not in the name of the kind."""
        if not self.subject:
            return f"{self.get_kind_display()} {lower_first(str(self.decision))}"
        return f"{self.TYPE_NAMES[self.kind]} {lower_first(self.subject)}"

    def get_absolute_url(self) -> str:
        return reverse("commendations:amendment", args=[self.pk])

    def todo_parts(self) -> tuple[str, str]:
        """Of an issued one, for rows of `for_lists`: the decision, and how many recipients still have something."""
        if not self.is_issued:
            return super().todo_parts()
        assert self.decision.document is not None and self.document is not None
        cases = getattr(self, "to_recover", 0)
        return self.decision.document.dated, f"{cases} trường hợp còn phải thu hồi, theo {self.document.dated}."

    @property
    def award_ids(self) -> list[int]:
        """The awards that it is about, in the order of the register."""
        return [line["award"] for line in self.lines]

    @property
    def is_issued(self) -> bool:
        return self.state == self.ISSUED

    @property
    def is_dropped(self) -> bool:
        return self.state == self.DROPPED

    @property
    def is_replacement(self) -> bool:
        return self.kind == self.REPLACEMENT

    @property
    def is_cancellation(self) -> bool:
        return self.kind == self.CANCELLATION

    def money_of(self, awards: list[Award]) -> int:
        """The đồng to be recovered of the awards by a cancellation; of the other kinds, what stays due."""
        return sum(award.money_given if self.is_cancellation else award.payable for award in awards)


class AwardCorrection(CommuneRow):
    """One word of an award that an issued paper corrected. Append-only (guarded); the latest row of a field is in force."""

    subject_key = "commendations.AwardCorrection"

    award = models.ForeignKey(Award, models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=12)  # one of Amendment.WORDS
    old = CleanCharField("đã ghi", max_length=300, blank=True)
    new = CleanCharField("sửa thành", max_length=300, blank=True)
    new_fold = models.CharField(max_length=600, editable=False, blank=True)
    amendment = models.ForeignKey(Amendment, models.PROTECT, related_name="corrections")
    # The certificate printed again; None where the award has none.
    certificate = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "field", "amendment"], name="correction_once"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.new_fold = fold(self.new)[:600]
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The corrected field in words."""
        return Amendment.WORDS[self.field]


class AwardCancellation(CommuneRow):
    """The end of an award by an issued decision. Append-only (guarded), at most one for an award."""

    subject_key = "commendations.AwardCancellation"

    award = models.OneToOneField(Award, models.PROTECT, related_name="cancellation")
    # None for a decision that was cancelled before amendments existed.
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="cancellations")
    cancelled_on = models.DateField("ngày quyết định hủy bỏ")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]


class AwardRecovery(CommuneRow):
    """What came back of an award that was cancelled, replaced or corrected: the certificate, money, or both.

    `not_handed`: nothing had been handed over, so that nothing has to come back. Append-only (guarded); what was recorded by
    mistake has a reversal (`AwardRecoveryReversal`) and no longer counts.
    """

    subject_key = "commendations.AwardRecovery"

    award = models.ForeignKey(Award, models.PROTECT, related_name="recoveries")
    certificate = models.BooleanField("đã thu hồi giấy khen, bằng", default=False)
    amount = models.PositiveIntegerField("số tiền đã thu hồi (đồng)", default=0)
    not_handed = models.BooleanField("chưa trao, không có gì phải thu hồi", default=False)
    recovered_on = models.DateField("ngày thu hồi")
    note = CleanCharField("ghi chú", max_length=200, blank=True)
    recorded_by = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = CommuneStaffQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(certificate=True) | models.Q(amount__gt=0) | models.Q(not_handed=True),
                name="recovery_of_something",
            )
        ]

    def __str__(self) -> str:
        return f"{self.award.current_name}, thu hồi ngày {format_date(self.recovered_on)}: {self.what}"

    def get_absolute_url(self) -> str:
        return self.award.get_absolute_url()

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversal")

    @property
    def what(self) -> str:
        """ "giấy khen, bằng và 760.000 đồng"."""
        if self.not_handed:
            return "chưa trao, không có gì phải thu hồi"
        money = [format_dong(self.amount)] if self.amount else []
        return " và ".join([*(["giấy khen, bằng"] if self.certificate else []), *money])
