"""Supplements: those on the list of a decision, paid and to be paid, and that list."""

from commendations.models import AwardSupplement, Decision
from emulation.documents.models import Draft


def supplement_list_key(decision_id: int) -> str:
    """The key of the list of supplements of a decision."""
    return f"commendations.supplement:{decision_id}"


def listed_supplements(decision: Decision) -> list[AwardSupplement]:
    """Those of awards in force of a decision that were paid or wait for payment, in the order of the register."""
    rows = AwardSupplement.objects.filter(award__decision=decision, award__cancellation=None, award__replaced_by=None)
    rows = rows.not_declined().select_related("award").prefetch_related("award__corrections", "answers__reversal")
    return list(rows.order_by("award__decision_serial", "pk"))


def supplement_list_of(decision_id: int) -> Draft | None:
    """The list of supplements of a decision, or None while nothing is due."""
    return Draft.objects.filter(key=supplement_list_key(decision_id)).first()
