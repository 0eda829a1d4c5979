"""Tasks assigned by a letter, their status in each unit, and the reports."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter, LetterPartQuerySet, LetterReceipt
from campaigns.directives.rules.duty import PERFORMERS
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import format_date
from emulation.legal.calendar.lateness import is_late
from emulation.workflow.models import ReturnableSubject, WorkflowSubject
from villages.models import Unit


class DutyQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the directive see its tasks; units see their own `UnitDuty` rows."""
        return self.of(user).filter(directive__in=Directive.objects.visible_to(user))


class Duty(CommuneRow):
    """One task taken from a directive. `performers` are keys of rules.duty.PERFORMERS; an aim is shown, never reported."""

    subject_key = "campaigns.Duty"

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="duties")
    number = models.PositiveSmallIntegerField("thứ tự")
    code = models.CharField("mã", max_length=8)
    group = models.PositiveSmallIntegerField("nhóm việc", default=0)  # 1 to 4: group of the letter; 0: general part
    words = CleanTextModelField("nội dung")
    is_aim = models.BooleanField("mục tiêu, không đánh dấu", default=False)
    due_on = models.DateField("hạn", null=True, blank=True)
    recurring = CleanCharField("làm thường xuyên", max_length=80, blank=True)
    performers = models.JSONField("ai làm", default=list, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "code"], name="duty_code_once")]

    def __str__(self) -> str:
        return f"{self.code}. {self.words}"

    @property
    def who_does(self) -> str:
        return ", ".join(PERFORMERS[key] for key in PERFORMERS if key in self.performers)


class UnitRowQuerySet(LetterPartQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The staff and the council see all units, the head of a unit sees their own."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member):
            return rows
        return rows.filter(unit_id__in=capacity.unit_ids)

    def for_lists(self) -> Self:
        """With the related objects shown in lists, without the text of the document."""
        rows = self.select_related("unit", "letter__document")
        return rows.defer("letter__document__html", "letter__document__blocks")


class DutyReport(ReturnableSubject):
    """What a unit did about some of its tasks, or why it could not; one text for all of them.

    `returned_content` is that of the returned report which it replaces.
    """

    subject_key = "campaigns.DutyReport"

    SENT = "sent"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    receipt = models.ForeignKey(LetterReceipt, models.PROTECT, null=True, blank=True, related_name="reports")
    done_on = models.DateField("ngày làm")
    text = CleanTextModelField("đã làm gì")
    cannot = models.BooleanField("chưa làm được", default=False)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người báo cáo")
    reported_on = models.DateField("ngày báo cáo")

    objects = UnitRowQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Báo cáo của {self.unit.name}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:duty_report", args=[self.pk])

    @property
    def next_actor(self) -> str:
        """Who reviews the report: the chair that of the office itself, the office all others."""
        return Role.chair.title if self.receipt_id is None else Role.office.title

    def todo_parts(self) -> tuple[str, str]:
        paper = self.letter.document.reference if self.letter.document else self.letter.subject
        return self.unit.name, f"kết quả thực hiện công văn {paper}"


class UnitDuty(WorkflowSubject):
    """One task of one unit. The office's own tasks, and the council's, which the office reports, have no receipt."""

    subject_key = "campaigns.UnitDuty"

    WAITING = "waiting"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    OPEN = (WAITING, RETURNED)
    ICONS = {
        WAITING: ("circle", "Chưa báo"),
        REPORTED: ("send", "Đã báo"),
        ACCEPTED: ("check-circle", "Đã chấp nhận"),
        RETURNED: ("arrow-return-left", "Trả lại"),
        WITHDRAWN: ("slash-circle", "Đã thu hồi"),
    }
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="unit_duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="unit_duties", verbose_name="việc")
    receipt = models.ForeignKey(LetterReceipt, models.PROTECT, null=True, blank=True, related_name="duties")
    due_day = models.DateField("hạn", null=True, blank=True)
    report = models.ForeignKey(DutyReport, models.PROTECT, null=True, blank=True, related_name="duties")
    reported_on = models.DateField("báo cáo lần đầu", null=True, blank=True)

    objects = UnitRowQuerySet.as_manager()

    class Meta:
        ordering = ["duty__number", "unit__sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "unit", "duty"], name="unit_duty_once"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"]) | Q(report__isnull=False),
                name="unit_duty_reported_by_a_report",
            ),
        ]
        indexes = [models.Index(fields=["commune", "state", "due_day"], name="unit_duty_owed")]

    def __str__(self) -> str:
        return f"{self.duty.words[:80]}, {self.unit.name}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:unit_duty", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.WAITING

    @property
    def is_returned(self) -> bool:
        return self.state == self.RETURNED

    @property
    def css_class(self) -> str:
        """The class of its line in a checklist."""
        return {self.ACCEPTED: "yes", self.REPORTED: "unsure"}.get(self.state, "no")

    @property
    def icon(self) -> str:
        return self.ICONS[self.state][0]

    @property
    def icon_label(self) -> str:
        return self.ICONS[self.state][1]

    @property
    def is_late(self) -> bool:
        """Whether it was first reported after its due day."""
        return is_late(self.reported_on, self.due_day)

    @property
    def due_day_note(self) -> str:
        """ "công văn ghi 28/02/2026, là ngày nghỉ", why the due day is another than that of the letter; "" if it is the same."""
        printed = self.duty.due_on
        moved = printed is not None and self.due_day is not None and self.due_day != printed
        return f"công văn ghi {format_date(printed)}, là ngày nghỉ" if printed and moved else ""

    def due_on(self) -> date | None:
        """The due day of a task that was never reported; one returned for an addition is not due again."""
        return self.due_day if self.state == self.WAITING else None


class DutyReportFileQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the report see its files."""
        return self.of(user).filter(report__in=DutyReport.objects.visible_to(user))


class DutyReportFile(CommuneRow):
    """Evidence of a report: a photo or PDF."""

    subject_key = "campaigns.DutyReportFile"

    report = models.ForeignKey(DutyReport, models.CASCADE, related_name="files")
    name = CleanCharField("tên tệp", max_length=120)
    sha256 = models.CharField(max_length=64)
    ending = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    objects = DutyReportFileQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "sha256"], name="report_file_once")]

    def __str__(self) -> str:
        return self.name
