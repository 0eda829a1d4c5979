"""URLs of the to-do list, calendar, boards, reports, audit log, health page, help and leaflet."""

from django.urls import include, path

from emulation.documents.approval.views import approval_urls
from reports.actions.period_report import period_report_approval
from reports.views import (
    audit_log,
    calendar_feed,
    catalogue_leaflet,
    dashboard,
    health,
    help_pages,
    list_file,
    month_calendar,
    month_sheet,
    navigation,
    period_report,
    search,
    todo,
    unit_board,
)

report_patterns = [
    path("viec-cua-toi/", todo.TodoPage.as_view(), name="todo"),
    path("viec-cua-toi/so-viec/", navigation.WaitingCounts.as_view(), name="counts"),
    path("tim-kiem/", search.SearchPage.as_view(), name="search"),
    path("them/", navigation.MorePage.as_view(), name="more"),
    path("lich-cong-tac/", month_calendar.MonthCalendarPage.as_view(), name="calendar"),
    path("lich-cong-tac/ngay/", month_calendar.CalendarDayPage.as_view(), name="day"),
    path("lich-cong-tac/moc/", month_calendar.MilestonesPage.as_view(), name="milestones"),
    path("lich-cong-tac/ban-in/", month_sheet.MonthSheetPage.as_view(), name="month_sheet"),
    path("lich-cong-tac/ban-in/tien-do/", month_sheet.MonthSheetStatePage.as_view(), name="month_sheet_state"),
    path("lich-cong-tac/ban-in/lap/", month_sheet.RequestMonthSheet.as_view(), name="make_month_sheet"),
    path("lich-cong-tac/ban-in/tep/", month_sheet.MonthSheetFile.as_view(), name="month_sheet_file"),
    path("lich-cong-tac/dien-thoai/", calendar_feed.PhoneCalendarPage.as_view(), name="phone"),
    path("lich-cong-tac/dien-thoai/tao/", calendar_feed.CreateCalendarLink.as_view(), name="make_link"),
    path("lich-cong-tac/dien-thoai/thu-hoi/", calendar_feed.RevokeCalendarLink.as_view(), name="revoke_link"),
    path("lich/<str:token>.ics", calendar_feed.CalendarFeed.as_view(), name="feed"),
    path("tong-quan/", dashboard.DashboardPage.as_view(), name="dashboard"),
    path("tien-do/", unit_board.UnitBoardPage.as_view(), name="board"),
    path("bao-cao/", period_report.PeriodReportList.as_view(), name="reports"),
    path("bao-cao/lap/", period_report.StartPeriodReport.as_view(), name="start"),
    path("bao-cao/<int:pk>/", period_report.PeriodReportPage.as_view(), name="report"),
    path("bao-cao/<int:pk>/so-lieu/<slug:key>/", period_report.FigureNamesPage.as_view(), name="names"),
    path("bao-cao/<int:pk>/bang-so-lieu.xlsx", period_report.PeriodReportWorkbook.as_view(), name="sheet"),
    *approval_urls(period_report_approval, "bao-cao/", edit=period_report.EditPeriodReport, help_page="bao-cao-quy"),
    path("bao-cao/<int:pk>/da-nhan/", period_report.AcknowledgePeriodReport.as_view(), name="acknowledge"),
    path("bao-cao/<int:pk>/cap-tren-tra-lai/", period_report.SendBackPeriodReport.as_view(), name="send_back"),
    path("bao-cao/<int:pk>/lap-lai/", period_report.RedoPeriodReport.as_view(), name="redo"),
    path("phap-luat/to-tra-cuu/", catalogue_leaflet.LeafletPage.as_view(), name="leaflet"),
    path("phap-luat/to-tra-cuu/tien-do/", catalogue_leaflet.LeafletStatePage.as_view(), name="leaflet_state"),
    path("phap-luat/to-tra-cuu/lap/", catalogue_leaflet.RequestLeaflet.as_view(), name="make_leaflet"),
    path("phap-luat/to-tra-cuu/tep/", catalogue_leaflet.LeafletFile.as_view(), name="leaflet_file"),
    path("phap-luat/danh-muc.xlsx", catalogue_leaflet.CatalogueWorkbookFile.as_view(), name="catalogue_workbook"),
    path("viec-cua-toi/tep-danh-sach/lap/", list_file.RequestListFile.as_view(), name="make_list_file"),
    path("viec-cua-toi/tep-danh-sach/<int:pk>/", list_file.ListFilePage.as_view(), name="list_file"),
    path("viec-cua-toi/tep-danh-sach/<int:pk>/tien-do/", list_file.ListFileState.as_view(), name="list_file_state"),
    path(
        "viec-cua-toi/tep-danh-sach/<int:pk>/tai-ve/", list_file.ListFileDownload.as_view(), name="list_file_download"
    ),
    path("nhat-ky/", audit_log.AuditLogPage.as_view(), name="trail"),
    path("suc-khoe/", health.HealthStatus.as_view(), name="health"),
    path("suc-khoe/chi-tiet/", health.HealthPage.as_view(), name="health_details"),
    path("suc-khoe/viec/<int:pk>/lam-lai/", health.RetryJob.as_view(), name="retry_job"),
    path("suc-khoe/khoi-phuc/<int:pk>/gui-lai/", health.ReleaseMessages.as_view(), name="release_messages"),
]
urlpatterns = [
    path("", include((report_patterns, "reports"))),
    path("tro-giup/", help_pages.HelpIndex.as_view(), name="help_index"),
    path("tro-giup/<slug:slug>/", help_pages.HelpPage.as_view(), name="help"),
]
