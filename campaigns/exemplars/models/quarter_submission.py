"""Exemplars of its months that a unit submits to the quarter."""

from typing import Any, Self

from django.db import models

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from villages.models import Unit


class QuarterSubmissionQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        capacity = capacity_of(user)
        rows = self.of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(unit_id__in=capacity.unit_ids)


class QuarterSubmission(CommuneRow):
    """A unit's answer to a quarter: an exemplar of one of its months."""

    subject_key = "campaigns.QuarterPick"

    period = models.ForeignKey(Period, models.PROTECT, related_name="picks", verbose_name="quý")
    exemplar = models.ForeignKey(Exemplar, models.PROTECT, related_name="picks", verbose_name="điển hình")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    picked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đề xuất")
    picked_at = models.DateTimeField(auto_now_add=True)

    objects = QuarterSubmissionQuerySet.as_manager()

    class Meta:
        db_table = "campaigns_quarterpick"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["period", "exemplar"], name="quarter_pick_once")]

    def __str__(self) -> str:
        return f"{self.exemplar.nominee_alone} ({self.period})"
