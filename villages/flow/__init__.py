"""Registers the workflows and menu entries of villages."""

from emulation.workflow import menu, permissions
from emulation.workflow.workflow import register_flow
from villages.flow import evidence
from villages.flow.absences import ABSENCE, ROLE_ABSENCES, role_holder
from villages.flow.accounts import ACCOUNTS, REQUEST, manager
from villages.flow.assignments import COUNCIL_LIAISONS
from villages.flow.collectives import COLLECTIVE
from villages.flow.council import COUNCIL, COUNCIL_START
from villages.flow.people import HOUSEHOLD, HOUSEHOLD_CHANGE, PERSON, PERSON_CHANGE, PERSON_MATCH, UNIT
from villages.flow.unit_changes import COMMUNE_ACTS, UNIT_ACTS, UNIT_CHANGE

FLOWS = (
    UNIT,
    COLLECTIVE,
    PERSON,
    PERSON_CHANGE,
    PERSON_MATCH,
    HOUSEHOLD,
    HOUSEHOLD_CHANGE,
    ABSENCE,
    ROLE_ABSENCES,
    COUNCIL_LIAISONS,
    COUNCIL,
    COUNCIL_START,
    ACCOUNTS,
    REQUEST,
    UNIT_CHANGE,
    UNIT_ACTS,
    COMMUNE_ACTS,
    *evidence.EVIDENCE_FLOWS,
)
MENU_ENTRIES = (
    menu.MenuEntry(
        "Đơn vị, người, hộ",
        "villages:units",
        "people",
        permissions.staff | permissions.unit_head,
        "people",
        10,
        "Thôn, trường, trạm, đoàn thể; người và hộ của từng đơn vị, hồ sơ nhiều năm.",
    ),
    menu.MenuEntry(
        "Hồ sơ giống nhau",
        "villages:look_alikes",
        "person-check",
        permissions.office,
        "people",
        12,
        "Những hồ sơ có thể là của một người: đối chiếu, ghi là một người hoặc hai người khác nhau.",
        covers=("villages:person_matches", "villages:person_match"),
    ),
    menu.MenuEntry(
        "Thay đổi đơn vị",
        "villages:unit_changes",
        "signpost-split",
        permissions.office,
        "people",
        15,
        "Thành lập, đổi tên, giải thể, sáp nhập, chia tách theo ngày; tên gọi của xã và cấp trên.",
        covers=("villages:unit_change", "villages:identities"),
    ),
    menu.MenuEntry(
        "Hội đồng TĐKT",
        "villages:councils",
        "person-badge",
        permissions.council,
        "people",
        20,
        "Thành viên Hội đồng theo từng quyết định thành lập.",
    ),
    menu.MenuEntry(
        "Báo vắng, ủy quyền",
        "villages:absences",
        "calendar-x",
        role_holder,
        "people",
        25,
        "Ai vắng, ai làm thay từ ngày nào đến ngày nào.",
        covers=("villages:record_role_absence",),
    ),
    menu.MenuEntry(
        "Tài khoản",
        "villages:accounts",
        "person-lock",
        manager,
        "people",
        30,
        "Ai đăng nhập, giữ vai gì từ ngày nào; thêm, khóa, giao vai, in phiếu mật khẩu.",
        covers=("villages:account_request",),
    ),
    menu.MenuEntry(
        "Nhật ký an toàn",
        "villages:security_log",
        "shield-lock",
        permissions.administrator,
        "people",
        40,
        "Đăng nhập, nhập sai, cấp lại mật khẩu, thay đổi vai trò; không có hồ sơ nào.",
    ),
)


def register_villages_flows() -> None:
    """Registers the workflows and the menu entries of this app."""
    for flow in FLOWS:
        register_flow(flow)
    menu.add_menu_entries(*MENU_ENTRIES)
