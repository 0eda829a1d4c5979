"""Recusals: council members who do not vote on a case, and the reason when a recusal is lifted."""

from typing import Self

from django.db import models
from django.db.models import Q

from commendations.models.nomination import Nomination
from commendations.models.session import CouncilSession, CouncilSessionQuerySet
from emulation.accounts.models import User
from emulation.communes.models import CommuneRow
from emulation.core.fields import CleanCharField
from villages.models import Person


class RecusalQuerySet(CouncilSessionQuerySet):
    def in_force(self) -> Self:
        """Recusals that were not lifted."""
        return self.filter(lifted_at=None)

    def lifted(self) -> Self:
        """Recusals that were lifted, the latest first."""
        return self.exclude(lifted_at=None).order_by("-lifted_at", "-pk")


class Recusal(CommuneRow):
    """A person who does not vote on a nomination, at whatever session it is considered, until the recusal is lifted.

    The seats concerned are in `SessionItem.recused`; this row remains when the case is removed from the session. It is
    never deleted: it is lifted with a reason.
    """

    subject_key = "commendations.Recusal"

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField("bỏ lúc", null=True, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người bỏ"
    )
    lifted_in = models.ForeignKey(CouncilSession, models.PROTECT, null=True, blank=True, related_name="+")
    lift_reason = CleanCharField("lý do bỏ", max_length=300, blank=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "person"], condition=Q(lifted_at=None), name="recusal_stands_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None)
                | (Q(lifted_by__isnull=False, lifted_in__isnull=False) & ~Q(lift_reason="")),
                name="recusal_lifted_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} không tham gia biểu quyết"
