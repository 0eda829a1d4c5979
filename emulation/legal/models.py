"""The statutes as rows, so that a decision can point at the very version of the value that it used."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models

from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.words import vn_date
from emulation.legal.law import Citation, Value


class Instrument(models.Model):
    """A law, decree, circular or local rule, as the statutes of this release describe it."""

    code = CleanCharField("mã", max_length=40, unique=True)
    number = CleanCharField("số, ký hiệu", max_length=60, blank=True)
    name = CleanCharField("tên văn bản", max_length=300)
    signed_on = models.DateField("ngày ban hành", null=True, blank=True)
    starts_on = models.DateField("có hiệu lực từ", null=True, blank=True)
    ends_on = models.DateField("hiệu lực đến hết", null=True, blank=True)
    replaced_by = CleanCharField("thay thế bởi", max_length=40, blank=True)
    amends = CleanCharField("sửa đổi, bổ sung", max_length=40, blank=True)
    local = models.BooleanField("của địa phương", default=False)
    source = CleanTextModelField("nguồn", blank=True)
    confirmed = models.BooleanField("đã xác nhận", default=False)

    class Meta:
        verbose_name = "văn bản pháp luật"
        ordering: ClassVar = ["starts_on", "code"]

    def __str__(self) -> str:
        return f"{self.name} số {self.number}" if self.number else self.name


class LegalValue(models.Model):
    """One version of one value. Append-only: a mended value is a new row, what was decided keeps the old one."""

    code = models.CharField("mã", max_length=40)
    subject = models.CharField("đối tượng", max_length=20, blank=True)
    kind = models.CharField("loại", max_length=20, blank=True)
    start = models.DateField("từ ngày")
    end = models.DateField("đến hết ngày", null=True, blank=True)
    value = models.JSONField("giá trị")
    citation = models.TextField("điều khoản")
    places = models.JSONField("điều khoản theo phần")
    source = models.TextField("nguồn")
    note = models.TextField("ghi chú", blank=True)
    confirmed = models.BooleanField("đã xác nhận")
    needs_review = models.BooleanField("cần rà soát")
    version = models.CharField("dấu phiên bản", max_length=64, unique=True)
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    class Meta:
        verbose_name = "giá trị pháp lý"
        indexes: ClassVar = [models.Index(fields=["code", "subject", "kind", "start"], name="legal_value_key")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gte=models.F("start")), name="legal_value_span"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject} {self.kind} {self.start}"

    @classmethod
    def of(cls, value: Value) -> "LegalValue":
        """An unsaved row that says what the value says."""
        cited = value.citation
        places = {name: getattr(cited, name) for name in ("instrument", "name", "number", "article", "clause", "point")}
        return cls(
            code=value.code,
            subject=value.subject,
            kind=value.kind,
            start=value.start,
            end=value.end,
            value=value.content,
            citation=cited.text,
            places=places,
            source=value.source,
            note=value.note,
            confirmed=value.confirmed,
            needs_review=value.needs_review,
            version=value.version,
        )

    def as_value(self) -> Value:
        """The row as the rules take it."""
        places: dict[str, Any] = self.places
        return Value(
            self.code,
            self.subject,
            self.kind,
            self.start,
            self.end,
            self.value,
            Citation(**places),
            self.source,
            self.note,
            self.confirmed,
            self.needs_review,
            self.version,
        )


class LegalSync(models.Model):
    """Which versions hold since this moment: the last row is the law of the house. Append-only."""

    token = models.CharField("dấu riêng", max_length=32, unique=True)
    digest = models.CharField("dấu nội dung", max_length=64)
    versions = models.JSONField("các phiên bản")
    synced_at = models.DateTimeField("đồng bộ lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần đồng bộ quy định"


class CalendarDayQuerySet(CommuneQuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: object) -> Self:
        """Whoever serves in the commune may see when it works."""
        return self.of(user)


class CalendarDay(CommuneRow):
    """What the office said about a day: the latest row of a day stands over the statutes. Rows are only added."""

    OFF, WORK, ORDINARY = "off", "work", "ordinary"
    KINDS: ClassVar = [
        (OFF, "Ngày nghỉ"),
        (WORK, "Thứ bảy, chủ nhật làm bù"),
        (ORDINARY, "Như ngày thường trong tuần"),
    ]

    day = models.DateField("ngày")
    kind = models.CharField("là", max_length=10, choices=KINDS)
    name = CleanCharField("tên", max_length=120, blank=True)
    reason = CleanCharField("căn cứ", max_length=300)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="người ghi")
    created_at = models.DateTimeField("ghi lúc", auto_now_add=True)

    objects = CalendarDayQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "ngày trong lịch làm việc"
        indexes: ClassVar = [models.Index(fields=["commune", "-id"], name="calendar_day_newest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="ordinary") | ~models.Q(name=""), name="calendar_day_is_named"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="calendar_day_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{vn_date(self.day)}: {self.name or self.get_kind_display()}"
