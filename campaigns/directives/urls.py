"""URLs of directives, letters and tasks; included by campaigns/urls.py."""

from django.urls import path

from campaigns.directives.actions.letter import letter_approval
from campaigns.directives.views import directive, duty, duty_report, handling, letter, recipient
from emulation.documents.approval.views import approval_urls

urlpatterns = [
    path("chi-dao/", directive.DirectiveList.as_view(), name="directives"),
    path("chi-dao/ghi/", directive.ReceiveDirective.as_view(), name="receive_directive"),
    path("chi-dao/<int:pk>/", directive.DirectivePage.as_view(), name="directive"),
    path("chi-dao/<int:pk>/soan/", letter.StartLetter.as_view(), name="start_letter"),
    path("chi-dao/<int:pk>/sua/", directive.EditDirective.as_view(), name="edit_directive"),
    path("chi-dao/<int:pk>/ban-chup/", directive.AddScan.as_view(), name="add_scan"),
    path("ban-chup/<int:pk>/", directive.ScanFile.as_view(), name="scan"),
    path("ban-chup/<int:pk>/bo/", directive.RemoveScan.as_view(), name="remove_scan"),
    path("chi-dao/<int:pk>/chuyen/", handling.RouteDirective.as_view(), name="route_directive"),
    path("xu-ly/<int:pk>/", handling.HandlingPage.as_view(), name="handling"),
    path("xu-ly/<int:pk>/xong/", handling.FinishHandling.as_view(), name="finish_handling"),
    path("xu-ly/<int:pk>/lay-lai/", handling.RecallHandling.as_view(), name="recall_handling"),
    path("chi-dao/<int:pk>/viec/", duty.DutyList.as_view(), name="duties"),
    path("chi-dao/<int:pk>/viec/them/", duty.AddDuty.as_view(), name="add_duty"),
    path("viec/<int:pk>/sua/", duty.EditDuty.as_view(), name="edit_duty"),
    path("viec/<int:pk>/bo/", duty.RemoveDuty.as_view(), name="remove_duty"),
    path("viec/<int:pk>/len/", duty.MoveDutyUp.as_view(), name="move_duty_up"),
    path("viec/<int:pk>/xuong/", duty.MoveDutyDown.as_view(), name="move_duty_down"),
    path("cong-van/", letter.LetterList.as_view(), name="letters"),
    path("cong-van/<int:pk>/", letter.LetterPage.as_view(), name="letter"),
    *approval_urls(letter_approval, "cong-van/", edit=letter.EditLetter, help_page="soan-cong-van"),
    path("cong-van/<int:pk>/tien-do/", duty_report.DutyBoardPage.as_view(), name="duty_board"),
    path("cong-van/<int:pk>/tien-do/<int:unit>/<int:duty>/", duty_report.DutyNotAssignedPage.as_view(), name="no_duty"),
    path("cong-van/<int:pk>/bao-cao/", duty_report.ReportOfficeDuties.as_view(), name="report_own_duties"),
    path("nhan/<int:pk>/bao-cao/", duty_report.ReportDuties.as_view(), name="report_duties"),
    path("viec-don-vi/<int:pk>/", duty_report.UnitDutyPage.as_view(), name="unit_duty"),
    path("bao-cao-viec/<int:pk>/", duty_report.DutyReportPage.as_view(), name="duty_report"),
    path("bao-cao-viec/<int:pk>/chap-nhan/", duty_report.AcceptDutyReport.as_view(), name="accept_report"),
    path("bao-cao-viec/<int:pk>/tra-lai/", duty_report.ReturnDutyReport.as_view(), name="return_report"),
    path("minh-chung/<int:pk>/", duty_report.DutyReportFileView.as_view(), name="report_file"),
    path("noi-nhan/<int:pk>/", recipient.RecipientPage.as_view(), name="recipient"),
    path("noi-nhan/<int:pk>/xac-nhan/", recipient.AcknowledgeAbove.as_view(), name="acknowledge_above"),
    path("noi-nhan/<int:pk>/ghi-nhan/", recipient.RecordReceived.as_view(), name="record_received"),
    path("nhan/<int:pk>/", letter.LetterReceiptPage.as_view(), name="receipt"),
    path("nhan/<int:pk>/xac-nhan/", letter.AcknowledgeLetter.as_view(), name="acknowledge"),
]
