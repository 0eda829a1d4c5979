"""Exemplars of a unit that is closed: its answers to periods that are asked of its successor."""

from datetime import date

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from villages.actions.unit_change_values import carried_tables
from villages.actions.unit_moves import unit_carriers
from villages.models import Unit, store_nominees_of

carried_tables.add("exemplars", Exemplar)
carried_tables.add("quarter_submissions", QuarterSubmission)


@unit_carriers.register("exemplars")
def carry_exemplars(closed: Unit, successor: Unit, on: date) -> int:
    """Gives the successor the exemplars of open periods due on that day or later, which are asked of it; returns how many.

    "None" of the closed unit is no answer of the successor, which may have one: it stays. Earlier periods stay with the
    unit that they were asked of.
    """
    asked = {"period__closed_on": None, "period__due_on__gte": on}
    QuarterSubmission.objects.filter(unit=closed, **asked).update(unit=successor)
    rows = Exemplar.objects.filter(unit=closed, nothing=False, **asked)
    store_nominees_of(rows, successor)
    return rows.update(unit=successor)
