"""The statutes as rows (values by version), a commune's local values, days of its working calendar."""

from dataclasses import asdict
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import Commune, CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date
from emulation.legal.engine.law import Citation, DatedValue
from emulation.legal.engine.local_rulings import LocalRuling
from emulation.legal.engine.value_text import question_label
from emulation.workflow.models import WorkflowSubject


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
    """One version of one value. Append-only: a corrected value is a new row, earlier decisions still refer to the old one.

    A row with a commune is a local value of that commune, created when its chair approved it (`LocalValue`).
    """

    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="xã")
    ruling = models.ForeignKey(
        "LocalValue",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="values",
        verbose_name="quy định của địa phương",
    )
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
            models.CheckConstraint(
                condition=Q(commune=None, ruling=None) | Q(commune__isnull=False, ruling__isnull=False),
                name="legal_value_local",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject} {self.kind} {self.start}"

    @property
    def local(self) -> bool:
        """Whether it is a local value."""
        return self.commune_id is not None

    @classmethod
    def of(cls, value: DatedValue, ruling: "LocalValue | None" = None) -> "LegalValue":
        """An unsaved row with this value, for all communes or, with `ruling`, for its commune."""
        return cls(
            commune_id=ruling.commune_id if ruling else None,
            ruling=ruling,
            code=value.code,
            subject=value.subject,
            kind=value.kind,
            start=value.start,
            end=value.end,
            value=value.content,
            citation=value.citation.text,
            places=asdict(value.citation),
            source=value.source,
            note=value.note,
            confirmed=value.confirmed,
            needs_review=value.needs_review,
            version=value.version,
        )

    def as_value(self) -> DatedValue:
        """The row as input of the rules."""
        places: dict[str, Any] = self.places
        return DatedValue(
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
            self.local,
        )


class LegalSync(models.Model):
    """The set of versions in force from one sync on; the last row is the current one. Append-only."""

    token = models.CharField("dấu riêng", max_length=32, unique=True)
    digest = models.CharField("dấu nội dung", max_length=64)
    versions = models.JSONField("các phiên bản")
    synced_at = models.DateTimeField("đồng bộ lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần đồng bộ quy định"


class LocalValueQuerySet(CommuneQuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; approved rows for all other users of the commune."""
        rows = self.of(user)
        return rows if capacity_of(user).has(*COMMUNE_STAFF_ROLES) else rows.filter(state__in=LocalValue.DECIDED)

    def decided_in(self, commune_id: int | None) -> Self:
        """Rows that the commune's chair approved, by first day; a later row overrides an earlier one."""
        rows = self.filter(commune_id=commune_id, state__in=LocalValue.DECIDED)
        return rows.prefetch_related("values").order_by("starts_on", "decided_at", "pk")


class LocalValue(WorkflowSubject):
    """A decision of the commune about one legal question from a day on, with its supporting paper. It confirms the general
    value, overrides it, or returns to it. The office proposes, the chair approves; after that only the state changes.

    `scopes` are the pairs (subject, kind) to which it applies; `contents` the content for each pair, in the same order.
    On approval each pair becomes a `LegalValue`.
    """

    subject_key = "legal.LocalValue"

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    ENDED = "ended"
    CANCELLED = "cancelled"
    DECIDED = (APPROVED, ENDED)
    CONFIRM = "confirm"
    OVERRIDE = "override"
    WITHDRAW = "withdraw"
    MODES: ClassVar = [
        (CONFIRM, "Xác nhận quy định chung"),
        (OVERRIDE, "Quy định khác với quy định chung"),
        (WITHDRAW, "Bỏ quy định của địa phương, trở lại quy định chung"),
    ]

    code = models.CharField("mã", max_length=40)
    scopes = models.JSONField("đối tượng, loại")
    mode = models.CharField("cách áp dụng", max_length=10, choices=MODES)
    starts_on = models.DateField("áp dụng từ ngày")
    ends_on = models.DateField("đến hết ngày", null=True, blank=True)
    contents = models.JSONField("nội dung", default=list, blank=True)
    paper_name = CleanCharField("loại văn bản", max_length=80, blank=True)
    paper_number = CleanCharField("số, ký hiệu", max_length=60, blank=True)
    paper_date = models.DateField("ngày văn bản", null=True, blank=True)
    paper_issuer = CleanCharField("cơ quan ban hành", max_length=160, blank=True)
    article = CleanCharField("điều", max_length=40, blank=True)
    clause = CleanCharField("khoản", max_length=20, blank=True)
    point = CleanCharField("điểm", max_length=20, blank=True)
    reason = CleanTextModelField("lý do")
    file_sha256 = models.CharField("dấu tệp", max_length=64, blank=True)
    file_ending = models.CharField("loại tệp", max_length=4, blank=True)
    file_size = models.PositiveIntegerField("cỡ tệp", default=0)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)
    refused_reason = CleanTextModelField("lý do không duyệt", blank=True)

    objects = LocalValueQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "quy định của địa phương"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="local_value_span"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "approved", "ended"])
                | Q(proposed_by__isnull=False)
                & (Q(mode="withdraw") | Q(paper_date__isnull=False) & ~Q(file_sha256="")),
                name="local_value_has_paper",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "ended"]) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="local_value_decided",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["commune", "state", "decided_at"], name="local_value_ruled")]

    def __str__(self) -> str:
        return f"{self.label} từ {format_date(self.starts_on)}"

    def get_absolute_url(self) -> str:
        return reverse("legal:local", args=[self.pk])

    @property
    def withdraws(self) -> bool:
        """Whether it takes an earlier local rule back."""
        return self.mode == self.WITHDRAW

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The pairs (subject, kind) to which it applies."""
        return [(subject, kind) for subject, kind in self.scopes]

    @property
    def label(self) -> str:
        """The question and its scope: "Hệ số tiền thưởng … (cá nhân, hộ gia đình)"."""
        return question_label(self.code, self.pairs)

    @property
    def citation(self) -> Citation:
        """The supporting paper: "Điều 5 Quyết định số 12/2026/QĐ-UBND ngày … của …"; may be empty for a withdrawal."""
        return Citation(
            instrument="",
            name=self.paper_name,
            number=self.paper_number,
            article=self.article,
            clause=self.clause,
            point=self.point,
            tail=f"ngày {format_date(self.paper_date)} của {self.paper_issuer}" if self.paper_date else "",
        )

    def rulings(self) -> list[LocalRuling]:
        """The approved row as input of the rules: one ruling for each pair."""
        values = {(row.subject, row.kind): row.as_value() for row in self.values.all()}
        return [
            LocalRuling(self.code, *pair, self.starts_on, values.get(pair), self.mode == self.CONFIRM)
            for pair in self.pairs
        ]


class CalendarDayQuerySet(CommuneQuerySet):  # type: ignore[type-arg]
    def visible_to(self, user: object) -> Self:
        """All rows of the commune: every user of the commune may see its working days."""
        return self.of(user)


class CalendarDay(CommuneRow):
    """A day as the office recorded it: the latest row of a day overrides the statutes. Append-only."""

    subject_key = "legal.CalendarDay"

    OFF = "off"
    WORK = "work"
    ORDINARY = "ordinary"
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
        return f"{format_date(self.day)}: {self.name or self.get_kind_display()}"
