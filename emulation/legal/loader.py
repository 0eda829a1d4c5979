"""Reads `statutes/*.toml` into values. Pure; what is wrong with the files is `checker.check`'s to say."""

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from emulation.legal.law import Citation, Code, Law, Value
from emulation.legal.workdays import Day

STATUTES = Path(__file__).parent / "statutes"


@dataclass(frozen=True)
class Instrument:
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
    """A stretch of time under one body of law."""

    code: str
    name: str
    start: date
    end: date | None
    needs_review: bool = False
    lapsed: bool = False
    note: str = ""


@dataclass
class Statutes:
    """Everything the files say; `problems` are those met while reading."""

    codes: list[Code] = field(default_factory=list)
    instruments: list[Instrument] = field(default_factory=list)
    regimes: list[Regime] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)
    days: list[Day] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def law(self) -> Law:
        return Law(self.codes, self.values)


@cache
def shipped() -> Statutes:
    """The statutes of this release, read once a process."""
    return load(STATUTES)


def load(folder: Path) -> Statutes:
    """All tables of all files of the folder, values spread over their regimes, subjects and kinds."""
    tables: dict[str, list[dict[str, Any]]] = {"code": [], "instrument": [], "regime": [], "value": [], "day": []}
    statutes = Statutes()
    for path in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).items():
            if table in tables:
                tables[table] += [{**row, "_file": path.name} for row in rows]
            else:
                statutes.problems.append(f"{path.name}: unknown table [{table}]")
    readers = {"code": _code, "instrument": _instrument, "regime": _regime}
    kept: dict[str, list[Any]] = {
        "code": statutes.codes,
        "instrument": statutes.instruments,
        "regime": statutes.regimes,
    }
    for table, read in readers.items():
        for row in tables[table]:
            _try(statutes, row, lambda row=row, table=table, read=read: kept[table].append(read(row)))
    for row in tables["value"]:
        _try(statutes, row, lambda row=row: statutes.values.extend(_spread(row, statutes)))
    for row in tables["day"]:
        _try(statutes, row, lambda row=row: statutes.days.append(_day(row, statutes)))
    return statutes


def _try(statutes: Statutes, row: dict[str, Any], read: Any) -> None:
    try:
        read()
    except (KeyError, TypeError, ValueError) as error:
        statutes.problems.append(
            f"{row['_file']}: {row.get('code') or row.get('date', '?')}: {type(error).__name__} {error}"
        )


def _fields(row: dict[str, Any], **renamed: str) -> dict[str, Any]:
    return {renamed.get(name, name): value for name, value in row.items() if name != "_file"}


def _code(row: dict[str, Any]) -> Code:
    fields = _fields(row)
    for name in ("subjects", "kinds"):
        fields[name] = tuple(fields.get(name, ()))
    return Code(**fields)


def _instrument(row: dict[str, Any]) -> Instrument:
    return Instrument(**{"number": "", **_fields(row, **{"from": "start", "to": "end"})})


def _regime(row: dict[str, Any]) -> Regime:
    return Regime(**{"end": None, **_fields(row, **{"from": "start", "to": "end"})})


_VALUE_KEYS = {"code", "subject", "kind", "from", "to", "regimes", "value", "cite", "source", "note", "confirmed"}


def _spread(row: dict[str, Any], statutes: Statutes) -> list[Value]:
    """One row of a file is as many values as it names regimes, subjects and kinds."""
    if unknown := set(_fields(row)) - _VALUE_KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if ("regimes" in row) == ("from" in row):
        raise ValueError("either `regimes` or `from`")
    regimes = {regime.code: regime for regime in statutes.regimes}
    spans: list[Regime] = (
        [regimes[code] for code in row["regimes"]] if "regimes" in row else [Regime("", "", row["from"], row.get("to"))]
    )
    content = _content(row["value"], statutes)
    return [
        _value(row, span, subject, kind, content, _citation(row.get("cite", {}), statutes))
        for span in spans
        for subject in _listed(row.get("subject", ""))
        for kind in _listed(row.get("kind", ""))
    ]


def _listed(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else [text]


def _citation(cite: dict[str, str], statutes: Statutes) -> Citation:
    instruments = {instrument.code: instrument for instrument in statutes.instruments}
    known = instruments.get(cite.get("instrument", ""))
    return Citation(
        **{"instrument": "", **cite}, name=known.name if known else "", number=known.number if known else ""
    )


def _content(content: Any, statutes: Statutes) -> Any:
    """Decimals become text, and a list of instruments their căn cứ lines, so that the row says all by itself."""
    if isinstance(content, Decimal):
        return str(content)
    if isinstance(content, list) and all(isinstance(item, str) for item in content):
        words = {instrument.code: instrument.basis for instrument in statutes.instruments}
        return [{"instrument": code, "text": words.get(code, "")} for code in content]
    return content


def _value(row: dict[str, Any], span: Regime, subject: str, kind: str, content: Any, citation: Citation) -> Value:
    said: dict[str, Any] = {
        "code": row["code"],
        "subject": subject,
        "kind": kind,
        "start": span.start,
        "end": span.end,
        "content": content,
        "citation": citation,
        "source": row.get("source", ""),
        "note": " ".join(filter(None, [row.get("note", ""), span.note])),
        "confirmed": bool(row.get("confirmed", True)) and not span.lapsed,
        "needs_review": span.needs_review,
    }
    text = json.dumps({**said, "citation": citation.text}, default=str, ensure_ascii=False, sort_keys=True)
    return Value(**said, version=hashlib.sha256(text.encode()).hexdigest())


def _day(row: dict[str, Any], statutes: Statutes) -> Day:
    fields = _fields(row, date="day")
    if type(fields["day"]) is not date:
        raise TypeError("`date` is no day")
    citation = _citation(fields.pop("cite", {}), statutes)
    return Day(**{"source": "", **fields, "citation": citation})
