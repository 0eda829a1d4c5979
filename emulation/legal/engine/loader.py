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

from emulation.legal.engine.law import AwardType, Citation, DatedValue, Law, LegalQuestion
from emulation.legal.engine.special_days import SpecialDay

STATUTES_DIR = Path(__file__).parent.parent / "statutes"
STATUTE_TABLES = ("award", "code", "instrument", "regime", "condition", "value", "day")


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
    """The statutes of this release, read once a process."""
    return load_statutes(STATUTES_DIR)


@cache
def legal_questions() -> dict[str, LegalQuestion]:
    """The questions of this release by their codes."""
    return {code.code: code for code in shipped_statutes().codes}


def regime_on(day: date) -> Regime | None:
    """The body of law under which the day falls; None before the first."""
    return next(
        (one for one in shipped_statutes().regimes if one.start <= day and (one.end is None or day <= one.end)), None
    )


def load_statutes(folder: Path) -> Statutes:
    """All tables of all files of the folder, values spread over their regimes, subjects and kinds."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in STATUTE_TABLES}
    statutes = Statutes()
    for path in sorted(folder.glob("*.toml")):
        for table, rows in tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal).items():
            if table in tables:
                tables[table] += [{**row, "_file": path.name} for row in rows]
            else:
                statutes.problems.append(f"{path.name}: unknown table [{table}]")
    for row in tables["award"]:
        _try(statutes, row, lambda row=row: statutes.awards.append(_award(row)))
    for row in tables["code"]:
        _try(statutes, row, lambda row=row: statutes.codes.extend(_codes(row, statutes)))
    for row in tables["instrument"]:
        _try(statutes, row, lambda row=row: statutes.instruments.append(_instrument(row)))
    for row in tables["regime"]:
        _try(statutes, row, lambda row=row: statutes.regimes.append(_regime(row)))
    for row in tables["condition"]:
        _try(statutes, row, lambda row=row: _condition(row, statutes))
    for row in tables["value"]:
        _try(statutes, row, lambda row=row: statutes.values.extend(_expand(row, statutes)))
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


def _award(row: dict[str, Any]) -> AwardType:
    return AwardType(**{**_fields(row), "subjects": tuple(row["subjects"])})


def _codes(row: dict[str, Any], statutes: Statutes) -> list[LegalQuestion]:
    """One question; `*.vote` is one for each award (of `awards`, or of all): its subjects those that the award knows."""
    fields = _fields(row)
    awards = fields.pop("awards", None)
    for name in ("subjects", "kinds"):
        fields[name] = tuple(fields.get(name, ()))
    if not row["code"].startswith("*."):
        return [LegalQuestion(**fields)]
    known = {award.code: award for award in statutes.awards}
    return [_question_of_award(known[code], fields) for code in (awards or known)]


def _question_of_award(award: AwardType, fields: dict[str, Any]) -> LegalQuestion:
    mine = {
        "code": f"{award.code}.{fields['code'].removeprefix('*.')}",
        "label": fields["label"].format(name=award.name),
        "subjects": tuple(subject for subject in fields["subjects"] if subject in award.subjects),
        "award": award.code,
    }
    return LegalQuestion(**{**fields, **mine})


def _condition(row: dict[str, Any], statutes: Statutes) -> None:
    """A condition is a sparse question of each award that it names, and its values."""
    fields = _fields(row)
    label, content = fields.pop("label"), {key: fields.pop(key) for key in CONDITION_KEYS if key in fields}
    content.setdefault("weighs", "block")
    known = {award.code: award for award in statutes.awards}
    declared = {code.code for code in statutes.codes}
    named = _listed(fields.pop("award"))
    whole = [code for code, award in known.items() if award.genus != "praise"]
    for award in (known[code] for code in (whole if named == ["*"] else named)):
        code = f"{award.code}.{row['code']}"
        subjects = [one for one in _listed(fields.get("subject", list(award.subjects))) if one in award.subjects]
        if code not in declared:
            statutes.codes.append(
                LegalQuestion(
                    code,
                    label,
                    "Điều kiện",
                    "condition",
                    "received",
                    EARLIEST_DAY,
                    award.subjects,
                    sparse=True,
                    award=award.code,
                )
            )
        mine = {
            **fields,
            "code": code,
            "subject": subjects,
            "value": {"label": label, **content},
            "_file": row["_file"],
        }
        statutes.values.extend(_expand(mine, statutes))


def _instrument(row: dict[str, Any]) -> StatuteInstrument:
    return StatuteInstrument(**{"number": "", **_fields(row, **{"from": "start", "to": "end"})})


def _regime(row: dict[str, Any]) -> Regime:
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


def _expand(row: dict[str, Any], statutes: Statutes) -> list[DatedValue]:
    """One row of a file is as many values as it names regimes, subjects and kinds."""
    if unknown := set(_fields(row)) - _VALUE_KEYS:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if ("regimes" in row) == ("from" in row):
        raise ValueError("either `regimes` or `from`")
    regimes = {regime.code: regime for regime in statutes.regimes}
    spans: list[Regime] = (
        [regimes[code] for code in row["regimes"]] if "regimes" in row else [Regime("", "", row["from"], row.get("to"))]
    )
    content = _content(row["value"], statutes, row["code"] == "basis")
    codes = [f"{award}.{row['code']}" for award in _listed(row["award"])] if "award" in row else [row["code"]]
    return [
        _value({**row, "code": code}, span, subject, kind, content, _citation(row.get("cite", {}), statutes))
        for code in codes
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


def _content(content: Any, statutes: Statutes, row_is_basis: bool) -> Any:
    """Decimals become text, and a list of instruments their căn cứ lines, so that the row says all by itself."""
    if isinstance(content, Decimal):
        return str(content)
    if isinstance(content, list) and row_is_basis and all(isinstance(item, str) for item in content):
        words = {instrument.code: instrument.basis for instrument in statutes.instruments}
        return [{"instrument": code, "text": words.get(code, "")} for code in content]
    return content


def _value(row: dict[str, Any], span: Regime, subject: str, kind: str, content: Any, citation: Citation) -> DatedValue:
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
    return DatedValue(**said, version=hashlib.sha256(text.encode()).hexdigest())


def _day(row: dict[str, Any], statutes: Statutes) -> SpecialDay:
    fields = _fields(row, date="day")
    if type(fields["day"]) is not date:
        raise TypeError("`date` is no day")
    citation = _citation(fields.pop("cite", {}), statutes)
    return SpecialDay(**{"source": "", **fields, "citation": citation})
