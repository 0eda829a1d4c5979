"""The reminder plan of a commune: working days before and after a due day for each level, hour of sending."""

from datetime import time
from typing import Any, Self

from django.db import models

from campaigns.obligations.rules import ReminderSchedule
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES


class ReminderPlanQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        return self.of(user) if capacity_of(user).has(*COMMUNE_STAFF_ROLES) else self.none()


class ReminderPlan(CommuneRow):
    """When and to whom a commune sends reminders; the field defaults apply to a commune without a row."""

    subject_key = "campaigns.ReminderPlan"

    before = models.PositiveSmallIntegerField("nhắc trước hạn (ngày làm việc)", default=3)
    after = models.PositiveSmallIntegerField("nhắc lại trưởng đơn vị sau hạn", default=1)
    council_after = models.PositiveSmallIntegerField("báo ủy viên phụ trách sau hạn", default=3)
    chair_after = models.PositiveSmallIntegerField("báo Chủ tịch sau hạn", default=6)
    close_after = models.PositiveSmallIntegerField("tự chốt kỳ sau hạn", default=10)
    digest_at = models.TimeField("giờ gửi", default=time(7, 30))
    quiet_from = models.TimeField("thôi nhắc từ", default=time(20, 0))
    is_on = models.BooleanField("tự động nhắc", default=True)

    objects = ReminderPlanQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune"], name="reminder_plan_one")]

    def __str__(self) -> str:
        return f"Cách nhắc việc của {self.commune}"

    @property
    def schedule(self) -> ReminderSchedule:
        return ReminderSchedule(
            before=self.before,
            after=self.after,
            council_after=self.council_after,
            chair_after=self.chair_after,
            digest_at=self.digest_at,
            quiet_from=self.quiet_from,
        )
