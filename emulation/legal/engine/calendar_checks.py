"""Checks of the statutes' table of days off and make-up days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from emulation.legal.engine.loader import StatuteInstrument
from emulation.legal.engine.special_days import SpecialDay, has_tet, is_weekend

SPECIAL_DAY_KINDS = {"off", "work"}


def special_day_problems(days: Iterable[SpecialDay], instruments: Mapping[str, StatuteInstrument]) -> Iterator[str]:
    """Duplicate days, make-up days that are no weekend days, wrong citations, years without Tết."""
    rows = list(days)
    seen: set[date] = set()
    for row in rows:
        if row.day in seen:
            yield f"day {row.day} is given twice"
        seen.add(row.day)
        yield from _row_problems(row, instruments)
    off = {row.day for row in rows if row.kind == "off"}
    years = {row.day.year for row in rows}
    for year in range(min(years), max(years) + 1) if years else ():
        if not has_tet(off, year):
            yield f"day: the year {year} has no Tết"


def _row_problems(row: SpecialDay, instruments: Mapping[str, StatuteInstrument]) -> Iterator[str]:
    name = f"day {row.day}"
    if row.kind not in SPECIAL_DAY_KINDS:
        yield f"{name}: {row.kind!r} is none of {sorted(SPECIAL_DAY_KINDS)}"
    if row.kind == "work" and not is_weekend(row.day):
        yield f"{name}: a make-up day falls on a Saturday or Sunday"
    if not row.name:
        yield f"{name}: no name"
    if not row.source:
        yield f"{name}: no source"
    yield from _citation_problems(row, name, instruments)


def _citation_problems(row: SpecialDay, name: str, instruments: Mapping[str, StatuteInstrument]) -> Iterator[str]:
    instrument = instruments.get(row.citation.instrument)
    if not row.citation.instrument:
        yield f"{name}: no citation"
    elif instrument is None:
        yield f"{name}: cites the unknown instrument {row.citation.instrument}"
    elif (instrument.start and row.day < instrument.start) or (instrument.end and row.day > instrument.end):
        yield f"{name}: {instrument.code} is not in force that day"
    if row.confirmed and not row.citation.article:
        yield f"{name}: confirmed without an article"
