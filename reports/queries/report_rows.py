"""The rows from which reports are counted, read once for all periods of a report; the number of queries is constant."""

from dataclasses import dataclass
from datetime import date

from campaigns.models import Exemplar, Period
from commendations.models import CouncilSession, Nomination
from reports.queries.granted_awards import GrantedAward, granted_awards


@dataclass(frozen=True)
class ReportRows:
    """Everything of a span of days that reports count."""

    exemplars: list[Exemplar]
    nominations: list[Nomination]
    sessions: list[CouncilSession]
    awards: list[GrantedAward]


def report_rows(commune_id: int, first: date, last: date) -> ReportRows:
    """The rows from one day to another: exemplars by the month or quarter for which they were sent, nominations by the day
    of receipt, sessions by their day, awards by the day of the decision.
    """
    span = (first, last)
    periods = Period.objects.filter(commune_id=commune_id, opens_on__range=span)
    exemplars = Exemplar.objects.filter(period__in=periods).sent()
    exemplars = exemplars.select_related("unit", "field", "period", "person", "household", "collective")
    nominations = Nomination.objects.filter(commune_id=commune_id, received_on__range=span).for_lists()
    sessions = CouncilSession.objects.filter(commune_id=commune_id, state="closed", held_on__range=span)
    return ReportRows(
        list(exemplars.order_by("unit__sort", "pk")),
        list(nominations.order_by("received_on", "pk")),
        list(sessions.order_by("held_on", "pk")),
        granted_awards(commune_id, first, last),
    )
