"""What goes with an incoming paper: its scan, and in whose hands it is."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.models.letter import Directive
from emulation.accounts.models import User
from emulation.acts.models import Subject
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF
from emulation.communes.standing import standing_of
from emulation.core.fields import CleanCharField, CleanTextModelField


class DirectiveScanQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the paper sees its scan."""
        return self.of(user).filter(directive__in=Directive.objects.visible_to(user))


class DirectiveScan(CommuneRow):
    """A PDF or the picture of a page of an incoming paper."""

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
        """The office, clerk and chair see who handles what; anybody else what was put into his hands."""
        standing, rows = standing_of(user), self.of(user)
        return rows if standing.has(*COMMUNE_STAFF) else rows.filter(assignee_id=standing.user_id)


class Handling(Subject):
    """An incoming paper is put into somebody's hands (chuyển xử lý)."""

    WAITING, DONE, RECALLED = "waiting", "done", "recalled"
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

    def todo_text(self) -> str:
        note = f" – {self.note}" if self.note else ""
        return f"{self.directive.symbol} của {self.directive.issuer}{note}"
