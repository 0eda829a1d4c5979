"""Nominations of a unit that is closed: unfinished ones go to its successor."""

from datetime import date

from django.db.models import Q

from commendations.models import Nomination
from commendations.queries.unit_work import FINISHED
from villages.actions.unit_change_values import carried_tables
from villages.actions.unit_moves import unit_carriers
from villages.models import Unit, store_nominees_of

carried_tables.add("nominations", Nomination)


@unit_carriers.register("nominations")
def carry_nominations(closed: Unit, successor: Unit, on: date) -> int:
    """Gives the successor the nominations that are not decided; returns how many.

    Their papers are frozen and keep the old name. One for the closed unit itself stays: a closed collective is judged so.
    """
    rows = Nomination.objects.filter(~Q(collective=closed) | Q(collective=None), unit=closed).exclude(
        state__in=FINISHED
    )
    store_nominees_of(rows, successor)
    return rows.update(unit=successor)
