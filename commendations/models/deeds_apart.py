"""Two cases whose deeds look alike and that the office keeps apart on purpose: two deeds, with the reason."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from commendations.models.chair_submission import CommuneStaffQuerySet
from commendations.models.nomination import Nomination
from emulation.accounts.models import User
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanTextModelField


class DeedsApartQuerySet(CommuneStaffQuerySet):
    def in_force(self) -> Self:
        """Those that were not taken back."""
        return self.filter(ended_at=None)


class DeedsApart(CommuneRow):
    """The two cases, the one with the lower id first; taken back with a reason, never deleted."""

    subject_key = "commendations.DeedsApart"

    one = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    other = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    reason = CleanTextModelField("vì sao là hai việc")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("rút lúc", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = CleanTextModelField("lý do rút", blank=True)

    objects = DeedsApartQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], condition=Q(ended_at=None), name="deeds_apart_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="deeds_apart_in_order"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by__isnull=False) & ~Q(end_reason=""),
                name="deeds_apart_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Hai việc khác nhau: {self.reason}"
