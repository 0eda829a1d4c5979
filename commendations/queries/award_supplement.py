"""Supplements: those that wait for payment, and the list of a decision on which they stand."""

from django.db.models import QuerySet

from commendations.flow.award_supplement import OPEN_SUPPLEMENT
from commendations.models import AwardSupplement
from emulation.documents.models import Draft


def supplement_list_key(decision_id: int) -> str:
    """The key of the list of supplements of a decision."""
    return f"commendations.supplement:{decision_id}"


def open_supplements() -> QuerySet[AwardSupplement]:
    """Supplements that are neither paid nor declined, of awards in force, in the order of the register."""
    rows = AwardSupplement.objects.filter(OPEN_SUPPLEMENT).select_related("award")
    return rows.prefetch_related("award__corrections").order_by("award__decision_serial", "pk")


def supplement_list_of(decision_id: int) -> Draft | None:
    """The list of supplements of a decision, or None while nothing is due."""
    return Draft.objects.filter(key=supplement_list_key(decision_id)).first()
