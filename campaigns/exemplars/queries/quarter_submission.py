"""Queries about quarter submissions: what units have submitted to a quarter, and what they may submit."""

from typing import Any

from django.db.models import Count

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.quarter_submission import QuarterSubmission
from campaigns.exemplars.rules.period import months_of_quarter, quarter_of_month
from villages.models import Unit


def quarter_for(exemplar: Exemplar) -> Period | None:
    """The quarter to which the month of an exemplar belongs, if it was opened."""
    month = exemplar.period
    if month.kind != Period.MONTH:
        return None
    return Period.objects.filter(
        commune_id=month.commune_id, kind=Period.QUARTER, year=month.year, number=quarter_of_month(month.number)
    ).first()


def submission_counts(periods: list[Period], units: Any = None) -> dict[tuple[int, int], int]:
    """The number of submissions by (period id, unit id); one query, none without quarters."""
    quarters = [period for period in periods if period.kind == Period.QUARTER]
    if not quarters:
        return {}
    rows = QuarterSubmission.objects.filter(period__in=quarters)
    if units is not None:
        rows = rows.filter(unit__in=units)
    pairs = rows.order_by().values_list("period_id", "unit_id").annotate(Count("pk"))
    return {(period_id, unit_id): count for period_id, unit_id, count in pairs}


def submittable_exemplars(units: list[Unit], quarters: list[Period]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """Exemplars that units may submit to quarters, by (quarter id, unit id), each with `picked`: already submitted; two queries."""
    if not units or not quarters:
        return {}
    by_month: dict[tuple[int, int], Period] = {}
    for quarter in quarters:
        for month in months_of_quarter(quarter.number):
            by_month[quarter.year, month] = quarter
    rows = Exemplar.objects.filter(
        unit__in=units,
        period__kind=Period.MONTH,
        period__year__in={quarter.year for quarter in quarters},
        period__number__in={month for _, month in by_month},
        state__in=Exemplar.VALID,
        nothing=False,
    ).for_lists()
    picked = set(QuarterSubmission.objects.filter(period__in=quarters).values_list("period_id", "exemplar_id"))
    found: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows.order_by("period__opens_on", "pk")[:200]:
        own_quarter = by_month.get((row.period.year, row.period.number))
        if own_quarter is not None:
            lines = found.setdefault((own_quarter.pk, row.unit_id), [])
            lines.append({"exemplar": row, "picked": (own_quarter.pk, row.pk) in picked})
    return found
