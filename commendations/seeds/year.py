"""An extra year of the demo, for load and pictures: each month's exemplars nominated, judged and awarded by the same actions."""

from collections.abc import Generator
from datetime import date, timedelta

from campaigns.models import Exemplar, Period
from commendations.models import Decision
from commendations.seeds.amendments import amendments_story
from commendations.seeds.demo import AwardDays, award_cases, duties_of, submit_case
from commendations.seeds.unusual_cases import NOMINEES, unusual_cases_story
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import play_story

NOMINEES_A_MONTH = 3
OTHERS = 3


def play_commendations_year(commune: Commune, periods: list[Period], who: DemoActors) -> list[Decision]:
    """One session and decision for each month, then the unusual cases; nobody is nominated twice in the year."""
    before_december = periods[:-1]  # numbers are taken in the order of days, and January has decisions of its own
    nominated, unusual = _exemplars_of_unusual_cases(before_december)
    decisions = []
    for period in periods:
        exemplars = _exemplars_to_award(period, nominated)
        nominated |= exemplars.keys()
        if exemplars:
            decisions.append(play_story(_award_month(commune, period, exemplars, who)))
    decisions.append(play_story(unusual_cases_story(commune, unusual, _received(commune, before_december[-1]), who)))
    play_story(amendments_story(decisions, who))
    return decisions


def _exemplars_of_unusual_cases(periods: list[Period]) -> tuple[set[str], list[Exemplar]]:
    """The latest exemplar of each collective and of three others, and the names; the monthly sessions leave them out."""
    rows = Exemplar.objects.filter(period__in=periods, nothing=False, state="accepted")
    latest = {row.nominee_name: row for row in rows.for_lists().order_by("period__number", "pk")}
    collective = [row for row in latest.values() if row.kind == Exemplar.COLLECTIVE]
    # a school first: the heads of the unions sit on the council and would not vote on their own case
    collective.sort(key=lambda row: (row.unit.kind != Unit.SCHOOL, row.nominee_name))
    others = sorted(set(latest) - {row.nominee_name for row in collective})[-OTHERS:]
    chosen = [*(latest[name] for name in others), *collective][:NOMINEES]
    return {row.nominee_name for row in chosen}, chosen


def _exemplars_to_award(period: Period, left_out: set[str]) -> dict[str, Exemplar]:
    """The first exemplars of the month by name, without these nominees and without collectives."""
    rows = Exemplar.objects.filter(period=period, nothing=False, state="accepted").exclude(kind=Exemplar.COLLECTIVE)
    new = [row for row in rows.for_lists() if row.nominee_name not in left_out]
    return {row.nominee_name: row for row in new[:NOMINEES_A_MONTH]}


def _received(commune: Commune, period: Period) -> date:
    """The day on which the files of a month's exemplars arrive."""
    return work_calendar_of(commune.pk).add(period.closed_on or period.due_on + timedelta(days=7), 1)


def _award_month(
    commune: Commune, period: Period, exemplars: dict[str, Exemplar], who: DemoActors
) -> Generator[date, None, Decision]:
    calendar = work_calendar_of(commune.pk)
    received = _received(commune, period)
    days = AwardDays(received, calendar.add(received, 2), calendar.add(received, 4))
    yield received
    cases = [
        submit_case(
            exemplars,
            (name, exemplar.unit.code, duties_of(exemplar), ""),
            days.received,
            who,
        )
        for name, exemplar in exemplars.items()
    ]
    finding = f"Các trường hợp đều tiêu biểu trong {period.in_words}"
    return (yield from award_cases(commune, cases, days, finding, who))
