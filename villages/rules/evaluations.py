"""The yearly evaluation of the people of a unit: which law is about whom, months worked in the year. Pure."""

from collections.abc import Iterable
from datetime import date
from math import ceil

from emulation.core.text import fold
from emulation.legal.engine.rules.evaluation import EMPLOYEE, OFFICIAL
from emulation.legal.engine.rules.unit_evaluation import BODY, SERVICE
from villages.rules.groups import LEADER, OLDER_GROUP

LEADER_GROUP = "lãnh đạo, quản lý"
KIND_OF_GROUP = {"civil": OFFICIAL, "public": EMPLOYEE}
PUBLIC_SERVICE_UNITS = ("school", "station")
OFFICE = "office"
OFFICES = (OFFICE, "organisation")
DAYS_OF_MONTH = 30
"""Days of leave that make a month."""


def evaluation_kind(group: str, unit_kind: str) -> str:
    """Whether NĐ 335/2025 ("official"), NĐ 233/2026 ("employee") or neither ("") is about a person of this group and unit.

    Leaders, and rows from before công chức and viên chức were two groups, go by the kind of their unit.
    """
    if group not in (LEADER, OLDER_GROUP):
        return KIND_OF_GROUP.get(group, "")
    if unit_kind in PUBLIC_SERVICE_UNITS:
        return EMPLOYEE
    return OFFICIAL if unit_kind in OFFICES else ""


def unit_evaluation_kind(unit_kind: str) -> str:
    """Whether NĐ 335/2025 ("body"), NĐ 233/2026 ("service") or neither ("") is about a unit of this kind as a unit."""
    if unit_kind in PUBLIC_SERVICE_UNITS:
        return SERVICE
    return BODY if unit_kind == OFFICE else ""


def months_worked(joined_on: date | None, year: int, away: Iterable[tuple[date, date | None]] = ()) -> int | None:
    """Whole months from the later of 1 January and `joined_on` to the end of the year, less the leave (from, to) in it.

    None when the day of joining is not known.
    """
    if joined_on is None:
        return None
    after = date(year + 1, 1, 1)
    begin = max(date(year, 1, 1), joined_on)
    if begin >= after:
        return 0
    lost = sum(_days_between(begin, after, start, end) for start, end in away)
    return max(0, _whole_months(begin, after) - ceil(lost / DAYS_OF_MONTH))


def _days_between(begin: date, after: date, start: date, end: date | None) -> int:
    """Days of a leave that lie from `begin` to the day before `after`."""
    last = min(end.toordinal() + 1, after.toordinal()) if end else after.toordinal()
    return max(0, last - max(start, begin).toordinal())


def _whole_months(begin: date, after: date) -> int:
    months = 12 * (after.year - begin.year) + after.month - begin.month
    return months - (1 if after.day < begin.day else 0)


_LEVELS = {
    **dict.fromkeys(("hoan thanh xuat sac", "xuat sac", "htxs", "htxsnv", "xs"), "excellent"),
    **dict.fromkeys(("hoan thanh tot", "tot", "htt", "httnv", "t"), "good"),
    **dict.fromkeys(("hoan thanh", "ht", "htnv"), "done"),
    **dict.fromkeys(("khong hoan thanh", "kht", "khtnv"), "failed"),
}


def level_of(text: str) -> str | None:
    """The level that people write in a table: "Hoàn thành tốt nhiệm vụ", "HTTNV", "Tốt". None for anything else."""
    return _LEVELS.get(fold(text).strip(" .").removesuffix(" nhiem vu"))
