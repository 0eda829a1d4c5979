from django.urls import include, path

from reports.views import board, catalogue, health, help, report, todo, trail

room = [
    path("viec-cua-toi/", todo.Todo.as_view(), name="todo"),
    path("tien-do/", board.Board.as_view(), name="board"),
    path("bao-cao/", report.ReportList.as_view(), name="reports"),
    path("bao-cao/lap/", report.Start.as_view(), name="start"),
    path("bao-cao/<int:pk>/", report.ReportPage.as_view(), name="report"),
    path("bao-cao/<int:pk>/so-lieu/<slug:key>/", report.Names.as_view(), name="names"),
    path("bao-cao/<int:pk>/bang-so-lieu.xlsx", report.Sheet.as_view(), name="sheet"),
    path("bao-cao/<int:pk>/viet/", report.Edit.as_view(), name="edit"),
    path("bao-cao/<int:pk>/trinh/", report.Submit.as_view(), name="submit"),
    path("bao-cao/<int:pk>/duyet/", report.Approve.as_view(), name="approve"),
    path("bao-cao/<int:pk>/tra-lai/", report.Return.as_view(), name="return"),
    path("bao-cao/<int:pk>/gui/", report.Send.as_view(), name="send"),
    path("bao-cao/<int:pk>/da-nhan/", report.Acknowledge.as_view(), name="acknowledge"),
    path("bao-cao/<int:pk>/cap-tren-tra-lai/", report.SendBack.as_view(), name="send_back"),
    path("bao-cao/<int:pk>/lap-lai/", report.Redo.as_view(), name="redo"),
    path("phap-luat/to-tra-cuu/", catalogue.Leaflet.as_view(), name="leaflet"),
    path("phap-luat/to-tra-cuu/tien-do/", catalogue.LeafletState.as_view(), name="leaflet_state"),
    path("phap-luat/to-tra-cuu/lap/", catalogue.MakeLeaflet.as_view(), name="make_leaflet"),
    path("phap-luat/to-tra-cuu/tep/", catalogue.LeafletFile.as_view(), name="leaflet_file"),
    path("phap-luat/danh-muc.xlsx", catalogue.Workbook.as_view(), name="catalogue_workbook"),
    path("nhat-ky/", trail.Trail.as_view(), name="trail"),
    path("suc-khoe/", health.Health.as_view(), name="health"),
    path("suc-khoe/chi-tiet/", health.Details.as_view(), name="health_details"),
    path("suc-khoe/viec/<int:pk>/lam-lai/", health.RetryJob.as_view(), name="retry_job"),
]
urlpatterns = [
    path("", include((room, "reports"))),
    path("tro-giup/", help.HelpIndex.as_view(), name="help_index"),
    path("tro-giup/<slug:slug>/", help.HelpPage.as_view(), name="help"),
]
