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
EARLIEST_CASE_YEAR, LATEST_CASE_YEAR = 1900, 2200
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


def parse_case(law: Law, said: dict[str, Any]) -> EligibilityCase:
    """The case. RuleBroken, `field` naming the place, for a missing key, an unknown code or an impossible date."""
    for name in ("on", "award", "year", "subject"):
        if said.get(name) is None:
            raise RuleBroken(f"Thiếu khóa “{name}”.", field=name)
    told = _object(said["subject"], "subject")
    if told.get("kind") is None:
        raise RuleBroken("Thiếu khóa “kind” của subject.", field="subject.kind")
    on = _date(said["on"], "on")
    received = _date(said.get("received", told.get("received")), "received", default=on)
    decided = _date(said.get("decided_on"), "decided_on", default=on)
    year = _whole(said["year"], "year", 1945, LATEST_CASE_YEAR)
    if decided < received:
        raise RuleBroken(
            f"Ngày quyết định {format_date(decided)} trước ngày nhận hồ sơ {format_date(received)}.", field="decided_on"
        )
    if year > decided.year:
        raise RuleBroken(f"Năm xét {year} sau ngày quyết định {format_date(decided)}.", field="year")
    return EligibilityCase(
        award=_award(law, said["award"], "award"),
        year=year,
        subject=_subject(told, decided),
        received=received,
        decided=decided,
        record=_record(law, said.get("record")),
        kind=_one(_given(said, "kind", "CT"), KIND_CODES, "kind"),
    )


def unknown_keys(said: dict[str, Any]) -> list[str]:
    """Keys that nothing reads, so that a misspelt one does not pass in silence."""
    subject = said.get("subject")
    inner = [f"subject.{key}" for key in subject if key not in SUBJECT_KEYS] if isinstance(subject, dict) else []
    return [key for key in said if key not in CASE_KEYS] + inner


def parse_votes(said: Any) -> dict[str, int] | None:
    """`members`, `agree`, `against`, `other` for rules.vote; None when nobody voted yet."""
    if said is None:
        return None
    votes = _object(said, "votes")
    for name in ("members", "agree"):
        if votes.get(name) is None:
            raise RuleBroken(f"Thiếu khóa “{name}” của votes.", field=f"votes.{name}")
    members, agree, against, other = (
        _whole(_given(votes, name, 0), f"votes.{name}", 0, 10_000)
        for name in ("members", "agree", "against", "invalid")
    )
    return {"members": members, "agree": agree, "against": against, "other": other}


def _subject(told: dict[str, Any], decided: date) -> CaseSubject:
    kind = _known(told["kind"], SUBJECT_KINDS, "subject.kind")
    work = told.get("work")
    if work not in (None, "official", "worker", "leader"):
        raise RuleBroken(f"Không có nhóm “{work}”: dùng official, worker hoặc leader.", field="subject.work")
    return CaseSubject(
        kind=kind,
        work=work,
        evaluation=_evaluation(_given(told, "evaluation", {})),
        initiatives=_rows(told.get("initiatives"), "initiatives", _initiative),
        discipline=_rows(told.get("discipline"), "discipline", _discipline),
        pending=_rows(told.get("pending"), "pending", lambda row, at: _span(row, at, facts.PENDINGS)),
        leave=_rows(told.get("leave"), "leave", lambda row, at: _span(row, at, facts.LEAVES)),
        joined=_day(told, "joined", "subject"),
        members=_members(_given(told, "members", {})),
        registered=_truth(told.get("registered"), "subject.registered"),
        dissolved_on=_day(told, "dissolved_on", "subject"),
        woman=_truth(told.get("woman"), "subject.woman"),
    )


def _evaluation(told: Any) -> dict[int, str]:
    levels = _object(told, "subject.evaluation")
    return {
        _whole(year, "subject.evaluation", 1945, LATEST_CASE_YEAR): _known(
            level, facts.LEVELS, f"subject.evaluation.{year}"
        )
        for year, level in levels.items()
        if level is not None
    }


def _initiative(row: Any, at: str) -> InitiativeFact:
    told = _object(row, at)
    used = told.get("used_for")
    return InitiativeFact(
        year=_whole(_needed(told, "year", at), f"{at}.year", 1945, LATEST_CASE_YEAR),
        scope=_known(told.get("scope", "unit"), facts.SCOPES, f"{at}.scope"),
        used_for="" if used in (None, False, "") else str(used),
        title=str(told.get("title") or ""),
    )


def _discipline(row: Any, at: str) -> DatedFact:
    return _span(row, at, facts.DISCIPLINES, fold=True)


