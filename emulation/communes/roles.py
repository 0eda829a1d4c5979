"""The roles of users, with their Vietnamese titles."""

from enum import StrEnum


class Role(StrEnum):
    village_head = "village_head"
    school_head = "school_head"
    station_head = "station_head"
    org_head = "org_head"
    office = "office"
    clerk = "clerk"
    council_member = "council_member"
    chair = "chair"
    vice_chair = "vice_chair"
    superior = "superior"
    administrator = "administrator"

    @property
    def title(self) -> str:
        """The Vietnamese name of the role."""
        return ROLE_TITLES[self]


ROLE_TITLES = {
    Role.village_head: "Trưởng thôn",
    Role.school_head: "Hiệu trưởng",
    Role.station_head: "Trưởng trạm Y tế",
    Role.org_head: "Người đứng đầu đoàn thể",
    Role.office: "Văn phòng phụ trách TĐKT",
    Role.clerk: "Văn thư",
    Role.council_member: "Thành viên Hội đồng TĐKT",
    Role.chair: "Chủ tịch UBND xã",
    Role.vice_chair: "Phó Chủ tịch UBND xã",
    Role.superior: "Cơ quan cấp trên",
    Role.administrator: "Quản trị hệ thống",
}

UNIT_HEAD_ROLES = frozenset({Role.village_head, Role.school_head, Role.station_head, Role.org_head})
CHECKING_ROLES = frozenset({Role.office, Role.clerk, Role.chair, Role.vice_chair, Role.superior, Role.administrator})
"""Who checks, decides, numbers, supervises or administers never heads a unit at the same time."""
COMMUNE_STAFF_ROLES = frozenset({Role.office, Role.clerk, Role.chair, Role.vice_chair})
