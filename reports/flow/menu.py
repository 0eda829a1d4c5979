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
        menu.MenuEntry("Việc của tôi", "reports:todo", "inbox", permissions.signed_in, "Của tôi", 10, "Việc"),
        menu.MenuEntry("Tiến độ các đơn vị", "reports:board", "grid-3x3-gap", permissions.staff, "Thi đua", 5),
        menu.MenuEntry(
            "Báo cáo quý",
            "reports:reports",
            "bar-chart",
            permissions.staff | permissions.superior,
            "Văn bản",
            60,
            "Báo cáo",
        ),
        menu.MenuEntry(
            "Nhật ký", "reports:trail", "clock-history", permissions.office | permissions.chair, "Hệ thống", 10
        ),
        menu.MenuEntry(
            "Sức khỏe hệ thống", "reports:health_details", "heart-pulse", permissions.administrator, "Hệ thống", 20
        ),
    )
