"""Members and dated changes of a household, for its page."""

from typing import Any

from villages.models import Household, HouseholdChange, Person
from villages.queries.twins import mark_twins


def household_context(user: Any, household: Household) -> dict[str, Any]:
    """The members who are in the unit, and the changes that the user may see, the latest first."""
    changes = HouseholdChange.objects.visible_to(user).filter(household=household)
    return {
        "transfers": household.transfers.select_related("from_unit").order_by("-moved_on", "-pk"),
        "members": mark_twins(Person.objects.in_use().filter(household=household)),
        "changes": changes.select_related("household", "person"),
    }
