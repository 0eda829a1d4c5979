"""Which fields of emulation are covered by campaigns and exemplars in a year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.models.registration import Registration
from campaigns.catalogue.models import Field
from campaigns.exemplars.models.exemplar import Exemplar


@dataclass(frozen=True)
class CoveredField:
    """One field in one year: its campaigns; the numbers of registered units, exemplars, and units with exemplars."""

    field: Field
    campaigns: list[Campaign]
    units: int
    exemplars: int
    from_units: int


def field_coverage(user: Any, year: int) -> list[CoveredField]:
    """Every active field with its campaigns and exemplars of that year; four queries."""
    launched = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False)
    campaigns = list(launched.not_cancelled().filter(field__isnull=False).for_lists())
    units: dict[int, set[int]] = {}
    answered = Registration.objects.filter(campaign__in=campaigns, state=Registration.REGISTERED)
    for field_id, unit_id in answered.order_by().values_list("campaign__field_id", "unit_id"):
        units.setdefault(field_id or 0, set()).add(unit_id)
    rows = Exemplar.objects.of(user).filter(period__year=year).accepted()
    counts = {
        field_id: (exemplars, from_units)
        for field_id, exemplars, from_units in rows.order_by()
        .values_list("field_id")
        .annotate(Count("pk"), Count("unit", distinct=True))
    }
    return [
        CoveredField(
            field,
            [campaign for campaign in campaigns if campaign.field_id == field.pk],
            len(units.get(field.pk, ())),
            *counts.get(field.pk, (0, 0)),
        )
        for field in Field.objects.filter(is_active=True)
    ]


def campaigns_of_all_fields(user: Any, year: int) -> list[Campaign]:
    """Launched campaigns of the year without a field: they cover all fields."""
    rows = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False, field=None)
    return list(rows.not_cancelled().for_lists())
