"""Registrations of units for campaigns (bản đăng ký thi đua), with pledged figures and progress."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaigns.campaigns.models.campaign import Campaign, Goal
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanCharField, CleanTextModelField
from emulation.legal.calendar.lateness import is_late
from emulation.workflow.models import ReturnableSubject
from villages.models import Unit


class RegistrationQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; the head of a unit sees those of their unit."""
        capacity = capacity_of(user)
        rows = self.of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(unit_id__in=capacity.unit_ids)

    def for_lists(self) -> Self:
        """With the unit and the campaign, without the long texts of the plan."""
        return self.select_related("unit", "campaign").defer(
            *(f"campaign__{name}" for name in (*Campaign.TEXTS, *Campaign.OUTCOMES))
        )


class Registration(ReturnableSubject):
    """The registration of a unit for a campaign that addresses its kind: open, registered, or declined with a reason."""

    subject_key = "campaigns.Registration"

    WAITING = "waiting"
    REGISTERED = "registered"
    RETURNED = "returned"
    DECLINED = "declined"
    OPEN = (WAITING, RETURNED)
    ANSWERED = (REGISTERED, DECLINED)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="registrations")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị")
    text = CleanTextModelField("nội dung đăng ký", blank=True)
    titles = CleanTextModelField("danh hiệu, hình thức đăng ký", blank=True)
    reason = CleanTextModelField("lý do không đăng ký", blank=True)
    registered_on = models.DateField("đăng ký ngày", null=True, blank=True)
    first_sent_on = models.DateField("trả lời lần đầu", null=True, blank=True)
    registered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["unit__sort", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "unit"], name="registration_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "declined"]) | Q(registered_on__isnull=False),
                name="registration_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name} đăng ký {self.campaign.name}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:registration", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.WAITING

    @property
    def is_open(self) -> bool:
        """Whether the unit has something to do: register, or correct what was returned."""
        return self.state in self.OPEN

    @property
    def return_reason(self) -> str:
        """Why it was returned, "" once it is on its way again."""
        return self.return_notes.get("reason", "") if self.state == self.RETURNED else ""

    @property
    def is_late(self) -> bool:
        """Whether the unit first answered after the deadline ("đăng ký muộn")."""
        return is_late(self.first_sent_on, self.campaign.last_register_day)

    @property
    def is_reopened(self) -> bool:
        """Whether the unit answered in time once and the answer is open again, returned or withdrawn."""
        return self.is_open and self.first_sent_on is not None and not self.is_late

    def due_on(self) -> date | None:
        return self.campaign.last_register_day if self.is_open and not self.is_reopened else None

    def todo_parts(self) -> tuple[str, str]:
        return self.campaign.name, self.unit.name


class RegistrationPartQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Users who see the registration see its figures."""
        return self.of(user).filter(registration__in=Registration.objects.visible_to(user))


class Pledge(CommuneRow):
    """The figure that a unit pledges for a goal."""

    subject_key = "campaigns.Pledge"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="pledges")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+")
    value = models.DecimalField("đăng ký", max_digits=14, decimal_places=2)

    objects = RegistrationPartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["registration", "goal"], name="pledge_once")]

    def __str__(self) -> str:
        return f"{self.goal}: {self.value}"


class Progress(CommuneRow):
    """What a unit has reached of a goal by a day, counted from the start of the campaign."""

    subject_key = "campaigns.Progress"

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="progress")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+")
    on = models.DateField("tính đến ngày")
    value = models.DecimalField("đã đạt", max_digits=14, decimal_places=2)
    note = CleanCharField("ghi chú", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người nhập")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RegistrationPartQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["registration", "goal", "on"], name="progress_once_a_day")]

    def __str__(self) -> str:
        return f"{self.goal}: {self.value}"
