"""Reminders that were sent: which stage of which obligation reached which user."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from villages.models import Unit


class ReminderQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The commune's staff and council see all; other users see what was sent to them."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member) else rows.filter(user_id=user.pk)


class Reminder(CommuneRow):
    """One stage of one unit's obligation, sent to one user; a stage without any recipient is a row without a user.

    `kind` and `object_id` identify the obligation (a period, a duty, a receipt …); rows are only ever added.
    """

    subject_key = "campaigns.Reminder"

    kind = models.SlugField(max_length=20)
    object_id = models.BigIntegerField()
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    stage = models.CharField("lượt", max_length=20)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="gửi đến")
    title = models.CharField("việc", max_length=300)
    due_on = models.DateField("hạn")
    planned_on = models.DateField("ngày phải nhắc")
    sent_on = models.DateField("ngày nhắc")
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người nhắc")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id", "unit", "due_on", "stage", "user"], name="reminder_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "object_id", "unit", "due_on", "stage"],
                condition=Q(user=None),
                name="reminder_once_to_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["commune", "-sent_on", "-id"], name="reminder_latest"),
            models.Index(fields=["commune", "kind", "object_id"], name="reminder_of_what"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.title} ({self.stage})"
