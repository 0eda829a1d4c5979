"""Evidence that may block an award: discipline and open cases. Only the office and the chair read it; readings are logged.

The audit log shows that a restricted record was changed, never its content.
"""

from django.db import models

from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date
from villages.models.evidence import (
    RESTRICTED_READERS,
    YES_NO,
    Evidence,
    EvidenceCells,
    dates_in_order,
    unique_while_kept,
)
from villages.models.nominee import exactly_one_of
from villages.models.people import Person
from villages.models.units import Unit


class RestrictedEvidence(Evidence):
    """Base of restricted evidence."""

    readers = RESTRICTED_READERS
    heads_read = False
    restricted = True
    by_year = False

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Hồ sơ hạn chế của {self.subject}"


class Discipline(RestrictedEvidence):
    """A disciplinary measure; achievements count from the end of its period."""

    subject_key = "villages.Discipline"

    word = "discipline"
    slug = "ky-luat"
    title = "Kỷ luật"
    duplicate_message = "Đã ghi một quyết định cùng hình thức, cùng ngày bắt đầu."

    # By severity, the lightest first.
    KINDS = [
        ("khien_trach", "Khiển trách"),
        ("canh_cao", "Cảnh cáo"),
        ("ha_bac_luong", "Hạ bậc lương"),
        ("giang_chuc", "Giáng chức"),
        ("cach_chuc", "Cách chức"),
        ("buoc_thoi_viec", "Buộc thôi việc"),
    ]
    person = models.ForeignKey(Person, models.PROTECT, related_name="disciplines")
    kind = models.CharField("hình thức", max_length=14, choices=KINDS)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("hết hiệu lực ngày", null=True, blank=True)
    decision_no = CleanCharField("quyết định số", max_length=60, blank=True)
    # For the yearly evaluation. None: not known; the year only where it is not that of `starts_on`.
    duty_related = models.BooleanField("vì vi phạm liên quan đến nhiệm vụ", null=True, blank=True)
    counted_year = models.PositiveSmallIntegerField("đã tính vào xếp loại năm", null=True, blank=True)

    audit_private = frozenset({"kind", "starts_on", "ends_on", "decision_no", "duty_related", "counted_year", "reason"})

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            dates_in_order("discipline_days_in_order"),
            unique_while_kept("discipline_once", "person", "kind", "starts_on"),
        ]

    @property
    def headline(self) -> str:
        return self.get_kind_display()

    def cells(self) -> EvidenceCells:
        end = format_date(self.ends_on) if self.ends_on else "chưa ghi"
        return [
            ("Từ ngày", format_date(self.starts_on)),
            ("Hết hiệu lực", end),
            ("Quyết định", self.decision_no),
            ("Liên quan nhiệm vụ", YES_NO[self.duty_related]),
            ("Tính vào năm", str(self.counted_year or "")),
        ]


class PendingCase(RestrictedEvidence):
    """An open case against a person or a unit; while it is open, no award is considered (NĐ 152/2025, Điều 4)."""

    subject_key = "villages.Pending"

    word = "pending"
    slug = "dang-xem-xet"
    title = "Vụ việc đang xem xét"
    duplicate_message = "Đã ghi một vụ việc cùng loại, cùng ngày bắt đầu."
    subjects = ("person", "collective")

    KINDS = [
        ("discipline", "Đang xem xét kỷ luật"),
        ("investigation", "Đang bị điều tra"),
        ("inspection", "Đang thanh tra, kiểm tra có dấu hiệu vi phạm"),
        ("complaint", "Đang xác minh khiếu nại, tố cáo, phản ánh"),
    ]
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="pendings")
    collective = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="pendings")
    kind = models.CharField("vụ việc", max_length=14, choices=KINDS)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("kết thúc ngày", null=True, blank=True)
    note = CleanCharField("văn bản, ghi chú", max_length=300, blank=True)

    audit_private = frozenset({"kind", "starts_on", "ends_on", "note", "reason"})

    class Meta:
        db_table = "villages_pending"
        ordering = ["-starts_on", "pk"]
        constraints = [
            exactly_one_of("pending_one_subject", "person", "collective"),
            dates_in_order("pending_days_in_order"),
            unique_while_kept("pending_person_once", "person", "kind", "starts_on"),
            unique_while_kept("pending_unit_once", "collective", "kind", "starts_on"),
        ]

    @property
    def headline(self) -> str:
        return self.get_kind_display()

    def cells(self) -> EvidenceCells:
        end = format_date(self.ends_on) if self.ends_on else "chưa kết thúc"
        return [("Từ ngày", format_date(self.starts_on)), ("Kết thúc", end), ("Ghi chú", self.note)]
