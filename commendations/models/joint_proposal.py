"""Joint proposals: another unit that proposes the nominee of a case too, instead of a second case."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from emulation.accounts.models import User
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from emulation.core.fields import CleanTextModelField
from emulation.documents.models import IssuedDocument
from villages.models import Unit


class JointProposalQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; for the head of a unit those of the unit, and those of its cases."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES, Role.council_member):
            return rows
        return rows.filter(Q(unit__in=capacity.unit_ids) | Q(nomination__unit__in=capacity.unit_ids))

    def in_force(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)


class JointProposal(CommuneRow):
    """A unit that proposes the nominee of another unit's case; it reads the case, `Nomination.unit` stays the first and edits it.

    Taken back while nobody has judged the case; a unit may join again by a new row.
    """

    subject_key = "commendations.JointProposal"

    nomination = models.ForeignKey("commendations.Nomination", models.PROTECT, related_name="joint_proposals")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="đơn vị cùng đề nghị")
    deed = CleanTextModelField("thành tích, lý do đơn vị cùng đề nghị")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    # The paper of the unit, frozen when it joins.
    document = models.ForeignKey(IssuedDocument, models.PROTECT, null=True, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField("thôi cùng đề nghị lúc", null=True, blank=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    end_reason = CleanTextModelField("lý do thôi cùng đề nghị", blank=True)

    objects = JointProposalQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "unit"], condition=Q(taken_back_at=None), name="joint_proposal_of_unit_once"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_by__isnull=False) & ~Q(end_reason=""),
                name="joint_proposal_ended_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["unit", "nomination"], name="joint_proposal_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit.name} cùng đề nghị"

    @property
    def is_joined(self) -> bool:
        """Whether it was not taken back."""
        return self.taken_back_at is None


def joined_case_ids(capacity: UserCapacity) -> list[int]:
    """The ids of the cases that units of this head have joined; one query, none for who heads no unit.

    Fetched before the cases are read: the database then reads a list by its order, without a join.
    """
    return case_ids_joined_by(capacity.unit_ids) if capacity.unit_ids else []


def proposed_by_unit(unit_id: int, case: str) -> Q:
    """The condition that the unit proposes a row, alone or together with another; `case`: the column with the id of the case.

    Without a case that the unit has joined it is the unit alone, by which lists are indexed.
    """
    own = Q(unit_id=unit_id)
    joined = case_ids_joined_by([unit_id])
    return own | Q(**{f"{case}__in": joined}) if joined else own


def units_of_cases(unit_ids: Iterable[int]) -> set[int]:
    """These units, and those whose cases they have joined: the units of the cases that they propose; one query."""
    rows = JointProposal.objects.in_force().filter(unit__in=unit_ids).order_by()
    return {*unit_ids, *rows.values_list("nomination__unit", flat=True)}


def case_ids_joined_by(unit_ids: Iterable[int]) -> list[int]:
    """The ids of the cases that one of these units has joined."""
    rows = JointProposal.objects.in_force().filter(unit__in=unit_ids).order_by()
    return list(rows.values_list("nomination_id", flat=True))
