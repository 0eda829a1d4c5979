"""Awards: the lines of the golden register."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from commendations.models.award_recovery import AwardRecoveryMixin
from commendations.models.decision import Decision
from commendations.models.handover import Handover, prefetch_handovers
from commendations.models.joint_proposal import joined_case_ids
from commendations.models.nomination import Nomination, units_once
from commendations.rules.award_names import AwardName
from commendations.rules.wording import achievement_sentence
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField
from emulation.documents.codes import printed_code
from emulation.documents.models import IssuedDocument
from emulation.workflow.workflow import State
from villages.models import Nominee, Unit, exactly_one_nominee
from villages.rules.name_marks import MAX_MARK, marked_name

AWARD_STANDINGS = {
    "in_force": State("Đang có hiệu lực", "check-circle", "good"),
    "corrected": State("Đã đính chính", "pencil", "news"),
    "replaced": State("Đã được thay thế", "arrow-repeat", "neutral"),
    "cancelled": State("Đã hủy bỏ", "x-circle", "bad"),
}


class AwardQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for commune staff and the council; a unit head sees what people of their unit received, and whom the unit
        proposed together with another."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member):
            return rows
        visible = Q(unit_id__in=capacity.unit_ids)
        if joined := joined_case_ids(capacity):
            visible |= Q(nomination_id__in=joined)
        return rows.filter(visible)

    def counting(self) -> Self:
        """The awards that are in force: neither cancelled nor replaced by a new decision. Every figure is made from these."""
        return self.filter(cancellation=None, replaced_by=None)

    def with_standing(self) -> Self:
        """With the rows that `standing`, the words in force and the money are read from; a constant number of queries."""
        rows = self.select_related(
            "cancellation__amendment__document", "replaced_by__decision__document", "certificate"
        )
        return rows.prefetch_related(
            "corrections__amendment__document", "corrections__certificate", "supplements__answers__reversal"
        )

    def with_recovery(self) -> Self:
        """With the rows that `handover_state` and `recovery_words` are read from as well."""
        before = Handover.objects.in_force().filter(award__nomination=OuterRef("nomination"), award__lt=OuterRef("pk"))
        rows = self.with_standing().annotate(handed_before=Exists(before))
        return rows.prefetch_related(prefetch_handovers(), "recoveries__reversal")

    def for_lists(self) -> Self:
        """With the rows that a task about an award names."""
        return self.with_recovery().select_related("decision__document")


class Award(AwardRecoveryMixin, CommuneRow, Nominee):
    """One line of the Sổ vàng. Append-only (guarded): written once, in the transaction that issues the decision."""

    subject_key = "commendations.Award"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="awards")
    # The award of an earlier decision that this one replaces, word for word or with other words.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    decision_serial = models.PositiveSmallIntegerField("số sổ vàng")  # the place within the decision
    award_code = models.CharField(max_length=12)
    kind = models.CharField(max_length=2, choices=Nomination.KINDS)
    year = models.PositiveSmallIntegerField()
    awarded_on = models.DateField()
    # Frozen text: a later correction of the person or a new name of the award does not change it.
    award_name = CleanCharField(
        "danh hiệu, hình thức", max_length=160, default="Giấy khen của Chủ tịch Ủy ban nhân dân xã"
    )
    is_title = models.BooleanField("là danh hiệu", default=False)
    name = CleanCharField("tên người, tập thể được khen", max_length=200)
    # What distinguished them that day from others of the name in the unit; null: awards of before it was stored.
    name_mark = models.CharField(max_length=MAX_MARK, null=True, blank=True)
    name_key = models.CharField(max_length=400)
    name_fold = models.CharField(max_length=250)
    place = CleanCharField("chức vụ, đơn vị, địa chỉ", max_length=300)
    achievement = CleanCharField("thành tích", max_length=300)
    field_name = CleanCharField("lĩnh vực", max_length=120, blank=True)
    group = models.CharField("nhóm đối tượng", max_length=10, blank=True)
    sex = models.CharField(max_length=3, blank=True)
    # Money, whole đồng: coefficient x base salary of the day of the decision, then the rounding rule.
    coefficient = models.DecimalField("hệ số", max_digits=5, decimal_places=3)
    base_salary = models.PositiveIntegerField("mức lương cơ sở")
    raw_amount = models.DecimalField("tiền thưởng chưa làm tròn", max_digits=14, decimal_places=3)
    amount = models.PositiveIntegerField("tiền thưởng")
    rounding_rule = models.CharField(max_length=20)
    # What was paid for lower titles of the same year and is not paid twice; None for awards of before it was stored.
    deducted = models.PositiveIntegerField("đã chi cho danh hiệu thấp hơn cùng năm", null=True, blank=True)
    legal = models.JSONField(default=dict)  # versions and citations of the values used
    code = models.CharField("mã xác minh", max_length=40, unique=True)
    # None where the law has no certificate for the award (Lao động tiên tiến).
    certificate = models.OneToOneField(IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+")

    objects = AwardQuerySet.as_manager()

    # The amendment in preparation that is about it, set by `mark_open_amendments` for a page that shows it.
    open_amendment: Any = None

    class Meta:
        ordering = ["-awarded_on", "decision_id", "decision_serial"]
        constraints = [
            exactly_one_nominee("award_one_nominee"),
            models.UniqueConstraint(fields=["decision", "decision_serial"], name="award_serial_once"),
            models.UniqueConstraint(
                fields=["nomination"], condition=models.Q(replaces=None), name="award_of_nomination_once"
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "-awarded_on", "decision", "decision_serial"], name="award_register"),
            models.Index(fields=["commune", "unit", "-awarded_on"], name="award_by_unit"),
            models.Index(fields=["person", "-awarded_on"], name="award_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.current_name} - {self.in_short}, số sổ vàng {self.decision_serial:02d}"

    @property
    def units(self) -> list[Unit]:
        """The unit in whose name it is registered and counted, then those that proposed the nominee together with it."""
        return units_once([[self.unit], self.nomination.proposing_units[1:]])

    # ── what is in force ──────────────────────────────────────────────────────────────────────────
    @property
    def standing(self) -> State:
        """Whether it was cancelled, replaced or corrected after it was awarded."""
        if self.is_cancelled:
            return AWARD_STANDINGS["cancelled"]
        if self.is_replaced:
            return AWARD_STANDINGS["replaced"]
        return AWARD_STANDINGS["corrected" if self.corrections.all() else "in_force"]

    @property
    def is_as_awarded(self) -> bool:
        """Whether nothing happened to it since."""
        return self.standing is AWARD_STANDINGS["in_force"]

    @property
    def is_cancelled(self) -> bool:
        return hasattr(self, "cancellation")

    @property
    def is_replaced(self) -> bool:
        return hasattr(self, "replaced_by")

    @property
    def counts(self) -> bool:
        """Whether it is in force, as `AwardQuerySet.counting`."""
        return not (self.is_cancelled or self.is_replaced)

    @property
    def ended_by(self) -> IssuedDocument | None:
        """The paper that cancelled or replaced it, or None."""
        if self.is_cancelled:
            return self.cancellation.amendment.document if self.cancellation.amendment else None
        return self.replaced_by.decision.document if self.is_replaced else None

    def word(self, field: str) -> str:
        """The text of `name`, `place` or `achievement` in force: as corrected last, otherwise as awarded."""
        corrected = [row.new for row in self.corrections.all() if row.field == field]
        return corrected[-1] if corrected else str(getattr(self, field))

    @property
    def current_name(self) -> str:
        """The name in force for lists: with what distinguished them on the day of the decision."""
        return marked_name(self.word("name"), self.name_mark or "")

    @property
    def current_place(self) -> str:
        return self.word("place")

    @property
    def current_certificate(self) -> IssuedDocument | None:
        """The certificate that is valid: the one printed after the last correction, otherwise the first."""
        printed = [row.certificate for row in self.corrections.all() if row.certificate_id]
        return printed[-1] if printed else self.certificate

    @property
    def current_code(self) -> str:
        """The verification code of the valid certificate, or of the award where it has none."""
        certificate = self.current_certificate
        return certificate.code if certificate else self.code

    @property
    def code_on_paper(self) -> str:
        """The code as its paper prints it: K7QF-2MXA-9TRB-WZ4D-E1."""
        return printed_code(self.current_code)

    # ── money ─────────────────────────────────────────────────────────────────────────────────────
    @property
    def to_pay(self) -> int:
        """Đồng to pay by its own decision: the amount without what was paid for lower titles of the year."""
        return self.amount - (self.deducted or 0)

    @property
    def payable(self) -> int:
        """Đồng really to be paid, supplements included: what the register, its totals and reports count."""
        return self.to_pay + sum(row.amount for row in self.supplements.all() if not row.is_declined)

    @property
    def money_given(self) -> int:
        """Đồng that the recipient has once the award is handed over: of supplements only those recorded as paid."""
        return self.to_pay + sum(row.amount for row in self.supplements.all() if row.is_paid)

    # ── wording ───────────────────────────────────────────────────────────────────────────────────
    @property
    def frozen_name(self) -> AwardName:
        """The name of the award on the day of the decision."""
        return AwardName(self.award_code, self.award_name, self.is_title)

    @property
    def in_short(self) -> str:
        """ "Giấy khen"; "Danh hiệu Lao động tiên tiến năm 2026"."""
        words = self.frozen_name.in_short(self.year)
        return words[:1].upper() + words[1:]

    @property
    def unpaid(self) -> str:
        """Why no money is paid although the law has an amount: a higher title of the same year is paid instead. "" when paid."""
        return str(self.legal.get("unpaid", ""))

    @property
    def deed(self) -> str:
        """The achievement as printed on the certificate, corrections included."""
        return achievement_sentence(self.word("achievement"))

    def get_absolute_url(self) -> str:
        return reverse("commendations:award", args=[self.pk])
