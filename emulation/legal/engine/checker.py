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
from emulation.legal.engine.rules.condition_base import WEIGHT_NAMES
from emulation.legal.engine.rules.conditions import CONDITION_TESTS

DayRange = tuple[date, date | None]
DATE_SELECTORS = {"period", "received", "decided", "issued"}


def check_statutes(statutes: Statutes) -> list[str]:
    """Every problem: unknown codes and instruments, missing citations, wrong shapes, overlaps and gaps."""
    instruments = {instrument.code: instrument for instrument in statutes.instruments}
    codes = {code.code: code for code in statutes.codes}
    problems = list(statutes.problems)
    problems += _duplicates("award", [award.code for award in statutes.awards])
    problems += _duplicates("code", [code.code for code in statutes.codes])
    problems += _duplicates("instrument", [instrument.code for instrument in statutes.instruments])
    problems += _duplicates("regime", [regime.code for regime in statutes.regimes])
    problems += _spans("regimes", [(regime.start, regime.end) for regime in statutes.regimes])
    for code in statutes.codes:
        problems += _question_problems(code)
    for instrument in statutes.instruments:
        problems += _instrument_problems(instrument, instruments)
    for value in statutes.values:
        problems += _value_problems(value, codes, instruments)
    problems += _coverage_problems(statutes)
    problems += special_day_problems(statutes.days, instruments)
    problems += _unknown_award_problems(statutes)
    problems += _missing_condition_problems(statutes)
    return problems


def _question_problems(code: LegalQuestion) -> Iterator[str]:
    if code.shape not in _SHAPES:
        yield f"{code.code}: unknown shape {code.shape}"
    if code.selected_by not in DATE_SELECTORS:
        yield f"{code.code}: selected by {code.selected_by}, which is no date of a case"


def _coverage_problems(statutes: Statutes) -> Iterator[str]:
    spans: dict[tuple[str, str, str], list[DayRange]] = {}
    for value in statutes.values:
        spans.setdefault((value.code, value.subject, value.kind), []).append((value.start, value.end))
    for code in statutes.codes:
        for subject, kind in code.combinations():
            yield from _coverage(code, subject, kind, spans.get((code.code, subject, kind), []))


def _condition_values(statutes: Statutes) -> list[DatedValue]:
    return [value for value in statutes.values if isinstance(value.content, dict) and "test" in value.content]


def _unknown_award_problems(statutes: Statutes) -> Iterator[str]:
    """Tests may name awards of the catalogue only."""
    award_codes = {award.code for award in statutes.awards}
    for value in _condition_values(statutes):
        for other in sorted(set(_awards_in_test(value.content["test"])) - award_codes):
            yield f"{_name(value)}: names the unknown award {other}"


def _missing_condition_problems(statutes: Statutes) -> Iterator[str]:
    """Every award has at least one condition for each kind of subject when a regime begins."""
    spans: dict[tuple[str, str], list[DayRange]] = {}
    for value in _condition_values(statutes):
        spans.setdefault((value.code.split(".")[0], value.subject), []).append((value.start, value.end))
    for award in statutes.awards:
        for subject in award.subjects:
            for regime in statutes.regimes:
                if not _any_contains(spans.get((award.code, subject), []), regime.start):
                    yield f"{award.code} {subject}: no condition at all on {regime.start}"


def _any_contains(spans: list[DayRange], day: date) -> bool:
    return any(start <= day and (end is None or end >= day) for start, end in spans)


def _awards_in_test(test: Any) -> Iterator[str]:
    """Codes of the awards that a test and its parts name."""
    for part in test.get("of", []) if isinstance(test.get("of"), list) else []:
        yield from _awards_in_test(part)
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
    yield from _instrument_date_problems(instrument, name)


def _instrument_date_problems(instrument: StatuteInstrument, name: str) -> Iterator[str]:
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
        yield f"{name}: {value.code} has no subject {value.subject!r}, kind {value.kind!r}"
    if not value.source:
        yield f"{name}: no source"
    if value.end and value.end < value.start:
        yield f"{name}: ends before it begins"
    if problem := shape_problem(code, value.content):
        yield f"{name}: {problem}"
    yield from _citation_problems(value, instruments)


