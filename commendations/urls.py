from django.urls import path

from commendations.views import award, decision, presentation

app_name = "commendations"

to_the_chair = [
    path("phieu-trinh/", presentation.PresentationList.as_view(), name="presentations"),
    path("phieu-trinh/<int:pk>/", presentation.PresentationPage.as_view(), name="presentation"),
    path("phien-hop/<int:pk>/lap-phieu-trinh/", presentation.DraftPresentation.as_view(), name="draft_presentation"),
    path("phieu-trinh/<int:pk>/sua/", presentation.EditPresentation.as_view(), name="edit_presentation"),
    path("phieu-trinh/<int:pk>/trinh/", presentation.Present.as_view(), name="present"),
    path("phieu-trinh/<int:pk>/quyet-dinh/", presentation.Decide.as_view(), name="decide"),
    path("phieu-trinh/<int:pk>/tra-lai/", presentation.ReturnPresentation.as_view(), name="return_presentation"),
]
decisions = [
    path("quyet-dinh/", decision.DecisionList.as_view(), name="decisions"),
    path("quyet-dinh/<int:pk>/", decision.DecisionPage.as_view(), name="decision"),
    path("quyet-dinh/<int:pk>/sua/", decision.EditDecision.as_view(), name="edit_decision"),
    path("quyet-dinh/<int:pk>/trinh-ky/", decision.ToSignature.as_view(), name="to_signature"),
    path("quyet-dinh/<int:pk>/ve-du-thao/", decision.BackToDraft.as_view(), name="back_to_draft"),
    path("quyet-dinh/<int:pk>/ban-hanh/", decision.Issue.as_view(), name="issue"),
    path("quyet-dinh/<int:pk>/in-giay-khen/", decision.PrintCertificates.as_view(), name="print_certificates"),
    path("quyet-dinh/<int:pk>/giay-khen/", decision.CertificateProgress.as_view(), name="certificates"),
    path("quyet-dinh/<int:pk>/chi-tien/", decision.MoneyList.as_view(), name="money_list"),
]
golden_register = [
    path("so-vang/", award.Register.as_view(), name="register"),
    path("so-vang/xuat/", award.RegisterExport.as_view(), name="register_export"),
    path("so-vang/<int:pk>/", award.AwardPage.as_view(), name="award"),
    path("so-vang/<int:pk>/ca-doi/", award.AwardsOf.as_view(), name="awards_of"),
    path("so-vang/<int:pk>/trao/", award.HandOver.as_view(), name="hand_over"),
]
urlpatterns = [*to_the_chair, *decisions, *golden_register]
