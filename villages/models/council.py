"""The council, one version for each decision, and its seats."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField
from villages.models.people import Person
from villages.models.units import UnitQuerySet


class CouncilVersionQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows of the commune: every user may see the council."""
        return self.of(user)

    def in_force(self, on: date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)


class CouncilVersion(CommuneRow):
    """The council by one decision; old versions stay because old minutes refer to them."""

    subject_key = "villages.CouncilVersion"

    name = CleanCharField("tên", max_length=160, default="Hội đồng Thi đua - Khen thưởng")
    decision_no = CleanCharField("quyết định số", max_length=60)
    decision_date = models.DateField("ngày quyết định")
    term = CleanCharField("nhiệm kỳ", max_length=40, blank=True)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)
    # What this version ended, to be reopened if it is taken back: last days of the one before, ids of roles and liaisons.
    ended = models.JSONField(default=dict, blank=True)

    objects = CouncilVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="council_dates_in_order"
            ),
            models.UniqueConstraint(fields=["commune", "starts_on"], name="council_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.name} (QĐ {self.decision_no})"

    def get_absolute_url(self) -> str:
        return reverse("villages:council", args=[self.pk])


class Seat(CommuneRow):
    """A member of one version of the council."""

    subject_key = "villages.Seat"

    CHAIR = "chair"
    VICE = "vice"
    STANDING = "standing"
    SECRETARY = "secretary"
    MEMBER = "member"
    ROLES = [
        (CHAIR, "Chủ tịch Hội đồng"),
        (VICE, "Phó Chủ tịch Hội đồng"),
        (STANDING, "Ủy viên thường trực"),
        (SECRETARY, "Thư ký"),
        (MEMBER, "Ủy viên"),
    ]
    version = models.ForeignKey(CouncilVersion, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField("vai trò", max_length=10, choices=ROLES)
    position = CleanCharField("chức vụ", max_length=120)
    sort = models.PositiveSmallIntegerField(default=0)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="seat_one_person_once"),
            models.UniqueConstraint(fields=["version"], condition=Q(role="chair"), name="seat_one_chair"),
        ]

    def __str__(self) -> str:
        return f"{self.person} - {self.get_role_display()}"
