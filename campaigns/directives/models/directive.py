"""Directives received from above, their scans, and who handles them."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.directives.models.normalized_field import NormalizedField
from campaigns.directives.rules.document_symbols import LONGEST, document_type
from emulation.accounts.models import User
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow, Membership
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.core.formatting import date_in_words, format_date
from emulation.workflow.models import WorkflowSubject

HANDLING_ROLES = (Role.office, Role.clerk, Role.council_member)


def handles_for(capacity: UserCapacity) -> set[int]:
    """The ids of the users whose assignments this one handles today: the user, and absent ones for whom they act."""
    return {capacity.user_id or 0, *capacity.absent_ids(*HANDLING_ROLES)}


def own_handling_roles(commune_id: int | None, on: date) -> models.QuerySet[Membership]:
    """The memberships on that day by which directives are handled, without those of deputies for absent users."""
    running = Q(ends_on=None) | Q(ends_on__gte=on)
    roles = Membership.objects.filter(running, commune_id=commune_id, starts_on__lte=on, role__in=HANDLING_ROLES)
    return roles.filter(acts_for_id=None)


class DirectiveQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; a council member sees the directives assigned to them."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        if capacity.has(Role.council_member):
            assigned = rows.filter(handlings__assignee_id__in=handles_for(capacity))
            return rows.filter(pk__in=assigned.values("pk"))
        return rows.none()


class Directive(CommuneRow):
    """A document of a higher authority that the commune must carry out; it may itself carry out another directive."""

    subject_key = "campaigns.Directive"

    URGENCIES = [("", "Thường"), ("urgent", "Khẩn"), ("very_urgent", "Thượng khẩn"), ("express", "Hỏa tốc")]

    symbol = CleanCharField("số, ký hiệu", max_length=60)
    symbol_key = NormalizedField(source="symbol", max_length=LONGEST)
    issued_on = models.DateField("ngày văn bản")
    issuer = CleanCharField("cơ quan gửi", max_length=160)
    issuer_key = NormalizedField(source="issuer", max_length=160)
    subject = CleanTextModelField("trích yếu")
    received_on = models.DateField("ngày đến")
    urgency = models.CharField("độ khẩn", max_length=12, choices=URGENCIES, blank=True, default="")
    answer_due_on = models.DateField("hạn trả lời", null=True, blank=True)
    carries_out = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_out_by", verbose_name="thực hiện văn bản"
    )
    outline = models.JSONField("khung công văn triển khai", default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    answer_until: date | None = None
    """The last day to answer: `answer_due_on`, moved when it is a day off; set by `with_answer_days`."""

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "symbol_key", "issued_on", "issuer_key"], name="directive_once"),
            models.CheckConstraint(
                condition=models.Q(received_on__gte=models.F("issued_on")), name="directive_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(carries_out=None) | ~models.Q(carries_out=models.F("pk")),
                name="directive_not_itself",
            ),
        ]

    @property
    def answer_day_note(self) -> str:
        """ "văn bản ghi 22/11/2026, là ngày nghỉ", why the last day is another than that of the paper; "" if it is the same."""
        if self.answer_due_on is None or self.answer_until in (None, self.answer_due_on):
            return ""
        return f"văn bản ghi {format_date(self.answer_due_on)}, là ngày nghỉ"

    def __str__(self) -> str:
        return f"{self.symbol} của {self.issuer}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:directive", args=[self.pk])

    @property
    def citation(self) -> str:
        """ "Chỉ thị số 04-CT/TU ngày 28 tháng 5 năm 2021 của Ban Thường vụ Tỉnh ủy", as papers cite it."""
        return f"{document_type(self.symbol)} số {self.symbol} {date_in_words(self.issued_on)} của {self.issuer}"

    @property
    def letter(self) -> Any:
        """The letter that carries it out and is not cancelled, or None."""
        return next((letter for letter in self.letters.all() if not letter.is_cancelled), None)

    @property
    def current_handlings(self) -> list[Any]:
        """The assignments of the directive, without the recalled ones."""
        return [handling for handling in self.handlings.all() if not handling.is_recalled]


class DirectiveScanQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the directive see its scans."""
        return self.of(user).filter(directive__in=Directive.objects.visible_to(user))


class DirectiveScan(CommuneRow):
    """A scan of a directive: a PDF, or an image of a page."""

    subject_key = "campaigns.DirectiveScan"

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="scans")
    name = CleanCharField("tên tệp", max_length=120)
    sha256 = models.CharField(max_length=64)
    ending = models.CharField(max_length=4)
    size = models.PositiveIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    objects = DirectiveScanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["directive", "sha256"], name="scan_once")]

    def __str__(self) -> str:
        return self.name


class HandlingQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all assignments, other users their own and those of whom they act for."""
        capacity = capacity_of(user)
        rows = self.of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(assignee_id__in=handles_for(capacity))


class Handling(WorkflowSubject):
    """A directive assigned to a user for handling (chuyển xử lý)."""

    subject_key = "campaigns.Handling"

    WAITING = "waiting"
    DONE = "done"
    RECALLED = "recalled"
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="handlings", verbose_name="văn bản")
    assignee = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người xử lý")
    note = CleanTextModelField("ý kiến chuyển", blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người chuyển")
    result = CleanTextModelField("đã xử lý thế nào", blank=True)

    objects = HandlingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "assignee"], condition=Q(state="waiting"), name="handling_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignee.full_name} xử lý {self.directive.symbol}"

    @property
    def is_waiting(self) -> bool:
        return self.state == self.WAITING

    @property
    def is_done(self) -> bool:
        return self.state == self.DONE

    @property
    def icon(self) -> str:
        return "check-circle" if self.is_done else "hourglass-split"

    @property
    def state_word(self) -> str:
        return "đã xử lý" if self.is_done else "đang chờ"

    @property
    def is_recalled(self) -> bool:
        return self.state == self.RECALLED

    def get_absolute_url(self) -> str:
        return reverse("campaigns:directive", args=[self.directive_id])

    def due_on(self) -> Any:
        return self.directive.answer_due_on if self.state == self.WAITING else None

    def todo_parts(self) -> tuple[str, str]:
        note = f": {self.note}" if self.note else ""
        return self.directive.symbol, f"của {self.directive.issuer}{note}"
