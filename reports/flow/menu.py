"""Registers the workflows and menu entries of reports."""

from emulation.workflow import menu, permissions
from emulation.workflow.workflow import register_flow
from reports.flow.health import MAINTENANCE
from reports.flow.period_report import COMMUNE_REPORTS


def register_reports_flows() -> None:
    """Called in AppConfig.ready()."""
    register_flow(COMMUNE_REPORTS)
    register_flow(MAINTENANCE)
    menu.add_menu_entries(
        menu.MenuEntry("Việc của tôi", "reports:todo", "inbox", permissions.signed_in, "work", 10),
        menu.MenuEntry(
            "Tổng quan",
            "reports:dashboard",
            "bar-chart-line",
            permissions.office | permissions.chair | permissions.superior,
            "work",
            20,
            "Hình và số của năm: điển hình, khen thưởng, việc được giao, báo cáo.",
        ),
        menu.MenuEntry(
            "Tiến độ",
            "reports:board",
            "grid-3x3-gap",
            permissions.staff,
            "exemplars",
            5,
            "Đơn vị nào đã gửi, đã nhận, đã báo cáo.",
        ),
        menu.MenuEntry(
            "Báo cáo",
            "reports:reports",
            "bar-chart",
            permissions.staff | permissions.superior,
            "reports",
            60,
            "Báo cáo quý, năm gửi cấp trên.",
        ),
        menu.MenuEntry(
            "Nhật ký",
            "reports:trail",
            "clock-history",
            permissions.office | permissions.chair,
            "system",
            10,
            "Ai đã làm gì, lúc nào.",
        ),
        menu.MenuEntry(
            "Sức khỏe hệ thống",
            "reports:health_details",
            "heart-pulse",
            permissions.administrator,
            "system",
            20,
            "Máy chủ, việc chạy nền, sao lưu, tệp lưu.",
            ("reports:health",),
        ),
        menu.MenuEntry(menu.SECTIONS[menu.MORE], "reports:more", "grid", permissions.signed_in, menu.MORE, 10),
    )
