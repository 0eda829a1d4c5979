"""Registrations of a unit that is closed: one that it has not answered is asked of its successor."""

from datetime import date

from campaigns.campaigns.models.registration import Registration
from villages.actions.unit_change_values import carried_tables
from villages.actions.unit_moves import unit_carriers
from villages.models import Unit

carried_tables.add("registrations", Registration)


@unit_carriers.register("registrations")
def carry_registrations(closed: Unit, successor: Unit, on: date) -> int:
    """Gives the successor the open registrations of campaigns that did not ask it; returns how many."""
    asked = list(Registration.objects.filter(unit=successor).values_list("campaign_id", flat=True))
    rows = Registration.objects.filter(unit=closed, state__in=Registration.OPEN)
    return rows.exclude(campaign_id__in=asked).update(unit=successor)
