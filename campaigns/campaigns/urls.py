"""URLs of campaigns and registrations; included by campaigns/urls.py."""

from django.urls import path

from campaigns.campaigns.actions.campaign import campaign_approval
from campaigns.campaigns.views import campaign, campaign_progress, registration
from emulation.documents.approval.views import approval_urls

urlpatterns = [
    path("phong-trao/", campaign.CampaignList.as_view(), name="campaigns"),
    path("phong-trao/<int:pk>/", campaign.CampaignPage.as_view(), name="campaign"),
    *approval_urls(
        campaign_approval,
        "phong-trao/",
        start=campaign.StartCampaign,
        edit=campaign.EditCampaign,
        help_page="phong-trao-thi-dua",
    ),
    path("phong-trao/<int:pk>/chi-tieu/", campaign.EditGoals.as_view(), name="edit_goals"),
    path("phong-trao/<int:pk>/doi-han/", campaign_progress.ExtendCampaign.as_view(), name="extend_campaign"),
    path("phong-trao/<int:pk>/so-ket/", campaign_progress.RecordMidtermReview.as_view(), name="hold_midterm"),
    path("phong-trao/<int:pk>/tong-ket/", campaign_progress.RecordFinalReview.as_view(), name="sum_up"),
    path("phong-trao/<int:pk>/ket-thuc/", campaign_progress.CloseCampaign.as_view(), name="close_campaign"),
    path("phong-trao/<int:pk>/dang-ky/", registration.RegistrationTablePage.as_view(), name="registrations"),
    path(
        "phong-trao/<int:pk>/dang-ky.xlsx", registration.RegistrationsWorkbook.as_view(), name="registrations_workbook"
    ),
    path("phong-trao/dang-ky/<int:pk>/", registration.RegistrationPage.as_view(), name="registration"),
    path("phong-trao/dang-ky/<int:pk>/ghi/", registration.RegisterForCampaign.as_view(), name="register"),
    path("phong-trao/dang-ky/<int:pk>/khong/", registration.DeclineCampaign.as_view(), name="decline"),
    path("phong-trao/dang-ky/<int:pk>/rut/", registration.WithdrawRegistration.as_view(), name="take_back"),
    path("phong-trao/dang-ky/<int:pk>/tra-lai/", registration.ReturnRegistration.as_view(), name="return_registration"),
    path("phong-trao/dang-ky/<int:pk>/ket-qua/", registration.ReportProgress.as_view(), name="report_progress"),
]
