"""Parses JSON cases (`manage.py judge`). Errors are in Vietnamese and name the key. Pure.

A key that is left out means "not known"; `id, on, award, year, subject.kind` are required.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.legal.engine.law import Law
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.facts import (
    AwardRecord,
    CaseSubject,
    DatedFact,
    EligibilityCase,
    InitiativeFact,
    MemberCounts,
    PriorAward,
)

Read = TypeVar("Read")
EARLIEST_CASE_YEAR = 1900
LATEST_CASE_YEAR = 2200
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
KIND_CODES = {
    "cong_trang": "CT",
    "dot_xuat": "DX",
    "chuyen_de": "PT",
    "phong_trao": "PT",
    "cong_hien": "CH",
    "CT": "CT",
    "DX": "DX",
    "PT": "PT",
    "CH": "CH",
}
SUBJECT_KINDS = dict.fromkeys(("person", "household", "collective"))
CASE_KEYS = {"id", "on", "award", "year", "kind", "subject", "record", "received", "decided_on", "votes"}
SUBJECT_KEYS = {
    "kind",
    "work",
    "evaluation",
    "initiatives",
    "discipline",
    "pending",
    "leave",
    "joined",
    "received",
    "members",
    "registered",
    "dissolved_on",
    "woman",
}


def parse_case(law: Law, data: dict[str, Any]) -> EligibilityCase:
    """The case. RuleBroken, with the key in `field`, for a missing key, an unknown code or an impossible date."""
    for name in ("on", "award", "year", "subject"):
        if data.get(name) is None:
            raise RuleBroken(f"Thiếu khóa “{name}”.", field=name)
    subject = _object(data["subject"], "subject")
    if subject.get("kind") is None:
        raise RuleBroken("Thiếu khóa “kind” của subject.", field="subject.kind")
    on = _date(data["on"], "on")
    received = _date(data.get("received", subject.get("received")), "received", default=on)
    decided = _date(data.get("decided_on"), "decided_on", default=on)
    year = _whole(data["year"], "year", 1945, LATEST_CASE_YEAR)
    if decided < received:
        raise RuleBroken(
            f"Ngày quyết định {format_date(decided)} trước ngày nhận hồ sơ {format_date(received)}.", field="decided_on"
        )
    if year > decided.year:
        raise RuleBroken(f"Năm xét {year} sau ngày quyết định {format_date(decided)}.", field="year")
    return EligibilityCase(
        award=_award(law, data["award"], "award"),
        year=year,
        subject=_subject(subject),
        received=received,
        decided=decided,
        record=_record(law, data.get("record")),
        kind=_mapped_choice(_optional(data, "kind", "CT"), KIND_CODES, "kind"),
    )


def unknown_keys(data: dict[str, Any]) -> list[str]:
    """Keys that are not used, so that a misspelt one can be reported."""
    subject = data.get("subject")
    inner = [f"subject.{key}" for key in subject if key not in SUBJECT_KEYS] if isinstance(subject, dict) else []
    return [key for key in data if key not in CASE_KEYS] + inner


def parse_votes(data: Any) -> dict[str, int] | None:
    """`members`, `agree`, `against`, `other` for `vote_verdict`; None when there was no vote yet."""
    if data is None:
        return None
    votes = _object(data, "votes")
    for name in ("members", "agree"):
        if votes.get(name) is None:
            raise RuleBroken(f"Thiếu khóa “{name}” của votes.", field=f"votes.{name}")
    members, agree, against, other = (
        _whole(_optional(votes, name, 0), f"votes.{name}", 0, 10_000)
        for name in ("members", "agree", "against", "invalid")
    )
    return {"members": members, "agree": agree, "against": against, "other": other}


def _subject(data: dict[str, Any]) -> CaseSubject:
    kind = _choice(data["kind"], SUBJECT_KINDS, "subject.kind")
    work = data.get("work")
    if work not in (None, "official", "worker", "leader", "pupil", "unknown"):
        raise RuleBroken(
            f"Không có nhóm “{work}”: dùng official, worker, leader, pupil hoặc unknown.", field="subject.work"
        )
    return CaseSubject(
        kind=kind,
        work=work,
        evaluation=_evaluation(_optional(data, "evaluation", {})),
        initiatives=_rows(data.get("initiatives"), "initiatives", _initiative),
        discipline=_rows(data.get("discipline"), "discipline", _discipline),
        pending=_rows(data.get("pending"), "pending", lambda row, at: _dated_fact(row, at, facts.PENDINGS)),
        leave=_rows(data.get("leave"), "leave", lambda row, at: _dated_fact(row, at, facts.LEAVES)),
        joined=_day(data, "joined", "subject"),
        members=_members(_optional(data, "members", {})),
        registered=_boolean(data.get("registered"), "subject.registered"),
        dissolved_on=_day(data, "dissolved_on", "subject"),
        woman=_boolean(data.get("woman"), "subject.woman"),
    )


def _evaluation(data: Any) -> dict[int, str]:
    levels = _object(data, "subject.evaluation")
    return {
        _whole(year, "subject.evaluation", 1945, LATEST_CASE_YEAR): _choice(
            level, facts.LEVELS, f"subject.evaluation.{year}"
        )
        for year, level in levels.items()
        if level is not None
    }


def _initiative(row: Any, at: str) -> InitiativeFact:
    data = _object(row, at)
    used = data.get("used_for")
    return InitiativeFact(
        year=_whole(_required(data, "year", at), f"{at}.year", 1945, LATEST_CASE_YEAR),
        scope=_choice(data.get("scope", "unit"), facts.SCOPES, f"{at}.scope"),
        used_for="" if used in (None, False, "") else str(used),
        title=str(data.get("title") or ""),
    )


def _discipline(row: Any, at: str) -> DatedFact:
    return _dated_fact(row, at, facts.DISCIPLINES, fold=True)


def _dated_fact(row: Any, at: str, kinds: dict[str, str], *, fold: bool = False) -> DatedFact:
    """Reads `"maternity"` or `{"kind", "from", "until"}`; `fold` accepts the name of a kind as well as its code."""
    data = {"kind": row} if isinstance(row, str) else _object(row, at)
    kind = str(_required(data, "kind", at))
    if fold:
        kind = {name: code for code, name in kinds.items()}.get(kind.strip().lower(), kind)
    start = _day(data, "from", at)
    end = _day(data, "until", at)
    if start and end and end < start:
        raise RuleBroken(f"Ngày hết {format_date(end)} trước ngày bắt đầu {format_date(start)}.", field=at)
    result = _optional(data, "result", "")
    return DatedFact(
        _choice(kind, kinds, f"{at}.kind"), start, end, _choice(result, facts.RESULTS, f"{at}.result") if result else ""
    )


def _members(data: Any) -> MemberCounts:
    counts = _object(data, "subject.members")
    names = ("total", "ldtt", "women", "disciplined", "cstdcs", "completed")
    numbers = {
        name: _whole(counts[name], f"subject.members.{name}", 0, 1_000_000)
        for name in names
        if counts.get(name) is not None
    }
    total = numbers.get("total")
    for name, count in numbers.items():
        if total is not None and count > total:
            raise RuleBroken(
                f"Số “{name}” là {count}, nhiều hơn tổng số {total} người.", field=f"subject.members.{name}"
            )
    return MemberCounts(**numbers)


def _record(law: Law, data: Any) -> AwardRecord | None:
    rows = _rows(data, "record", lambda row, at: _prior_award(law, row, at))
    return None if rows is None else AwardRecord(rows)


def _prior_award(law: Law, row: Any, at: str) -> PriorAward:
    data = _object(row, at)
    return PriorAward(
        award=_award(law, _required(data, "award", at), f"{at}.award"),
        year=_whole(_required(data, "year", at), f"{at}.year", 1945, LATEST_CASE_YEAR),
        kind=_mapped_choice(_optional(data, "kind", "CT"), KIND_CODES, f"{at}.kind"),
        decision=str(data.get("decision") or ""),
        on=_day(data, "date", at),
    )


# ── small readers ────────────────────────────────────────────────────────────────────────────────
def _object(data: Any, at: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise RuleBroken(f"“{at}” phải là một đối tượng {{…}}.", field=at)
    return data


def _rows(data: Any, at: str, read: Callable[[Any, str], Read]) -> tuple[Read, ...] | None:
    if data is None:
        return None
    if not isinstance(data, list):
        raise RuleBroken(f"“{at}” phải là một danh sách […].", field=at)
    return tuple(read(row, f"{at}[{place}]") for place, row in enumerate(data))


def _required(data: dict[str, Any], name: str, at: str) -> Any:
    if data.get(name) is None:
        raise RuleBroken(f"Thiếu khóa “{name}” của {at}.", field=f"{at}.{name}")
    return data[name]


def _optional(data: dict[str, Any], name: str, default: Any) -> Any:
    """The value of the key; the default when the key is missing or null."""
    return default if data.get(name) is None else data[name]


def _day(data: dict[str, Any], name: str, at: str) -> date | None:
    return None if data.get(name) is None else _date(data[name], f"{at}.{name}")


def _award(law: Law, code: Any, at: str) -> str:
    if not isinstance(code, str) or code not in law.awards:
        raise RuleBroken(f"Không có danh hiệu, hình thức mang mã “{code}”.", field=at)
    return code


def _date(raw: Any, at: str, default: date | None = None) -> date:
    if raw is None and default is not None:
        return default
    if not isinstance(raw, str) or not ISO_DATE.fullmatch(raw):
        raise RuleBroken(f"“{at}”: “{raw}” không phải là ngày viết dạng năm-tháng-ngày.", field=at)
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise RuleBroken(f"“{at}”: “{raw}” không phải là ngày có thật.", field=at) from None
    if not EARLIEST_CASE_YEAR <= day.year <= LATEST_CASE_YEAR:
        raise RuleBroken(f"“{at}”: “{raw}” nằm ngoài các năm {EARLIEST_CASE_YEAR}-{LATEST_CASE_YEAR}.", field=at)
    return day


def _whole(raw: Any, at: str, least: int, most: int) -> int:
    number = int(raw) if isinstance(raw, str) and re.fullmatch(r"[0-9]{1,9}", raw) else raw
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise RuleBroken(f"“{at}”: “{raw}” không phải là số nguyên từ {least} đến {most}.", field=at)
    return number


def _mapped_choice(raw: Any, choices: dict[str, str], at: str) -> str:
    return choices[_choice(raw, choices, at)]


def _choice(raw: Any, choices: dict[str, Any], at: str) -> str:
    if not isinstance(raw, str) or raw not in choices:
        raise RuleBroken(f"“{at}”: không có giá trị “{raw}”; dùng {', '.join(choices)}.", field=at)
    return raw


def _boolean(raw: Any, at: str) -> bool | None:
    if raw is None or isinstance(raw, bool):
        return raw
    raise RuleBroken(f"“{at}” phải là true hoặc false.", field=at)
