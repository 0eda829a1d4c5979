"""Dated changes of a household: head, members who join and leave, closed; each can be taken back."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from emulation.communes.capacity import capacity_of
from villages.models.dated_changes import DatedChange, DatedChangeQuerySet
from villages.models.people import PEOPLE_READERS, Household, Person


class HouseholdChangeQuerySet(DatedChangeQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; for heads those of the households of their own units."""
        rows = self.of(user)
        capacity = capacity_of(user)
        return rows if capacity.has(*PEOPLE_READERS) else rows.filter(household__unit_id__in=capacity.unit_ids)


class HouseholdChange(DatedChange):
    """What changed about a household on a day. `person`: the new head, or who joined or left; null for a closed household."""

    subject_key = "villages.HouseholdChange"

    HEAD = "head"
    JOINED = "joined"
    LEFT = "left"
    CLOSED = "closed"
    KINDS = [
        (HEAD, "Đổi chủ hộ"),
        (JOINED, "Vào hộ"),
        (LEFT, "Ra khỏi hộ"),
        (CLOSED, "Kết thúc hộ"),
    ]
    household = models.ForeignKey(Household, models.PROTECT, related_name="changes", verbose_name="hộ gia đình")
    kind = models.CharField("loại", max_length=8, choices=KINDS)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người")

    objects = HouseholdChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="closed", person=None) | Q(person__isnull=False) & ~Q(kind="closed"),
                name="household_change_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["household"], condition=Q(state="in_force", kind="closed"), name="household_closed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.household}"

    def get_absolute_url(self) -> str:
        """The page of the household, which lists the changes."""
        return self.household.get_absolute_url()

    @property
    def in_words(self) -> str:
        """ "Lê Văn Bảy → Lê Văn Tám" for another head, else the name of the person; "" for a closed household."""
        name = self.person.full_name if self.person else ""
        before = self.ended.get("head_name", name)
        return name if before == name else f"{before} → {name}"
