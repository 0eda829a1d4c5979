"""Changes of units: what a plan holds, on which day it may take effect, how long somebody may be acting head, codes."""

import re
from calendar import monthrange
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from emulation.core.formatting import format_date
from emulation.core.text import fold

MAX_DAYS_AHEAD = 731
MAX_CODE_LENGTH = 30


@dataclass(frozen=True)
class OrderingPaper:
    """The paper that orders a change; each part may be unknown."""

    number: str = ""
    day: date | None = None
    issuer: str = ""
    summary: str = ""


@dataclass(frozen=True)
class NewUnit:
    """A unit that a change opens, or what an existing unit gets: name, head and council liaison by the key of their person.

    `acting_until`: the head is an acting one until that day. `people` and `households` move into it (of a split).
    """

    name: str = ""
    kind: str = ""
    head_title: str = ""
    sort: int = 0
    head: int | None = None
    acting_until: date | None = None
    liaison: int | None = None
    people: tuple[int, ...] = ()
    households: tuple[int, ...] = ()


@dataclass(frozen=True)
class UnitPlan:
    """What a change does: `units` are opened or changed; `into` is the existing unit that takes over what is closed."""

    title: str = ""
    units: tuple[NewUnit, ...] = field(default_factory=tuple)
    into: int | None = None
    rest_name: str = ""  # of a split: the new name of what stays


def plan_as_json(plan: UnitPlan) -> dict[str, Any]:
    """The plan for a JSON column."""
    data = asdict(plan)
    for unit in data["units"]:
        until = unit["acting_until"]
        unit["acting_until"] = until.isoformat() if until else None
    return data


def plan_from_json(data: dict[str, Any]) -> UnitPlan:
    """The plan of a JSON column."""
    units = [
        NewUnit(
            **{
                **unit,
                "acting_until": date.fromisoformat(unit["acting_until"]) if unit["acting_until"] else None,
                "people": tuple(unit["people"]),
                "households": tuple(unit["households"]),
            }
        )
        for unit in data.get("units", ())
    ]
    return UnitPlan(**{**data, "units": tuple(units)})


def day_fault(day: date, today: date) -> str:
    """Why a change cannot take effect on that day; "": it can. Earlier days only within the year, because the figures of
    earlier years were reported."""
    if day.year < today.year:
        return f"Chỉ ghi lùi được trong năm {today.year}: số liệu các năm trước đã báo cáo."
    if day > today + timedelta(days=MAX_DAYS_AHEAD):
        return "Ngày có hiệu lực quá xa: không quá hai năm nữa."
    return ""


def paper_fault(paper: OrderingPaper, day: date, today: date) -> str:
    """Why the paper cannot order a change of that day; "": it can."""
    if paper.day and paper.day > today:
        return "Ngày văn bản không thể sau hôm nay."
    if paper.day and paper.day > day:
        return "Văn bản không thể ban hành sau ngày có hiệu lực; ghi lùi thì ghi đúng ngày văn bản."
    return ""


def last_acting_day(starts_on: date, months: int) -> date:
    """The last day of that many calendar months: 01/07 → 31/12; 31/08 → 28/02 (or 29/02), because there is no 31/02."""
    month = starts_on.month - 1 + months
    year = starts_on.year + month // 12
    month = month % 12 + 1
    days = monthrange(year, month)[1]
    if starts_on.day > days:
        return date(year, month, days)
    return date(year, month, starts_on.day) - timedelta(days=1)


def acting_fault(starts_on: date, until: date | None, months: int) -> str:
    """Why somebody cannot be acting head from one day to the other, at most `months`; "": they can (or are no acting head)."""
    if until is None:
        return ""
    if until < starts_on:
        return "Ngày hết phụ trách không thể trước ngày bắt đầu."
    last = last_acting_day(starts_on, months)
    if until > last:
        return f"Phụ trách tạm thời không quá {months} tháng: đến hết ngày {format_date(last)} là muộn nhất."
    return ""


def unit_code(name: str, taken: Collection[str]) -> str:
    """A code from the name, without diacritics ("Thôn Mài" → "thon-mai"), with a number when it is taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[: MAX_CODE_LENGTH - 4]
    base = plain.strip("-") or "don-vi"
    if base not in taken:
        return base
    return next(code for number in count(2) if (code := f"{base}-{number}") not in taken)
