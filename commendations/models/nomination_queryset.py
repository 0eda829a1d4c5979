"""Who sees which nominations."""

from typing import Any, Self

from django.db.models import Prefetch, Q

from commendations.models.joint_proposal import JointProposal, joined_case_ids, proposed_by_unit
from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from villages.models import Person


class NominationQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the office, clerk and chair; for the council those put on a session; for a unit head their unit's and
        those that the unit has joined.

        A recused user does not see the case until its session closes, unless they belong to the office, or head a unit that
        proposes the nominee and are not the nominee: they see the file that they wrote (its votes are the SessionItem's).
        """
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(Role.office):
            return rows
        joined = joined_case_ids(capacity)
        if hidden := self._hidden_case_ids(capacity, joined):
            rows = rows.exclude(pk__in=hidden)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        visible = Q(unit_id__in=capacity.unit_ids)
        if joined:
            visible |= Q(pk__in=joined)
        if capacity.has(Role.council_member):
            visible |= Q(state__in=self.model.BEFORE_COUNCIL)  # type: ignore[attr-defined]
        return rows.filter(visible)

    def _hidden_case_ids(self, capacity: UserCapacity, joined: list[int]) -> list[int]:
        """Ids of the cases that are hidden while their session is not closed: the user is recused from their vote.

        Of those that a unit of the user proposes only the cases about the user or the household that they head. They are
        few; fetched before the cases are read, like `joined_case_ids`.
        """
        items = self.model._meta.get_field("items").related_model._base_manager
        recused = items.filter(recused__person__user_id=capacity.user_id, session__state__in=["planned", "open"])
        cases = list(
            recused.values_list(*(f"nomination__{name}" for name in ("pk", "unit", "person", "household__head")))
        )
        own = set(Person.objects.records_of_users([capacity.user_id]).values_list("pk", flat=True)) if cases else set()
        return [
            pk
            for pk, unit, person, head in cases
            if not (unit in capacity.unit_ids or pk in joined) or {person, head} & own
        ]

    def for_lists(self) -> Self:
        """With the relations that a line of a list shows."""
        rows = self.select_related("unit", "person", "household", "collective")
        return rows.prefetch_related(Prefetch("joint_proposals", JointProposal.objects.select_related("unit")))

    def proposed_by(self, unit_id: int) -> Self:
        """Those that the unit proposes, alone or together with another."""
        return self.filter(proposed_by_unit(unit_id, case="pk"))
