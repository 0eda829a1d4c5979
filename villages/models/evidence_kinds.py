"""The kinds of evidence: evaluations, initiatives, leave, counts of a unit, past awards.

Restricted kinds are in restricted_evidence.py.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date
from emulation.core.text import fold
from villages.models.evidence import (
    RESTRICTED_READERS,
    YES_NO,
    Evidence,
    EvidenceCells,
    dates_in_order,
    number_and_date,
    unique_while_kept,
    year_in_range,
)
from villages.models.nominee import exactly_one_of
from villages.models.people import Household, Person
from villages.models.units import Unit
from villages.rules.evidence import known_award_name

# Fields of UnitYear that count some of the people of a unit.
UNIT_YEAR_PARTS = ("ldtt", "women", "disciplined", "cstdcs", "completed")


class Evaluation(Evidence):
    """The yearly evaluation of a person or a unit."""

    subject_key = "villages.Evaluation"

    word = "evaluation"
    slug = "danh-gia"
    title = "Đánh giá, xếp loại năm"
    duplicate_message = "Năm này đã có kết quả đánh giá. Hãy sửa dòng đã ghi."
    subjects = ("person", "collective")

    EXCELLENT = "excellent"
    GOOD = "good"
    DONE = "done"
    FAILED = "failed"
    LEVELS = [
        (EXCELLENT, "Hoàn thành xuất sắc nhiệm vụ"),
        (GOOD, "Hoàn thành tốt nhiệm vụ"),
        (DONE, "Hoàn thành nhiệm vụ"),
        (FAILED, "Không hoàn thành nhiệm vụ"),
    ]
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="evaluations")
    collective = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="evaluations")
    year = models.PositiveSmallIntegerField("năm")
    level = models.CharField("kết quả", max_length=10, choices=LEVELS)
    source = CleanCharField("văn bản ghi kết quả", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            exactly_one_of("evaluation_one_subject", "person", "collective"),
            year_in_range("evaluation_year"),
            unique_while_kept("evaluation_person_year", "person", "year"),
            unique_while_kept("evaluation_unit_year", "collective", "year"),
        ]
        indexes = [models.Index(fields=["commune", "year"], name="evaluation_by_year")]

    @property
    def headline(self) -> str:
        return f"Năm {self.year}"

    def cells(self) -> EvidenceCells:
        return [("Kết quả", self.get_level_display()), ("Văn bản", self.source)]


class Initiative(Evidence):
    """A recognised sáng kiến or đề tài; it can be used once, for one award of one year (`use_initiative`)."""

    subject_key = "villages.Initiative"

    word = "initiative"
    slug = "sang-kien"
    title = "Sáng kiến, đề tài được công nhận"
    duplicate_message = "Người này đã có sáng kiến, đề tài cùng tên."

    UNIT = "unit"
    PROVINCE = "province"
    NATION = "nation"
    SCOPES = [(UNIT, "Cơ sở"), (PROVINCE, "Tỉnh"), (NATION, "Toàn quốc")]
    person = models.ForeignKey(Person, models.PROTECT, related_name="initiatives")
    year = models.PositiveSmallIntegerField("năm được công nhận")
    name = CleanCharField("tên sáng kiến, đề tài", max_length=300)
    name_fold = models.CharField(max_length=600, editable=False)
    scope = models.CharField("phạm vi ảnh hưởng", max_length=10, choices=SCOPES, default=UNIT)
    certificate_no = CleanCharField("số giấy chứng nhận, quyết định", max_length=60, blank=True)
    certificate_on = models.DateField("ngày giấy chứng nhận, quyết định", null=True, blank=True)
    used_award_code = models.SlugField("đã dùng để xét", max_length=12, blank=True)
    used_year = models.PositiveSmallIntegerField("của năm", null=True, blank=True)
    used_about = CleanCharField("trong hồ sơ", max_length=200, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            year_in_range("initiative_year"),
            unique_while_kept("initiative_once_a_person", "person", "name_fold"),
            models.CheckConstraint(
                condition=Q(used_award_code="", used_year=None) | (~Q(used_award_code="") & Q(used_year__isnull=False)),
                name="initiative_used_whole",
            ),
        ]

    def put(self, **facts: Any) -> None:
        """Sets the facts of the entry, and the folded name that detects duplicates."""
        super().put(**facts)
        self.name_fold = fold(self.name)[:600]

    @property
    def used(self) -> str:
        """The award and year that it was used for, or ""."""
        return f"{known_award_name(self.used_award_code)} năm {self.used_year}" if self.used_award_code else ""

    @property
    def headline(self) -> str:
        return f"Năm {self.year}: {self.name}"

    def cells(self) -> EvidenceCells:
        paper = number_and_date(self.certificate_no, self.certificate_on)
        return [("Phạm vi", self.get_scope_display()), ("Công nhận", paper), ("Đã dùng để xét", self.used)]


class Leave(Evidence):
    """Leave: maternity leave counts as time served, study depends on its result. Health data, so readers are limited."""

    subject_key = "villages.Leave"

    word = "leave"
    slug = "nghi-dai-ngay"
    title = "Nghỉ dài ngày, đi học"
    duplicate_message = "Đã ghi một đợt cùng loại, cùng ngày bắt đầu."
    readers = RESTRICTED_READERS
    heads_read = False
    by_year = False

    MATERNITY = "maternity"
    STUDY = "study"
    SICK = "sick"
    UNPAID = "unpaid"
    KINDS = [
        (MATERNITY, "Nghỉ thai sản"),
        (STUDY, "Đào tạo, bồi dưỡng"),
        (SICK, "Nghỉ ốm"),
        (UNPAID, "Nghỉ không hưởng lương"),
    ]
    RESULTS = [("excellent", "Giỏi, xuất sắc"), ("good", "Khá"), ("average", "Trung bình")]
    person = models.ForeignKey(Person, models.PROTECT, related_name="leaves")
    kind = models.CharField("loại", max_length=10, choices=KINDS)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    result = models.CharField("kết quả học tập", max_length=10, choices=RESULTS, blank=True)

    audit_private = frozenset({"kind", "starts_on", "ends_on", "result", "reason"})

    class Meta:
        ordering = ["-starts_on", "pk"]
        constraints = [
            dates_in_order("leave_days_in_order"),
            unique_while_kept("leave_once", "person", "kind", "starts_on"),
            models.CheckConstraint(condition=Q(result="") | Q(kind="study"), name="leave_result_of_study"),
        ]

    @property
    def headline(self) -> str:
        return self.get_kind_display()

    def cells(self) -> EvidenceCells:
        end = format_date(self.ends_on) if self.ends_on else "chưa trở lại"
        return [("Từ ngày", format_date(self.starts_on)), ("Đến ngày", end), ("Kết quả", self.get_result_display())]


class UnitYear(Evidence):
    """Numbers of people of a unit in a year. None: not known."""

    subject_key = "villages.UnitYear"

    word = "unit_year"
    slug = "so-lieu-nam"
    title = "Số liệu năm của tập thể"
    duplicate_message = "Năm này đã có số liệu. Hãy sửa dòng đã ghi."
    subjects = ("collective",)
    collective = models.ForeignKey(Unit, models.PROTECT, related_name="unit_years")
    year = models.PositiveSmallIntegerField("năm")
    total = models.PositiveSmallIntegerField("tổng số người", null=True, blank=True)
    ldtt = models.PositiveSmallIntegerField("đạt Lao động tiên tiến", null=True, blank=True)
    women = models.PositiveSmallIntegerField("nữ", null=True, blank=True)
    disciplined = models.PositiveSmallIntegerField("bị kỷ luật từ cảnh cáo trở lên", null=True, blank=True)
    cstdcs = models.PositiveSmallIntegerField("đạt Chiến sĩ thi đua cơ sở", null=True, blank=True)
    completed = models.PositiveSmallIntegerField("hoàn thành nhiệm vụ", null=True, blank=True)
    own_rules = models.BooleanField("có quy chế đánh giá viên chức riêng", null=True, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            year_in_range("unit_year_year"),
            unique_while_kept("unit_year_once", "collective", "year"),
            models.CheckConstraint(
                condition=Q(total=None)
                | Q(*(Q(**{part: None}) | Q(**{f"{part}__lte": F("total")}) for part in UNIT_YEAR_PARTS)),
                name="unit_year_parts_fit",
            ),
        ]

    @property
    def headline(self) -> str:
        return f"Năm {self.year}"

    def cells(self) -> EvidenceCells:
        return [
            ("Tổng số", _count_text(self.total)),
            ("Đạt LĐTT", _count_text(self.ldtt)),
            ("Nữ", _count_text(self.women)),
            ("Đạt CSTĐCS", _count_text(self.cstdcs)),
            ("Hoàn thành nhiệm vụ", _count_text(self.completed)),
            ("Quy chế đánh giá riêng", YES_NO[self.own_rules]),
        ]

    def cells_for_office(self) -> EvidenceCells:
        return [("Bị kỷ luật", _count_text(self.disciplined))]


class PastAward(Evidence):
    """An award from before this system, or from another authority."""

    subject_key = "villages.PastAward"

    word = "past_award"
    slug = "da-khen-thuong"
    title = "Khen thưởng đã có (trước đây, nơi khác)"
    duplicate_message = "Khen thưởng này đã được ghi: cùng danh hiệu, năm, loại hình và số quyết định."
    subjects = ("person", "household", "collective")

    KINDS = [
        ("CT", "Công trạng"),
        ("DX", "Đột xuất"),
        ("PT", "Phong trào thi đua, chuyên đề"),
        ("CH", "Quá trình cống hiến"),
    ]
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="past_awards")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="past_awards")
    collective = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="past_awards")
    award_code = models.SlugField("danh hiệu, hình thức", max_length=12)
    year = models.PositiveSmallIntegerField("năm")
    kind = models.CharField("loại hình khen thưởng", max_length=2, choices=KINDS, default="CT")
    decision_no = CleanCharField("số quyết định", max_length=60, blank=True)
    decided_on = models.DateField("ngày quyết định", null=True, blank=True)
    issuer = CleanCharField("cơ quan quyết định", max_length=160, blank=True)
    note = CleanCharField("ghi chú", max_length=300, blank=True)

    class Meta:
        ordering = ["-year", "pk"]
        constraints = [
            exactly_one_of("past_award_one_subject", "person", "household", "collective"),
            year_in_range("past_award_year"),
            *(
                unique_while_kept(f"past_award_{subject}", subject, "award_code", "year", "kind", "decision_no")
                for subject in ("person", "household", "collective")
            ),
        ]

    @property
    def award_title(self) -> str:
        """The name of the award."""
        return known_award_name(self.award_code)

    @property
    def headline(self) -> str:
        return f"Năm {self.year}: {self.award_title}"

    @property
    def decision(self) -> str:
        """Number, day and issuer of the decision, without the parts that are not known."""
        return f"{number_and_date(self.decision_no, self.decided_on)}, {self.issuer}".strip(", ")

    def cells(self) -> EvidenceCells:
        return [
            ("Loại hình", self.get_kind_display()),
            ("Quyết định", self.decision),
            ("Ghi chú", self.note),
        ]


def _count_text(number: int | None) -> str:
    return "" if number is None else str(number)
