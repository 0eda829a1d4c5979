"""Kin of nominees among those who act on cases: declared relations, and reasons to act despite a relation."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from commendations.models.nomination import Nomination
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField, CleanTextModelField
from villages.models import Person


class KinshipQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For those who act on cases: commune staff and the council."""
        readers = capacity_of(user).has(*COMMUNE_STAFF_ROLES, Role.council_member)
        return self.of(user) if readers else self.none()

    def in_force(self) -> Self:
        """Those that were not taken back."""
        return self.filter(ended_at=None)


class Kinship(CommuneRow):
    """A declared relation of two people; it counts for every case about one of them that the other would act on."""

    subject_key = "commendations.Kinship"

    KINDS = [
        ("spouse", "vợ, chồng"),
        ("parent", "cha, mẹ, con"),
        ("sibling", "anh, chị, em ruột"),
        ("in_law", "họ hàng bên vợ, bên chồng"),
        ("other", "quan hệ khác"),
    ]

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="ai")
    other = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="với ai")
    kind = models.CharField("quan hệ", max_length=8, choices=KINDS)
    note = CleanCharField("ghi rõ", max_length=200, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField("rút lúc", null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = CleanTextModelField("lý do rút", blank=True)

    objects = KinshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], condition=Q(ended_at=None), name="kinship_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="kinship_of_two"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_by__isnull=False) & ~Q(end_reason=""),
                name="kinship_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person.full_name} và {self.other.full_name}: {self.get_kind_display()}"


class KinReason(CommuneRow):
    """Why a user acts on a case although they are kin of the nominee; never changed, printed in the minutes."""

    subject_key = "commendations.KinReason"

    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="kin_reasons")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    relation = CleanCharField("quan hệ", max_length=120)
    reason = CleanTextModelField("lý do vẫn làm")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = KinshipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["nomination", "user"], name="kin_reason_once")]

    def __str__(self) -> str:
        return f"{self.user.full_name}: {self.reason}"
