"""Checks of the statutes: a list of problems for the people who edit the files; an empty list means that they can be used."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any

from emulation.legal.engine.calendar_checks import special_day_problems
from emulation.legal.engine.law import DatedValue, LegalQuestion
from emulation.legal.engine.loader import StatuteInstrument, Statutes
from emulation.legal.engine.rules.conditions import CONDITION_TESTS, WEIGHT_NAMES

DayRange = tuple[date, date | None]
DATE_SELECTORS = {"period", "received", "decided", "issued"}


def check_statutes(statutes: Statutes) -> list[str]:
    """Every problem: unknown codes and instruments, missing citations, wrong shapes, overlaps and gaps."""
    problems = list(statutes.problems)
    problems += _duplicates("award", [award.code for award in statutes.awards])
    problems += _duplicates("code", [code.code for code in statutes.codes])
    problems += _duplicates("instrument", [instrument.code for instrument in statutes.instruments])
    problems += _duplicates("regime", [regime.code for regime in statutes.regimes])
    problems += _spans("regimes", [(regime.start, regime.end) for regime in statutes.regimes])
    instruments = {instrument.code: instrument for instrument in statutes.instruments}
    codes = {code.code: code for code in statutes.codes}
    for code in statutes.codes:
        if code.shape not in _SHAPES:
            problems.append(f"{code.code}: unknown shape {code.shape}")
        if code.selected_by not in DATE_SELECTORS:
            problems.append(f"{code.code}: selected by {code.selected_by}, which is no date of a case")
    for instrument in statutes.instruments:
        problems += _instrument_problems(instrument, instruments)
    for value in statutes.values:
        problems += _value_problems(value, codes, instruments)
    spans: dict[tuple[str, str, str], list[DayRange]] = {}
    for value in statutes.values:
        spans.setdefault((value.code, value.subject, value.kind), []).append((value.start, value.end))
    for code in statutes.codes:
        for subject, kind in code.combinations():
            problems += _coverage(code, subject, kind, spans.get((code.code, subject, kind), []))
    problems += special_day_problems(statutes.days, instruments)
    return problems + list(_awards(statutes))


def _awards(statutes: Statutes) -> Iterator[str]:
    """Every award has at least one condition on every day for each kind of subject, and tests name known awards only."""
    known = {award.code for award in statutes.awards}
    held: dict[tuple[str, str], list[DayRange]] = {}
    for value in statutes.values:
        if isinstance(value.content, dict) and "test" in value.content:
            held.setdefault((value.code.split(".")[0], value.subject), []).append((value.start, value.end))
            for other in sorted(set(_named(value.content["test"])) - known):
                yield f"{_name(value)}: names the unknown award {other}"
    for award in statutes.awards:
        for subject in award.subjects:
            spans = held.get((award.code, subject), [])
            for regime in statutes.regimes:
                if not any(start <= regime.start and (end is None or end >= regime.start) for start, end in spans):
                    yield f"{award.code} {subject}: no condition at all on {regime.start}"


def _named(test: Any) -> Iterator[str]:
    """The awards that a test and its parts name."""
    for part in test.get("of", []) if isinstance(test.get("of"), list) else []:
        yield from _named(part)
    yield from test.get("awards", [])


def _duplicates(what: str, codes: list[str]) -> Iterator[str]:
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield f"{what} {code} is given twice"


def _instrument_problems(instrument: StatuteInstrument, known: dict[str, StatuteInstrument]) -> Iterator[str]:
    name = f"instrument {instrument.code}"
    if not instrument.name or not instrument.source:
        yield f"{name}: no name or no source"
    if not instrument.number and not instrument.local:
        yield f"{name}: no number"
    for other in (instrument.replaced_by, instrument.amends):
        if other and other not in known:
            yield f"{name}: names the unknown instrument {other}"
    if instrument.start and instrument.end and instrument.end < instrument.start:
        yield f"{name}: ends before it begins"
    if instrument.signed and instrument.start and instrument.start < instrument.signed:
        yield f"{name}: in force before it was signed"


def _name(value: DatedValue) -> str:
    return " ".join(filter(None, [value.code, value.subject, value.kind, f"from {value.start}"]))


def _value_problems(
    value: DatedValue, codes: dict[str, LegalQuestion], instruments: dict[str, StatuteInstrument]
) -> Iterator[str]:
    name = _name(value)
    code = codes.get(value.code)
    if code is None:
        yield f"{name}: unknown code {value.code}"
        return
    if (value.subject, value.kind) not in set(code.combinations()):
        yield f"{name}: {value.code} is not asked for subject {value.subject!r}, kind {value.kind!r}"
    if not value.source:
        yield f"{name}: no source"
    if value.end and value.end < value.start:
        yield f"{name}: ends before it begins"
    if wrong := shape_problem(code, value.content):
        yield f"{name}: {wrong}"
    yield from _citation_problems(value, instruments)


def _citation_problems(value: DatedValue, instruments: dict[str, StatuteInstrument]) -> Iterator[str]:
    name, cited = _name(value), value.citation
    instrument = instruments.get(cited.instrument)
    if not cited.instrument:
        yield f"{name}: no citation"
        return
    if instrument is None:
        yield f"{name}: cites the unknown instrument {cited.instrument}"
        return
    if value.confirmed and not cited.article:
        yield f"{name}: confirmed without an article"
    if value.confirmed and not instrument.confirmed and instrument.local:
        yield f"{name}: confirmed by {instrument.code}, whose text is not here"
    if instrument.start and value.start < instrument.start:
        yield f"{name}: holds before {instrument.code} is in force"
    if instrument.end and not value.needs_review and (value.end is None or value.end > instrument.end):
        yield f"{name}: holds after {instrument.code} is no longer in force"
    if value.code == "basis":
        yield from _basis_problems(value, instruments)


def _basis_problems(value: DatedValue, instruments: dict[str, StatuteInstrument]) -> Iterator[str]:
    """No paper may name an instrument that is not in force on its day, reviewed or not."""
    for line in value.content if isinstance(value.content, list) else []:
        instrument = instruments.get(line["instrument"])
        if instrument is None or not line["text"]:
            yield f"{_name(value)}: no căn cứ words for {line['instrument']}"
        elif instrument.start and value.start < instrument.start:
            yield f"{_name(value)}: names {instrument.code} before it is in force"
        elif instrument.end and (value.end is None or value.end > instrument.end):
            yield f"{_name(value)}: names {instrument.code} after its end"


def _coverage(code: LegalQuestion, subject: str, kind: str, given: list[DayRange]) -> Iterator[str]:
    name = " ".join(filter(None, [code.code, subject, kind]))
    spans = sorted(given, key=lambda span: span[0])
    if code.sparse:  # it may begin late and end for good, but not stop in between
        yield from _between(name, spans)
        return
    if not spans:
        yield f"{name}: no value at all"
        return
    if spans[0][0] > code.since:
        yield f"{name}: gap from {code.since} to {spans[0][0] - timedelta(days=1)}"
    yield from _spans(name, spans)


def _spans(name: str, spans: list[DayRange]) -> Iterator[str]:
    """Overlaps and gaps between neighbours; the last span must be open."""
    yield from _between(name, spans)
    if spans and spans[-1][1] is not None:
        yield f"{name}: gap from {spans[-1][1] + timedelta(days=1)} on"


def _between(name: str, spans: list[DayRange]) -> Iterator[str]:
    for (_, end), (start, _) in pairwise(spans):
        if end is None or start <= end:
            yield f"{name}: overlap on {start}"
        elif start > end + timedelta(days=1):
            yield f"{name}: gap from {end + timedelta(days=1)} to {start - timedelta(days=1)}"


# ── shapes: each gives what is wrong with a content, or nothing ──────────────────────────────────


def _decimal(content: Any, code: LegalQuestion) -> str:
    try:
        return "" if isinstance(content, str) and Decimal(content) >= 0 else f"{content!r} is negative"
    except InvalidOperation:
        return f"{content!r} is no number"


def _money(content: Any, code: LegalQuestion) -> str:
    return "" if type(content) is int and content > 0 else f"{content!r} is no sum in đồng"


def _choice(content: Any, code: LegalQuestion) -> str:
    return "" if content in code.choices else f"{content!r} is none of {sorted(code.choices)}"


def _text(content: Any, code: LegalQuestion) -> str:
    return "" if isinstance(content, str) else f"{content!r} is no text"


def _vote(content: Any, code: LegalQuestion) -> str:
    if not isinstance(content, dict) or set(content) != {"percent", "strict", "mode"}:
        return f"{content!r} is no rule of a vote"
    fit = type(content["percent"]) is int and 0 < content["percent"] <= 100 and type(content["strict"]) is bool
    return "" if fit and content["mode"] in {"hands", "ballot"} else f"{content!r} is no rule of a vote"


def _fraction(content: Any, code: LegalQuestion) -> str:
    if not isinstance(content, dict) or set(content) != {"numerator", "denominator"}:
        return f"{content!r} is no fraction"
    return "" if 0 < content["numerator"] <= content["denominator"] else f"{content!r} is no part of a whole"


def _records(*keys: str) -> Any:
    def wrong(content: Any, code: LegalQuestion) -> str:
        if not isinstance(content, list) or not content:
            return f"{content!r} is no list"
        for item in content:
            if not isinstance(item, dict) or not all(isinstance(item.get(key), str) and item[key] for key in keys):
                return f"{item!r} lacks {' or '.join(keys)}"
        named = [item[keys[0]] for item in content]
        return "" if len(set(named)) == len(named) else "the same item twice"

    return wrong


def _certificate(content: Any, code: LegalQuestion) -> str:
    asked = {"width_mm", "height_mm", "emblem", "act", "title", "decider_colour", "title_colour", "register_label"}
    return "" if isinstance(content, dict) and set(content) == asked else f"a certificate has {sorted(asked)}"


def _condition(content: Any, code: LegalQuestion) -> str:
    test = content.get("test") if isinstance(content, dict) else None
    if not isinstance(test, dict) or content.get("weighs") not in WEIGHT_NAMES:
        return f"{content!r} is no condition"
    return next(
        (f"unknown test {part.get('name')}" for part in _parts(test) if part.get("name") not in CONDITION_TESTS), ""
    )


def _parts(test: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield test
    for part in test.get("of", []) if isinstance(test.get("of"), list) else []:
        yield from _parts(part)


def _quota(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, dict) and set(content) == {"percent", "of"} and 0 < content["percent"] <= 100
    return "" if content == {} or (fit and content["of"] in code.choices) else f"{content!r} is no quota"


def _preference(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, dict) and set(content) == {"women", "women_percent"}
    return "" if fit else f"{content!r} is no rule of preference"


def _procedure(content: Any, code: LegalQuestion) -> str:
    if not isinstance(content, dict) or content.get("needs") not in {"any", "all"}:
        return f"{content!r} is no rule of procedure"
    return str(_records("code", "name")(content.get("cases"), code))


def _kinds(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, list) and set(content) <= set(code.choices)
    return "" if fit else f"{content!r} names an unknown kind"


def _month_day(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, str) and re.fullmatch(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", content)
    return "" if fit else f"{content!r} is no day of the year"


def _days(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, dict) and set(content) == {"days", "working"} and type(content["working"]) is bool
    return "" if fit and type(content["days"]) is int and content["days"] > 0 else f"{content!r} is no number of days"


def shape_problem(code: LegalQuestion, content: Any) -> str:
    """What is wrong with a content as an answer to this question; "" when it fits. For editors, not for the page."""
    return str(_SHAPES.get(code.shape, lambda content, code: "")(content, code))


_SHAPES: dict[str, Any] = {
    "decimal": _decimal,
    "money": _money,
    "choice": _choice,
    "text": _text,
    "vote": _vote,
    "fraction": _fraction,
    "checklist": _records("code", "label"),
    "names": _records("code", "name"),
    "basis": _records("instrument", "text"),
    "certificate": _certificate,
    "month_day": _month_day,
    "condition": _condition,
    "quota": _quota,
    "preference": _preference,
    "procedure": _procedure,
    "kinds": _kinds,
    "days": _days,
}
