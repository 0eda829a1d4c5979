"""Rules on absences: for how long, who may act for whom, who may record it; by roles and days alone."""

from collections.abc import Collection, Iterable
from datetime import date

from emulation.communes.roles import UNIT_HEAD_ROLES, Role
from emulation.core.status_pills import StatusPill
from villages.rules.accounts import roles_in_conflict

LONGEST_ABSENCE_DAYS = 366
HOW_TO_CHANGE = "Về sớm thì bấm “Đã về”, chưa đi thì bấm “Hủy báo vắng”, rồi báo lại."
DEPUTY_ROLES: dict[Role, frozenset[Role]] = {
    Role.chair: frozenset({Role.vice_chair}),
    Role.vice_chair: frozenset(),
    Role.office: frozenset({Role.clerk, Role.council_member}),
    Role.clerk: frozenset({Role.office, Role.council_member}),
    Role.council_member: frozenset(),
    Role.administrator: frozenset({Role.office, Role.clerk}),
}
"""{role whose holder is away: one of which a deputy has}; nobody acts for a member who votes, nor for a vice chair."""
DEPUTY_BY_HOLDER_ONLY = frozenset({Role.clerk, Role.administrator})
"""These name their deputy themselves: else the office could give their rights to an account that it made."""


COMING = StatusPill("Sắp tới", "calendar-event", "neutral")
AWAY = StatusPill("Đang vắng", "calendar-x", "wait")
BACK = StatusPill("Đã về", "check-circle", "good")


def absence_status(starts_on: date, ends_on: date, on: date) -> StatusPill:
    """Whether an absence from a day to a day is still to come, lasts, or is over on that day."""
    if on < starts_on:
        return COMING
    return AWAY if on <= ends_on else BACK


def days_fault(starts_on: date, ends_on: date, today: date) -> str:
    """Why nobody can be recorded as away on these days, or ""."""
    if ends_on < starts_on:
        return "Ngày về không thể trước ngày đi."
    if ends_on < today:
        return "Đợt vắng này đã qua rồi."
    if (ends_on - starts_on).days > LONGEST_ABSENCE_DAYS:
        return "Vắng quá một năm thì cử người khác giữ vai này."
    return ""


def deputy_fault(role: Role, deputy_roles: Iterable[Role]) -> str:
    """Why somebody with these roles on all the days cannot act for the holder of the role, or ""."""
    allowed = DEPUTY_ROLES[role]
    if not allowed:
        return f"Không ai làm thay được cho {role.title}: chỉ ghi vắng, để trống người làm thay."
    if allowed.isdisjoint(deputy_roles):
        titles = " hoặc ".join(one.title for one in Role if one in allowed)
        return f"Người làm thay {role.title} phải là {titles} trong cả đợt vắng."
    return ""


def can_be_deputy(role: Role, own: Collection[Role], acting: Collection[Role] = ()) -> bool:
    """Whether somebody with these roles of their own, and these for others, can act for a holder of the role who is somebody else."""
    in_conflict = roles_in_conflict(role)
    return role not in own and not deputy_fault(role, own) and in_conflict.isdisjoint([*own, *acting])


def recorder_fault(role: Role, *, is_holder: bool, is_deputy: bool, with_deputy: bool) -> str:
    """Why the recorder, who is the absent holder or somebody of the office, cannot record this, or ""."""
    if is_deputy:
        return "Không tự ghi mình làm thay: người vắng hoặc người khác của Văn phòng ghi."
    if with_deputy and not is_holder and role in DEPUTY_BY_HOLDER_ONLY:
        return f"{role.title} tự chọn người làm thay. Ở đây chỉ ghi vắng; gấp thì giao vai ở “Tài khoản”, có người thứ hai xác nhận."
    return ""


assert not UNIT_HEAD_ROLES & DEPUTY_ROLES.keys()