def _citation_problems(value: DatedValue, instruments: dict[str, StatuteInstrument]) -> Iterator[str]:
    name = _name(value)
    citation = value.citation
    instrument = instruments.get(citation.instrument)
    if not citation.instrument:
        yield f"{name}: no citation"
        return
    if instrument is None:
        yield f"{name}: cites the unknown instrument {citation.instrument}"
        return
    if value.confirmed and not citation.article:
        yield f"{name}: confirmed without an article"
    if value.confirmed and not instrument.confirmed and instrument.local:
        yield f"{name}: confirmed by {instrument.code}, whose text is not available"
    yield from _validity_problems(value, instrument)
    if value.code == "basis":
        yield from _basis_problems(value, instruments)


def _validity_problems(value: DatedValue, instrument: StatuteInstrument) -> Iterator[str]:
    """Days on which the value is in force and its instrument is not; a value to be reviewed may outlast it."""
    if instrument.start and value.start < instrument.start:
        yield f"{_name(value)}: in force before {instrument.code}"
    if instrument.end and not value.needs_review and (value.end is None or value.end > instrument.end):
        yield f"{_name(value)}: in force after the end of {instrument.code}"


def _basis_problems(value: DatedValue, instruments: dict[str, StatuteInstrument]) -> Iterator[str]:
    """A paper may only name instruments in force on its day, even where the value needs review."""
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
    if code.sparse:  # may begin late and end early, but without a gap in between
        yield from _between(name, spans)
        return
    if not spans:
        yield f"{name}: no value at all"
        return
    if spans[0][0] > code.since:
        yield f"{name}: gap from {code.since} to {spans[0][0] - timedelta(days=1)}"
    yield from _spans(name, spans)


def _spans(name: str, spans: list[DayRange]) -> Iterator[str]:
    """Overlaps and gaps between neighbours; the last range must be open."""
    yield from _between(name, spans)
    if spans and spans[-1][1] is not None:
        yield f"{name}: gap from {spans[-1][1] + timedelta(days=1)} on"


def _between(name: str, spans: list[DayRange]) -> Iterator[str]:
    for (_, end), (start, _) in pairwise(spans):
        if end is None or start <= end:
            yield f"{name}: overlap on {start}"
        elif start > end + timedelta(days=1):
            yield f"{name}: gap from {end + timedelta(days=1)} to {start - timedelta(days=1)}"


# ── shapes: each function returns what is wrong with a content, or "" ────────────────────────────


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
    def problem(content: Any, code: LegalQuestion) -> str:
        if not isinstance(content, list) or not content:
            return f"{content!r} is no list"
        for item in content:
            if not isinstance(item, dict) or not all(isinstance(item.get(key), str) and item[key] for key in keys):
                return f"{item!r} lacks {' or '.join(keys)}"
        identifiers = [item[keys[0]] for item in content]
        return "" if len(set(identifiers)) == len(identifiers) else "the same item twice"

    return problem


def _certificate(content: Any, code: LegalQuestion) -> str:
    keys = {"width_mm", "height_mm", "emblem", "act", "title", "decider_colour", "title_colour", "register_label"}
    return "" if isinstance(content, dict) and set(content) == keys else f"a certificate has {sorted(keys)}"


def _condition(content: Any, code: LegalQuestion) -> str:
    test = content.get("test") if isinstance(content, dict) else None
    if not isinstance(test, dict) or content.get("weighs") not in WEIGHT_NAMES:
        return f"{content!r} is no condition"
    for part in _parts(test):
        if part.get("name") not in CONDITION_TESTS:
            return f"unknown test {part.get('name')}"
    return ""


def _parts(test: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The test and all tests inside it."""
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


def _last_month_day(content: Any, code: LegalQuestion) -> str:
    return "" if type(content) is int and 1 <= content <= 31 else f"{content!r} is no day of a month"


def _months(content: Any, code: LegalQuestion) -> str:
    return "" if type(content) is int and 1 <= content <= 120 else f"{content!r} is no number of months"


def _percent(content: Any, code: LegalQuestion) -> str:
    return "" if type(content) is int and 0 < content <= 100 else f"{content!r} is no percentage"


def _days(content: Any, code: LegalQuestion) -> str:
    fit = isinstance(content, dict) and set(content) == {"days", "working"} and type(content["working"]) is bool
    return "" if fit and type(content["days"]) is int and content["days"] > 0 else f"{content!r} is no number of days"


def shape_problem(code: LegalQuestion, content: Any) -> str:
    """What is wrong with a content as an answer to this question, "" when it fits; in English, for editors of the statutes."""
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
    "last_month_day": _last_month_day,
    "months": _months,
    "percent": _percent,
    "condition": _condition,
    "quota": _quota,
    "preference": _preference,
    "procedure": _procedure,
    "kinds": _kinds,
    "days": _days,
}
