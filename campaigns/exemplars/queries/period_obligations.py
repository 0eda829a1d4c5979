"""Periods that units still have to answer, as obligations for reminders."""

from datetime import date

from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.period import must_answer
from campaigns.exemplars.queries.quarter_submission import submission_counts
from campaigns.obligations.queries import Obligation, obligation_sources
from emulation.core.formatting import lower_first
from villages.models import Unit


@obligation_sources.register("period")
def period_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Open periods that units must answer and have not answered; three queries, with quarters four."""
    periods = list(Period.objects.filter(commune_id=commune_id, closed_on=None, opens_on__lte=on))
    if not periods:
        return []
    answered = set(Exemplar.objects.filter(period__in=periods).sent().values_list("period_id", "unit_id").distinct())
    answered.update(submission_counts(periods))
    units = list(Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE))
    obligations = []
    for period in periods:
        missing = [unit for unit in units if must_answer(period, unit) and (period.pk, unit.pk) not in answered]
        obligations += [_obligation(period, unit) for unit in missing]
    return obligations


def _obligation(period: Period, unit: Unit) -> Obligation:
    return Obligation(
        commune_id=period.commune_id,
        kind="period",
        object_id=period.pk,
        unit_id=unit.pk,
        title=f"gửi điển hình {lower_first(str(period))}",
        short_title=str(period),
        requested_on=period.requested_on,
        due_on=period.due_on,
        link=reverse("campaigns:month"),
    )
