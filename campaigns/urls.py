from django.urls import path

from campaigns.views import exemplar, letter, period, write

app_name = "campaigns"
urlpatterns = [
    path("", exemplar.Month.as_view(), name="month"),
    path("dien-hinh/", exemplar.ExemplarList.as_view(), name="exemplars"),
    path("dien-hinh/<int:pk>/", exemplar.ExemplarPage.as_view(), name="exemplar"),
    path("dien-hinh/<int:pk>/viet/", write.EditExemplar.as_view(), name="edit"),
    path("dien-hinh/<int:pk>/rut-lai/", exemplar.Withdraw.as_view(), name="withdraw"),
    path("dien-hinh/<int:pk>/bo/", exemplar.Cancel.as_view(), name="cancel"),
    path("dien-hinh/<int:pk>/chap-nhan/", exemplar.Accept.as_view(), name="accept"),
    path("dien-hinh/<int:pk>/tra-lai/", exemplar.Return.as_view(), name="return"),
    path("anh/<int:pk>/", exemplar.PhotoFile.as_view(), name="photo"),
    path("anh/<int:pk>/nho/", exemplar.PhotoThumb.as_view(), name="photo_thumb"),
    path("ky/", period.PeriodList.as_view(), name="periods"),
    path("ky/mo/", period.OpenPeriod.as_view(), name="open_period"),
    path("ky/<int:pk>/", period.Board.as_view(), name="board"),
    path("ky/<int:period>/don-vi/<int:unit>/dien-hinh-moi/", write.NewExemplar.as_view(), name="new"),
    path("ky/<int:period>/don-vi/<int:unit>/khong-co/", write.NewNothing.as_view(), name="new_nothing"),
    path("chi-dao/", letter.DirectiveList.as_view(), name="directives"),
    path("chi-dao/ghi/", letter.ReceiveDirective.as_view(), name="receive_directive"),
    path("chi-dao/<int:pk>/", letter.DirectivePage.as_view(), name="directive"),
    path("chi-dao/<int:pk>/soan/", letter.StartLetter.as_view(), name="start_letter"),
    path("cong-van/", letter.LetterList.as_view(), name="letters"),
    path("cong-van/<int:pk>/", letter.LetterPage.as_view(), name="letter"),
    path("cong-van/<int:pk>/sua/", letter.EditLetter.as_view(), name="edit_letter"),
    path("cong-van/<int:pk>/trinh/", letter.SubmitLetter.as_view(), name="submit_letter"),
    path("cong-van/<int:pk>/duyet/", letter.ApproveLetter.as_view(), name="approve_letter"),
    path("cong-van/<int:pk>/tra-lai/", letter.ReturnLetter.as_view(), name="return_letter"),
    path("cong-van/<int:pk>/ban-hanh/", letter.IssueLetter.as_view(), name="issue_letter"),
    path("cong-van/<int:pk>/ban-in/", letter.PreviewLetter.as_view(), name="preview_letter"),
    path("nhan/<int:pk>/", letter.Receipt.as_view(), name="receipt"),
    path("nhan/<int:pk>/xac-nhan/", letter.Acknowledge.as_view(), name="acknowledge"),
]
