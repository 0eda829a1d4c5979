"""Members and dated changes of a household, for its page."""

from typing import Any

from villages.models import Household, HouseholdChange, Person
from villages.queries.same_people import members_of, same_person_ids
from villages.queries.twins import mark_twins


def headed_household(person: Person) -> Household | None:
    """The household that the person heads, by any of their records, if it has not ended."""
    return Household.objects.in_use().filter(head__in=same_person_ids([person])).select_related("unit").first()


def household_context(user: Any, household: Household) -> dict[str, Any]:
    """The members who are in the unit, and the changes that the user may see, the latest first."""
    changes = HouseholdChange.objects.visible_to(user).filter(household=household)
    return {
        "transfers": household.transfers.select_related("from_unit").order_by("-moved_on", "-pk"),
        "members": mark_twins(members_of(household)),
        "changes": changes.select_related("household", "person"),
    }
