"""An extra year of the demo, for load and pictures: each month's exemplars nominated, judged and awarded by the same actions."""

from datetime import timedelta

from campaigns.models import Exemplar, Period
from commendations.models import Decision
from commendations.seeds.amendments import play_amendments_year
from commendations.seeds.demo import AwardDays, award_cases, submit_case
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.seeds.demo_actors import DemoActors

NOMINEES_A_MONTH = 3


def play_commendations_year(commune: Commune, periods: list[Period], who: DemoActors) -> list[Decision]:
    """One session and decision for each month; nobody is nominated twice in the year."""
    awarded: set[str] = set()
    decisions = []
    for period in periods:
        exemplars = _exemplars_to_award(period, awarded)
        awarded |= exemplars.keys()
        if exemplars:
            decisions.append(_award_month(commune, period, exemplars, who))
    play_amendments_year(decisions, who)
    return decisions


def _exemplars_to_award(period: Period, awarded: set[str]) -> dict[str, Exemplar]:
    """The first exemplars of the month by name, without those that have an award of this year."""
    rows = Exemplar.objects.filter(period=period, nothing=False, state="accepted").exclude(kind=Exemplar.COLLECTIVE)
    new = [row for row in rows.for_lists() if row.nominee_name not in awarded]
    return {row.nominee_name: row for row in new[:NOMINEES_A_MONTH]}


def _award_month(commune: Commune, period: Period, exemplars: dict[str, Exemplar], who: DemoActors) -> Decision:
    calendar = work_calendar_of(commune.pk)
    received = calendar.add(period.closed_on or period.due_on + timedelta(days=7), 1)
    days = AwardDays(received, calendar.add(received, 2), calendar.add(received, 4))
    cases = [
        submit_case(
            exemplars,
            (name, exemplar.unit.code, "Công việc thường ngày của gia đình, thôn, đơn vị.", ""),
            days.received,
            who,
        )
        for name, exemplar in exemplars.items()
    ]
    finding = f"Các trường hợp đều tiêu biểu trong tháng {period.number}/{period.year}"
    return award_cases(commune, cases, days, finding, who)
