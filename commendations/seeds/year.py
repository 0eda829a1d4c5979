"""An extra year of the demo, for load and pictures: each month's exemplars nominated, judged and awarded by the same actions."""

from collections.abc import Generator
from datetime import date, timedelta
from itertools import chain
from typing import Any

from campaigns.models import Exemplar, Period
from campaigns.seeds import months
from commendations.models import Decision
from commendations.seeds.amendments import amendments_story
from commendations.seeds.demo import AwardDays, award_cases, day_in, submit_case, sudden_achievement
from commendations.seeds.duties import duties_of
from commendations.seeds.unusual_cases import NOMINEES, unusual_cases_story
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit
from villages.seeds.demo_actors import DemoActors
from villages.seeds.demo_clock import Story

NOMINEES_A_MONTH = 3
OTHERS = 3
SUDDEN_FINDING = "Thành tích đột xuất, cần được biểu dương kịp thời"


def commendations_year_story(commune: Commune, year: int, who: DemoActors) -> Story:
    """One session and decision for each month with new nominees and for each sudden deed, then the unusual cases.

    Each act is on its day. Nobody is nominated twice in the year. Returns a summary in Vietnamese.
    """
    nominated = _nominees_of_unusual_cases()
    decisions: list[Decision] = []
    sudden: list[Decision] = []
    for month in range(1, 12):  # the files of December arrive in January, which has decisions of its own
        for day in _days_of_sudden_deeds(year, month):
            yield day
            for exemplar in _sudden_exemplars(commune, day, nominated):
                nominated.add(exemplar.nominee_name)
                sudden.append((yield from _award_sudden_deed(commune, exemplar, day, who)))
        yield date(year, month + 1, 1)
        period = Period.objects.get(commune=commune, kind=Period.MONTH, year=year, number=month)
        received = work_calendar_of(commune.pk).add(months.closing_day(period), 1)
        yield received
        exemplars = _exemplars_to_award(period, nominated | {entry["name"] for entry in _sudden_deeds()})
        nominated |= exemplars.keys()
        if exemplars:
            decisions.append((yield from _award_month(commune, period, exemplars, received, who)))
    unusual = _exemplars_of_unusual_cases(commune, year)
    decisions.append((yield from unusual_cases_story(commune, unusual, received, who)))
    yield from amendments_story(decisions, who)
    everything = [*decisions, *sudden]
    return f"{len(everything)} quyết định, {sum(decision.awards.count() for decision in everything)} lượt khen"


def _nominees_of_unusual_cases() -> set[str]:
    """People of the demo whom the monthly sessions leave out."""
    sent = chain.from_iterable(month["sent"] for month in months.answers_by_month().values())
    return set(sorted({entry["name"] for entry in sent if entry["kind"] == Exemplar.PERSON})[-OTHERS:])


def _exemplars_of_unusual_cases(commune: Commune, year: int) -> list[Exemplar]:
    """The latest exemplar before December of each of these people and of each collective."""
    rows = Exemplar.objects.filter(
        period__commune=commune, period__kind=Period.MONTH, period__year=year, period__number__lt=12, nothing=False,
        state="accepted",
    )  # fmt: skip
    latest = {row.nominee_name: row for row in rows.for_lists().order_by("period__number", "pk")}
    collective = [row for row in latest.values() if row.kind == Exemplar.COLLECTIVE]
    # a school first: the heads of the unions sit on the council and would not vote on their own case
    collective.sort(key=lambda row: (row.unit.kind != Unit.SCHOOL, row.nominee_name))
    others = [latest[name] for name in sorted(_nominees_of_unusual_cases())]
    return [*others, *collective][:NOMINEES]


def _sudden_deeds() -> list[dict[str, Any]]:
    """What units send of deeds done at once, on the day after the deed."""
    sent = chain.from_iterable(answers["sent"] for answers in months.answers_by_month().values())
    return [entry for entry in sent if sudden_achievement(entry.get("other_deed", ""))]


def _days_of_sudden_deeds(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in sorted({entry["day"] for entry in _sudden_deeds()})]


def _sudden_exemplars(commune: Commune, day: date, left_out: set[str]) -> list[Exemplar]:
    """The exemplars of the month with a deed of the day before, of people that are not left out."""
    rows = Exemplar.objects.filter(
        period__commune=commune, period__kind=Period.MONTH, period__year=day.year, period__number=day.month,
        nothing=False, state="accepted", kind=Exemplar.PERSON,
    )  # fmt: skip
    night = day - timedelta(days=1)
    sudden = [row for row in rows.for_lists() if sudden_achievement(row.deed) and day_in(row.deed) == night]
    return [row for row in sudden if row.nominee_name not in left_out]


def _award_sudden_deed(
    commune: Commune, exemplar: Exemplar, day: date, who: DemoActors
) -> Generator[date, None, Decision]:
    """Nominated on the day after the deed, awarded on the next working day."""
    next_day = work_calendar_of(commune.pk).add(day, 1)
    name = exemplar.nominee_name
    case = submit_case({name: exemplar}, (name, exemplar.unit.code, duties_of(exemplar), ""), day, who)
    return (yield from award_cases(commune, [case], AwardDays(day, next_day, next_day), SUDDEN_FINDING, who))


def _exemplars_to_award(period: Period, left_out: set[str]) -> dict[str, Exemplar]:
    """The first exemplars of the month by name, without these nominees and without collectives."""
    rows = Exemplar.objects.filter(period=period, nothing=False, state="accepted").exclude(kind=Exemplar.COLLECTIVE)
    new = [row for row in rows.for_lists() if row.nominee_name not in left_out]
    return {row.nominee_name: row for row in new[:NOMINEES_A_MONTH]}


def _award_month(
    commune: Commune, period: Period, exemplars: dict[str, Exemplar], received: date, who: DemoActors
) -> Generator[date, None, Decision]:
    calendar = work_calendar_of(commune.pk)
    days = AwardDays(received, calendar.add(received, 2), calendar.add(received, 4))
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
