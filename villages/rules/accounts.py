"""Rules on giving, ending and handing over roles, by days alone."""

from datetime import date, timedelta

from emulation.communes.roles import CHECKING_ROLES, UNIT_HEAD_ROLES, Role
from emulation.core.formatting import format_date

MAX_BACKDATED_DAYS = 31
"""How far back the first day of a role may lie when it is entered."""
MAX_AHEAD_DAYS = 366
KIND_OF_UNIT = {
    Role.village_head: "village",
    Role.school_head: "school",
    Role.station_head: "station",
    Role.org_head: "organisation",
}
"""Which kind of unit a head of this role leads."""
HEAD_ROLES = {kind: role for role, kind in KIND_OF_UNIT.items()}
ROLES_WITHOUT_UNIT = frozenset({Role.superior, Role.administrator})
"""The others serve in the office of the commune."""

assert KIND_OF_UNIT.keys() == UNIT_HEAD_ROLES


def first_day_fault(starts_on: date, today: date) -> str:
    """Why a role cannot begin on that day; "" if it can."""
    if starts_on < today - timedelta(days=MAX_BACKDATED_DAYS):
        return f"Ngày bắt đầu chỉ lùi được {MAX_BACKDATED_DAYS} ngày; vai đã giữ từ trước thì ghi từ hôm nay."
    if starts_on > today + timedelta(days=MAX_AHEAD_DAYS):
        return "Ngày bắt đầu xa quá một năm. Hãy xem lại năm."
    return ""


def last_day_fault(ends_on: date, starts_on: date, today: date) -> str:
    """Why a role that began on `starts_on` cannot end on that day; "" if it can. Yesterday means: from now on no more."""
    if ends_on < starts_on:
        return f"Vai này bắt đầu ngày {format_date(starts_on)}, không kết thúc trước đó được."
    if ends_on < today - timedelta(days=1):
        return f"Ngày cuối sớm nhất là hôm qua, {format_date(today - timedelta(days=1))}: việc đã làm từ đó đến nay vẫn là của người này."
    if ends_on > today + timedelta(days=MAX_AHEAD_DAYS):
        return "Ngày cuối xa quá một năm. Hãy xem lại năm."
    return ""


def roles_in_conflict(role: Role) -> frozenset[Role]:
    """The roles that nobody has on the same day as this one: who heads a unit does not check units."""
    if role in UNIT_HEAD_ROLES:
        return CHECKING_ROLES
    return UNIT_HEAD_ROLES if role in CHECKING_ROLES else frozenset()


def needs_unit(role: Role) -> bool:
    """Whether the unit must be chosen for this role."""
    return role in KIND_OF_UNIT
