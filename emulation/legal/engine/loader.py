"""Reads `statutes/*.toml` into values; `checker.check_statutes` reports what is wrong with them. Pure."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from emulation.legal.engine.law import AwardType, Citation, DatedValue, Law, LegalQuestion
from emulation.legal.engine.special_days import SpecialDay

STATUTES_DIR = Path(__file__).parent.parent / "statutes"
# In the order of reading: later tables refer to rows of earlier ones.
STATUTE_TABLES = ("award", "code", "instrument", "regime", "condition", "value", "day")
Row = dict[str, Any]


@dataclass(frozen=True)
class StatuteInstrument:
    """A law, decree, circular or local rule; first and last day in force as far as known."""

    code: str
    number: str
    name: str
    source: str
    signed: date | None = None
    start: date | None = None
    end: date | None = None
    replaced_by: str = ""
    amends: str = ""
    basis: str = ""
    local: bool = False
    confirmed: bool = True


@dataclass(frozen=True)
class Regime:
    """A period under one body of law."""

    code: str
    name: str
    start: date
    end: date | None
    needs_review: bool = False
    lapsed: bool = False
    note: str = ""


@dataclass
class Statutes:
    """The content of all files; `problems` are the ones found while reading."""

    awards: list[AwardType] = field(default_factory=list)
    codes: list[LegalQuestion] = field(default_factory=list)
    instruments: list[StatuteInstrument] = field(default_factory=list)
    regimes: list[Regime] = field(default_factory=list)
    values: list[DatedValue] = field(default_factory=list)
    days: list[SpecialDay] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def law(self) -> Law:
        return Law(self.codes, self.values, self.awards)


@cache
def shipped_statutes() -> Statutes:
    """The statutes of this release, read once in each process."""
    return load_statutes(STATUTES_DIR)


@cache
def legal_questions() -> dict[str, LegalQuestion]:
    """The questions of this release by code."""
    return {code.code: code for code in shipped_statutes().codes}


def regime_on(day: date) -> Regime | None:
    """The regime of that day; None before the first."""
    for regime in shipped_statutes().regimes:
        if regime.start <= day and (regime.end is None or day <= regime.end):
            return regime
    return None


def load_statutes(folder: Path) -> Statutes:
    """All tables of all files in the folder, values expanded over their regimes, subjects and kinds."""
    statutes = Statutes()
    tables = _read_tables(folder, statutes)
    for table in STATUTE_TABLES:
        for row in tables[table]:
            _read_row(table, row, statutes)
    return statutes


def _read_tables(folder: Path, statutes: Statutes) -> dict[str, list[Row]]:
    tables: dict[str, list[Row]] = {name: [] for name in STATUTE_TABLES}
    for path in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).items():
            if table in tables:
                tables[table] += [{**row, "_file": path.name} for row in rows]
            else:
                statutes.problems.append(f"{path.name}: unknown table [{table}]")
    return tables


def _read_row(table: str, row: Row, statutes: Statutes) -> None:
    """Adds the row to the statutes, or the reason why it cannot be read to their problems."""
    try:
        _ROW_READERS[table](row, statutes)
    except (KeyError, TypeError, ValueError) as error:
        statutes.problems.append(
            f"{row['_file']}: {row.get('code') or row.get('date', '?')}: {type(error).__name__} {error}"
        )


def _fields(row: Row, **renamed: str) -> dict[str, Any]:
    return {renamed.get(name, name): value for name, value in row.items() if name != "_file"}


def _award(row: Row) -> AwardType:
    return AwardType(**{**_fields(row), "subjects": tuple(row["subjects"])})


def _codes(row: Row, statutes: Statutes) -> list[LegalQuestion]:
    """One question; `*.vote` is one question for each award (in `awards`, or all), limited to the subjects of the award."""
    fields = _fields(row)
    awards = fields.pop("awards", None)
    for name in ("subjects", "kinds"):
        fields[name] = tuple(fields.get(name, ()))
    if not row["code"].startswith("*."):
        return [LegalQuestion(**fields)]
    by_code = {award.code: award for award in statutes.awards}
    return [_question_of_award(by_code[code], fields) for code in (awards or by_code)]


def _question_of_award(award: AwardType, fields: dict[str, Any]) -> LegalQuestion:
    own_fields = {
        "code": f"{award.code}.{fields['code'].removeprefix('*.')}",
        "label": fields["label"].format(name=award.name),
        "subjects": tuple(subject for subject in fields["subjects"] if subject in award.subjects),
        "award": award.code,
    }
    return LegalQuestion(**{**fields, **own_fields})


def _add_condition(row: Row, statutes: Statutes) -> None:
    """Adds a sparse question for each award that the condition names, and its values."""
    fields = _fields(row)
    label = fields.pop("label")
    content = {key: fields.pop(key) for key in CONDITION_KEYS if key in fields}
    content.setdefault("weighs", "block")
    declared = {code.code for code in statutes.codes}
    for award in _awards_named(fields.pop("award"), statutes):
        code = f"{award.code}.{row['code']}"
        if code not in declared:
            statutes.codes.append(_condition_question(code, label, award))
        subjects = _as_list(fields.get("subject", list(award.subjects)))
        own_row = {
            **fields,
            "code": code,
            "subject": [subject for subject in subjects if subject in award.subjects],
            "value": {"label": label, **content},
            "_file": row["_file"],
        }
        statutes.values.extend(_expand(own_row, statutes))


def _awards_named(named: str | list[str], statutes: Statutes) -> Iterator[AwardType]:
    """The awards of a condition; "*" is every award of the law. KeyError for an unknown one, after those before it."""
    by_code = {award.code: award for award in statutes.awards}
    if named in ("*", ["*"]):
        yield from (award for award in statutes.awards if award.genus != "praise")
        return
    for code in _as_list(named):
        yield by_code[code]


def _condition_question(code: str, label: str, award: AwardType) -> LegalQuestion:
    return LegalQuestion(
        code=code,
        label=label,
        group="Điều kiện",
        shape="condition",
        selected_by="received",
        since=EARLIEST_DAY,
        subjects=award.subjects,
        sparse=True,
        award=award.code,
    )


def _instrument(row: Row) -> StatuteInstrument:
    return StatuteInstrument(**{"number": "", **_fields(row, **{"from": "start", "to": "end"})})


def _regime(row: Row) -> Regime:
    return Regime(**{"end": None, **_fields(row, **{"from": "start", "to": "end"})})


EARLIEST_DAY = date(1945, 9, 2)
CONDITION_KEYS = ("test", "weighs", "work", "kinds", "asks", "reason")
_VALUE_KEYS = {
    "award",
    "code",
    "subject",
    "kind",
    "from",
    "to",
    "regimes",
    "value",
    "cite",
    "source",
    "note",
    "confirmed",
}


def _expand(row: Row, statutes: Statutes) -> list[DatedValue]:
    """One value for each combination of award, regime, subject and kind that the row names."""
    if unknown := set(_fields(row)) - _VALUE_KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if ("regimes" in row) == ("from" in row):
        raise ValueError("either `regimes` or `from`")
    periods = _periods(row, statutes)
    content = _content(row["value"], statutes, row["code"] == "basis")
    citation = _citation(row.get("cite", {}), statutes)
    codes = [f"{award}.{row['code']}" for award in _as_list(row["award"])] if "award" in row else [row["code"]]
    subjects = _as_list(row.get("subject", ""))
    kinds = _as_list(row.get("kind", ""))
    return [
        _value({**row, "code": code}, period, subject, kind, content, citation)
        for code, period, subject, kind in product(codes, periods, subjects, kinds)
    ]


def _periods(row: Row, statutes: Statutes) -> list[Regime]:
    """The regimes that the row names, or its own period as a regime without a name."""
    if "regimes" not in row:
        return [Regime("", "", row["from"], row.get("to"))]
    regimes = {regime.code: regime for regime in statutes.regimes}
    return [regimes[code] for code in row["regimes"]]


def _as_list(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else [text]


def _citation(cite: dict[str, str], statutes: Statutes) -> Citation:
    instruments = {instrument.code: instrument for instrument in statutes.instruments}
    instrument = instruments.get(cite.get("instrument", ""))
    return Citation(
        **{"instrument": "", **cite},
        name=instrument.name if instrument else "",
        number=instrument.number if instrument else "",
    )


def _content(content: Any, statutes: Statutes, row_is_basis: bool) -> Any:
    """Decimals become text, and a list of instruments their căn cứ lines, so that the value is complete by itself."""
    if isinstance(content, Decimal):
        return str(content)
    if isinstance(content, list) and row_is_basis and all(isinstance(item, str) for item in content):
        words = {instrument.code: instrument.basis for instrument in statutes.instruments}
        return [{"instrument": code, "text": words.get(code, "")} for code in content]
    return content


def _value(row: Row, period: Regime, subject: str, kind: str, content: Any, citation: Citation) -> DatedValue:
    fields: dict[str, Any] = {
        "code": row["code"],
        "subject": subject,
        "kind": kind,
        "start": period.start,
        "end": period.end,
        "content": content,
        "citation": citation,
        "source": row.get("source", ""),
        "note": " ".join(filter(None, [row.get("note", ""), period.note])),
        "confirmed": bool(row.get("confirmed", True)) and not period.lapsed,
        "needs_review": period.needs_review,
    }
    text = json.dumps({**fields, "citation": citation.text}, default=str, ensure_ascii=False, sort_keys=True)
    return DatedValue(**fields, version=hashlib.sha256(text.encode()).hexdigest())


def _day(row: Row, statutes: Statutes) -> SpecialDay:
    fields = _fields(row, date="day")
    if type(fields["day"]) is not date:
        raise TypeError("`date` is no day")
    citation = _citation(fields.pop("cite", {}), statutes)
    return SpecialDay(**{"source": "", **fields, "citation": citation})


_ROW_READERS: dict[str, Callable[[Row, Statutes], None]] = {
    "award": lambda row, statutes: statutes.awards.append(_award(row)),
    "code": lambda row, statutes: statutes.codes.extend(_codes(row, statutes)),
    "instrument": lambda row, statutes: statutes.instruments.append(_instrument(row)),
    "regime": lambda row, statutes: statutes.regimes.append(_regime(row)),
    "condition": _add_condition,
    "value": lambda row, statutes: statutes.values.extend(_expand(row, statutes)),
    "day": lambda row, statutes: statutes.days.append(_day(row, statutes)),
}
