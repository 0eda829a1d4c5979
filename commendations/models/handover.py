"""The handover of the certificate and the money of an award."""

from typing import Self

from django.db import models
from django.db.models import Prefetch

from commendations.models.chair_submission import CommuneStaffQuerySet
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date


class HandoverQuerySet(CommuneStaffQuerySet):
    def in_force(self) -> Self:
        """Those that were not taken back."""
        return self.filter(reversal=None)


def prefetch_handovers() -> Prefetch:
    """The handovers of awards with what took them back, in one query."""
    return Prefetch("handovers", Handover.objects.select_related("reversal"))


class Handover(CommuneRow):
    """Who received the certificate and the money, and when. Append-only (guarded).

    A further row corrects who or when; one recorded by mistake has a reversal (`HandoverReversal`) and no longer counts.
    """

    subject_key = "commendations.Handover"

    award = models.ForeignKey("commendations.Award", models.PROTECT, related_name="handovers")
    received_by = CleanCharField("người nhận", max_length=120)
    received_on = models.DateField("ngày nhận")
    note = CleanCharField("ghi chú", max_length=200, blank=True)
    recorded_by = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.award.current_name}: {self.received_by} nhận ngày {format_date(self.received_on)}"

    def get_absolute_url(self) -> str:
        return self.award.get_absolute_url()

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversal")
