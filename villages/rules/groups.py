"""Groups of people (nhóm đối tượng): for the conditions of the law and for who is commended. Pure.

"" is unknown: nobody has chosen yet. It is counted apart and never as one of the groups.
"""

UNKNOWN_LABEL = "Chưa rõ"
DIRECT = "direct"
PUPIL = "pupil"
LEADER = "leader"
OTHER = "other"
OTHER_LABEL = "Nhóm khác"
"""Of a figure, where “Khác” alone does not name what it counts."""
GROUPS = [
    (DIRECT, "Người trực tiếp lao động"),
    (PUPIL, "Học sinh, sinh viên"),
    ("civil", "Cán bộ, công chức"),
    ("public", "Viên chức"),
    ("official", "Cán bộ, công chức, viên chức"),
    (LEADER, "Lãnh đạo, quản lý"),
    ("business", "Doanh nhân"),
    ("fighter", "Người trực tiếp chiến đấu, phục vụ chiến đấu"),
    ("talent", "Tài năng trẻ"),
    (OTHER, "Khác"),
]
OLDER_GROUP = "official"
"""Of rows entered before công chức and viên chức were two groups; not offered any more."""
DIRECT_GROUPS = (DIRECT, PUPIL)
"""Who counts as "người trực tiếp lao động, học tập"."""
DIRECT_LABEL = "Người trực tiếp lao động, học tập"
UNKNOWN_FILTER = "chua-ro"
GROUP_FILTERS: dict[str, tuple[str, tuple[str, ...]]] = {
    DIRECT: (DIRECT_LABEL, DIRECT_GROUPS),
    **{code: (label, (code,)) for code, label in GROUPS if code != DIRECT},
    UNKNOWN_FILTER: (UNKNOWN_LABEL, ("",)),
}
"""Filters of lists by group: value in the address, label, and the groups that it lets through."""

_OFFICIAL_WORK = ("civil", "public", OLDER_GROUP)


def group_label(group: str) -> str:
    """The name of a group, "Chưa rõ" for an unknown one."""
    return dict(GROUPS).get(group, UNKNOWN_LABEL)


def group_choices(*present: str) -> list[tuple[str, str]]:
    """What a form offers, unknown first; the older group only where it is already recorded (`present`)."""
    return [("", UNKNOWN_LABEL), *(pair for pair in GROUPS if pair[0] != OLDER_GROUP or OLDER_GROUP in present)]


def work_of(group: str) -> str:
    """The kind of work in terms of the law: "official", "leader", "pupil", "worker" or "unknown"."""
    if not group:
        return "unknown"
    if group in _OFFICIAL_WORK:
        return "official"
    return group if group in (LEADER, PUPIL) else "worker"


def group_fault(group: str, present: str) -> str | None:
    """Why this group cannot be recorded for a person of the group `present`, or None."""
    offered = [code for code, _ in group_choices(present)]
    return None if group in offered else "Hãy chọn một nhóm trong danh sách."
