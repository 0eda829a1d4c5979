"""Registrations of a unit that is closed: one that it may still answer in time is asked of its successor."""

from datetime import date

from django.db.models.functions import Coalesce

from campaigns.campaigns.models.registration import Registration
from villages.actions.unit_change_values import carried_tables
from villages.actions.unit_moves import unit_carriers
from villages.models import Unit

carried_tables.add("registrations", Registration)


@unit_carriers.register("registrations")
def carry_registrations(closed: Unit, successor: Unit, on: date) -> int:
    """Gives the successor the open registrations of campaigns that did not ask it; returns how many.

    Not those that were due before that day: of the new unit nothing of before is asked. What the closed unit has begun
    to answer it may finish, whenever that was due.
    """
    asked = list(Registration.objects.filter(unit=successor).values_list("campaign_id", flat=True))
    rows = Registration.objects.filter(unit=closed, state__in=Registration.OPEN)
    due = Coalesce("campaign__register_until", "campaign__register_by")
    overdue = rows.alias(due=due).filter(state=Registration.WAITING, due__lt=on).values_list("pk", flat=True)
    rows = rows.exclude(pk__in=list(overdue))
    return rows.exclude(campaign_id__in=asked).update(unit=successor)
