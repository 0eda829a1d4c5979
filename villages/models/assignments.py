"""Heads of units; absences of heads and of holders of other roles; council members in charge of a unit (phân công phụ trách)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date
from emulation.core.status_pills import StatusPill
from villages.models.people import Person
from villages.models.units import Unit, UnitQuerySet
from villages.rules.absences import BACK, absence_status
from villages.rules.posts import HeldPost, may_name_unit


class DatedRowQuerySet(CommuneQuerySet):
    def in_force(self, on: Any) -> Self:
        """Rows in force on that day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on)

    def visible_to(self, user: Any) -> Self:
        """All rows of the commune: every user may see which member is in charge of which unit."""
        return self.of(user)


class CouncilLiaison(CommuneRow):
    """A council member is in charge of a unit (phân công phụ trách) from a day to a day."""

    subject_key = "villages.Charge"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="charges", verbose_name="đơn vị")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="ủy viên phụ trách")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = DatedRowQuerySet.as_manager()

    class Meta:
        db_table = "villages_charge"
        ordering = ["unit__sort", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="charge_dates_in_order"
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(ends_on=None), name="charge_one_now"),
        ]

    def __str__(self) -> str:
        return f"{self.person} phụ trách {self.unit}"


READERS_OF_ABSENCES = (*COMMUNE_STAFF_ROLES, Role.council_member, Role.administrator)
"""Who sees all absences of the commune."""


class AbsenceQuerySet(DatedRowQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for who reads all, as the administrator, who reads who acts for whom; for heads those of their own units,
        for all their own."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*READERS_OF_ABSENCES):
            return rows
        return rows.filter(Q(unit_id__in=capacity.unit_ids) | Q(head_id=user.pk) | Q(deputy_id=user.pk))

    def for_lists(self) -> Self:
        """With the unit and users that a line names."""
        return self.select_related("unit", "head", "deputy")


class Absence(CommuneRow):
    """Days on which the head of a unit, or the holder of another role (`role`, no unit), is away.

    The deputy, if any, has the role meanwhile (`Membership.acts_for_id`) and gets its notifications.
    """

    subject_key = "villages.Absence"

    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="absences", verbose_name="đơn vị"
    )
    role = models.CharField("vai trò", max_length=20, blank=True, default="")
    head = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người vắng")
    deputy = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người làm thay"
    )
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    note = CleanCharField("ghi chú", max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="absence_dates_in_order"),
            models.CheckConstraint(
                condition=Q(deputy=None) | ~Q(deputy=models.F("head")), name="absence_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(unit=None) & ~Q(role="") | Q(unit__isnull=False, role=""), name="absence_of_unit_or_role"
            ),
        ]
        indexes = [models.Index(fields=["commune", "starts_on", "ends_on"], name="absence_days")]

    def __str__(self) -> str:
        return f"{self.head.full_name} vắng"

    def get_absolute_url(self) -> str:
        """The page that shows it: that of the unit, or the list of absences."""
        return reverse("villages:absences") if self.unit_id is None else reverse("villages:unit", args=[self.unit_id])

    @property
    def post(self) -> str:
        """In which post somebody is away: "Trưởng thôn, Thôn 1", "Chủ tịch UBND xã"."""
        return Role(self.role).title if self.unit is None else f"{self.unit.head_title}, {self.unit.name}"

    @property
    def status(self) -> StatusPill:
        """Whether it is to come, lasts or is over today."""
        return absence_status(self.starts_on, self.ends_on, timezone.localdate())

    @property
    def is_over(self) -> bool:
        """Whether the absent user is back."""
        return self.status == BACK

    @property
    def days(self) -> str:
        """ "từ 01/12/2026 đến 03/12/2026"."""
        return f"từ {format_date(self.starts_on)} đến {format_date(self.ends_on)}"


class Appointment(CommuneRow):
    """A person as head of a unit, or as leader of a collective, from a day to a day."""

    subject_key = "villages.Appointment"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    post = CleanCharField("chức vụ", max_length=80)
    # Named by the people's committee until a head is elected (quyền, phụ trách); ends by itself on `ends_on`.
    acting = models.BooleanField("phụ trách tạm thời", default=False)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày", null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")), name="appointment_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.post}"

    def get_absolute_url(self) -> str:
        return self.unit.get_absolute_url()

    @property
    def former_unit_note(self) -> str:
        """ "tên cũ Thôn 1", if the unit had another name on the first day; "" if not."""
        name = self.unit.read_name_on(self.starts_on)
        return f"tên cũ {name}" if name != self.unit.name else ""

    def held_post(self, recorded: str) -> HeldPost:
        """The days, under the post of the appointment and, unless acting, the title of the unit's head with the name of the unit.

        Under its former names too, if `recorded` is none of the present ones; a query unless the names are read.
        """
        if self.acting or self.unit.is_collective:
            return HeldPost((self.post,), self.starts_on, self.ends_on)
        held = HeldPost((self.unit.head_post, self.post), self.starts_on, self.ends_on)
        if held.is_named(recorded) or not may_name_unit(recorded):
            return held
        return HeldPost((*self.unit.head_posts, self.post), self.starts_on, self.ends_on)  # by former names of the unit
