"""The quarterly report to the superior, the link of a user's calendar feed, workbooks of long lists."""

from copy import copy
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanTextModelField
from emulation.documents.approval.models import ApprovalQuerySet, ApprovalSubject
from emulation.legal import current
from reports.rules import quarters
from reports.rules.report_days import count_day


class PeriodReportQuerySet(ApprovalQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All reports for the staff of the commune; for the superior those that were sent.

        One that is being made again is among them: the superior reads its `as_sent`.
        """
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        sent = Q(state__in=PeriodReport.SENT) | ~Q(sent_edition={})
        return rows.filter(sent) if capacity.has(Role.superior) else rows.none()

    def standing(self) -> Self:
        """Reports that the superior has and did not return: what they say is what was reported."""
        return self.filter(state__in=PeriodReport.STANDING)

    def before(self, year: int, quarter: int) -> Self:
        """Reports of earlier quarters."""
        return self.filter(Q(year__lt=year) | Q(year=year, quarter__lt=quarter))


class PeriodReport(ApprovalSubject):
    """One report per commune and quarter.

    The figures of a draft are calculated each time they are shown. They are frozen when the report is submitted to the
    chair, so that the superior reads the same figures that the chair approved.
    """

    subject_key = "reports.PeriodReport"

    EDITABLE = ("assessment", "shortcomings", "plan", "signer", "deputy")
    SENT = ("sent", "acknowledged", "sent_back", ApprovalSubject.CANCELLED)
    """States of reports that reached the superior."""
    SENT_UNCONFIRMED = "sent"
    STANDING = (SENT_UNCONFIRMED, "acknowledged")
    KEPT = ("state", "edition", "assessment", "shortcomings", "plan", "figures", "return_notes")

    year = models.PositiveSmallIntegerField("năm")
    quarter = models.PositiveSmallIntegerField("quý")
    edition = models.PositiveSmallIntegerField("lần lập", default=1)
    assessment = CleanTextModelField("đánh giá chung", blank=True)
    shortcomings = CleanTextModelField("tồn tại, hạn chế và nguyên nhân", blank=True)
    plan = CleanTextModelField("phương hướng, nhiệm vụ quý sau", blank=True)
    figures = models.JSONField("số liệu đã chốt", null=True, blank=True)
    frozen_at = models.DateTimeField("chốt số liệu lúc", null=True, blank=True)
    issued_on = models.DateField("ngày gửi", null=True, blank=True, db_column="sent_on")
    # What the superior received, while and after the report is made again: state, texts, figures, days.
    sent_edition = models.JSONField("bản đã gửi, trước khi lập lại", default=dict, blank=True)
    first_sent_on = models.DateField("gửi lần đầu", null=True, blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")  # type: ignore[assignment]

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-quarter"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "year", "quarter"], name="report_once"),
            models.CheckConstraint(condition=Q(quarter__range=(1, 4)), name="report_quarter"),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "acknowledged", "sent_back"])
                | Q(document__isnull=False, issued_on__isnull=False, figures__isnull=False),
                name="report_sent_has_document",
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.pk])

    @property
    def title(self) -> str:
        """`quý IV năm 2026`."""
        return quarters.quarter_title(self.year, self.quarter)

    @property
    def return_reason(self) -> str:
        """Why the chair or the superior returned it; the superior's earlier reasons are stored at the assessment."""
        earlier = "" if self.is_submitted else str(self.return_notes.get("assessment", ""))
        return super().return_reason or earlier

    def keep_sent_edition(self) -> None:
        """Keeps what the superior received; called before the report is made again."""
        days = {"frozen_at": self.frozen_at, "issued_on": self.issued_on}
        self.sent_edition = {
            **{name: getattr(self, name) for name in self.KEPT},
            **{name: day.isoformat() for name, day in days.items() if day},
        }

    @property
    def as_sent(self) -> "PeriodReport":
        """The report as the superior has it: while it is made again the edition that was sent, never the new draft."""
        if self.state in self.SENT or not self.sent_edition:
            return self
        report = copy(self)
        for name in self.KEPT:
            setattr(report, name, self.sent_edition[name])
        frozen_at = self.sent_edition.get("frozen_at")
        issued_on = self.sent_edition.get("issued_on")
        report.frozen_at = datetime.fromisoformat(frozen_at) if frozen_at else None
        report.issued_on = date.fromisoformat(issued_on) if issued_on else None
        report.sent_edition = {}
        return report

    @property
    def span(self) -> quarters.DateRange:
        return quarters.quarter_range(self.year, self.quarter)

    @cached_property
    def count_day(self) -> date:
        """The day up to which the figures count; the report is not submitted or issued before it. One small query."""
        return count_day(current.law_for(self.commune_id), self.span)

    @property
    def is_provisional(self) -> bool:
        """Whether the figures are not frozen and their count day has not come."""
        return self.frozen_at is None and timezone.localdate() < self.count_day


class CalendarLinkQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The user's own link."""
        return self.of(user).filter(user_id=user.pk)

    def live(self) -> Self:
        """Links that are not revoked."""
        return self.filter(revoked_at=None)


class CalendarLink(CommuneRow):
    """The secret URL that serves a user's calendar without sign-in. Only the hash of its token is stored.

    `told` is the state of the feed when it was last read, {uid: [fingerprint, sequence, changed at]}; from it the next
    reading calculates SEQUENCE and LAST-MODIFIED of each event.
    """

    subject_key = "reports.CalendarLink"

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="của")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True, blank=True)
    last_used_at = models.DateTimeField("dùng lần cuối", null=True, blank=True)
    told = models.JSONField(default=dict, blank=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "user"], condition=Q(revoked_at=None), name="calendar_link_one_live"
            )
        ]

    def __str__(self) -> str:
        return f"Lịch trên điện thoại của {self.user}"


class ListFileQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The user's own files, without their content: each list shows what its reader may see."""
        return self.of(user).filter(user_id=user.pk).defer("content")


class ListFile(CommuneRow):
    """A workbook of a list that is too long for one request; a job makes it, and it is deleted after a day.

    `address` is that of the list with its filters and order. `content` is null until the workbook is made.
    """

    subject_key = "reports.ListFile"
    LIFETIME = timedelta(days=1)

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="của")
    title = models.CharField("danh sách", max_length=120)
    address = models.CharField("địa chỉ", max_length=1000)
    requested_at = models.DateTimeField("yêu cầu lúc", auto_now_add=True, db_index=True)
    made_at = models.DateTimeField("lập xong lúc", null=True)
    rows = models.PositiveIntegerField("số dòng", null=True)
    size = models.PositiveIntegerField("dung lượng", null=True)
    content = models.BinaryField(null=True)

    objects = ListFileQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"Tệp của danh sách “{self.title}”"

    def get_absolute_url(self) -> str:
        return reverse("reports:list_file", args=[self.pk])

    @property
    def deleted_at(self) -> datetime:
        """When the file is deleted."""
        return self.requested_at + self.LIFETIME