def _span(row: Any, at: str, kinds: dict[str, str], *, fold: bool = False) -> DatedFact:
    """`"maternity"` or `{"kind", "from", "until"}`."""
    told = {"kind": row} if isinstance(row, str) else _object(row, at)
    kind = str(_needed(told, "kind", at))
    if fold:
        kind = {name: code for code, name in kinds.items()}.get(kind.strip().lower(), kind)
    start, end = _day(told, "from", at), _day(told, "until", at)
    if start and end and end < start:
        raise RuleBroken(f"Ngày hết {format_date(end)} trước ngày bắt đầu {format_date(start)}.", field=at)
    result = _given(told, "result", "")
    return DatedFact(
        _known(kind, kinds, f"{at}.kind"), start, end, _known(result, facts.RESULTS, f"{at}.result") if result else ""
    )


def _members(told: Any) -> MemberCounts:
    counts = _object(told, "subject.members")
    names = ("total", "ldtt", "women", "disciplined", "cstdcs", "completed")
    read = {
        name: _whole(counts[name], f"subject.members.{name}", 0, 1_000_000)
        for name in names
        if counts.get(name) is not None
    }
    total = read.get("total")
    for name, count in read.items():
        if total is not None and count > total:
            raise RuleBroken(
                f"Số “{name}” là {count}, nhiều hơn tổng số {total} người.", field=f"subject.members.{name}"
            )
    return MemberCounts(**read)


def _record(law: Law, told: Any) -> AwardRecord | None:
    rows = _rows(told, "record", lambda row, at: _awarded(law, row, at))
    return None if rows is None else AwardRecord(rows)


def _awarded(law: Law, row: Any, at: str) -> PriorAward:
    told = _object(row, at)
    return PriorAward(
        award=_award(law, _needed(told, "award", at), f"{at}.award"),
        year=_whole(_needed(told, "year", at), f"{at}.year", 1945, LATEST_CASE_YEAR),
        kind=_one(_given(told, "kind", "CT"), KIND_CODES, f"{at}.kind"),
        decision=str(told.get("decision") or ""),
        on=_day(told, "date", at),
    )


# ── small readers ────────────────────────────────────────────────────────────────────────────────
def _object(told: Any, at: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise RuleBroken(f"“{at}” phải là một đối tượng {{…}}.", field=at)
    return told


def _rows(told: Any, at: str, read: Callable[[Any, str], Read]) -> tuple[Read, ...] | None:
    if told is None:
        return None
    if not isinstance(told, list):
        raise RuleBroken(f"“{at}” phải là một danh sách […].", field=at)
    return tuple(read(row, f"{at}[{place}]") for place, row in enumerate(told))


def _needed(told: dict[str, Any], name: str, at: str) -> Any:
    if told.get(name) is None:
        raise RuleBroken(f"Thiếu khóa “{name}” của {at}.", field=f"{at}.{name}")
    return told[name]


def _given(told: dict[str, Any], name: str, default: Any) -> Any:
    """What is told; the default for what is left out or null, and for nothing else."""
    return default if told.get(name) is None else told[name]


def _day(told: dict[str, Any], name: str, at: str) -> date | None:
    return None if told.get(name) is None else _date(told[name], f"{at}.{name}")


def _award(law: Law, code: Any, at: str) -> str:
    if not isinstance(code, str) or code not in law.awards:
        raise RuleBroken(f"Không có danh hiệu, hình thức mang mã “{code}”.", field=at)
    return code


def _date(told: Any, at: str, default: date | None = None) -> date:
    if told is None and default is not None:
        return default
    if not isinstance(told, str) or not ISO_DATE.fullmatch(told):
        raise RuleBroken(f"“{at}”: “{told}” không phải là ngày viết dạng năm-tháng-ngày.", field=at)
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise RuleBroken(f"“{at}”: “{told}” không phải là ngày có thật.", field=at) from None
    if not EARLIEST_CASE_YEAR <= day.year <= LATEST_CASE_YEAR:
        raise RuleBroken(f"“{at}”: “{told}” nằm ngoài các năm {EARLIEST_CASE_YEAR}-{LATEST_CASE_YEAR}.", field=at)
    return day


def _whole(told: Any, at: str, least: int, most: int) -> int:
    number = int(told) if isinstance(told, str) and re.fullmatch(r"[0-9]{1,9}", told) else told
    if isinstance(number, bool) or not isinstance(number, int) or not least <= number <= most:
        raise RuleBroken(f"“{at}”: “{told}” không phải là số nguyên từ {least} đến {most}.", field=at)
    return number


def _one(told: Any, known: dict[str, str], at: str) -> str:
    return known[_known(told, known, at)]


def _known(told: Any, known: dict[str, Any], at: str) -> str:
    if not isinstance(told, str) or told not in known:
        raise RuleBroken(f"“{at}”: không có giá trị “{told}”; dùng {', '.join(known)}.", field=at)
    return told


def _truth(told: Any, at: str) -> bool | None:
    if told is None or isinstance(told, bool):
        return told
    raise RuleBroken(f"“{at}” phải là true hoặc false.", field=at)
