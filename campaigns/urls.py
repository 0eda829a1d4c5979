from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.Month.as_view(), name="month"),
    path("dien-hinh/", views.ExemplarList.as_view(), name="exemplars"),
    path("dien-hinh/<int:pk>/", views.ExemplarPage.as_view(), name="exemplar"),
    path("dien-hinh/<int:pk>/viet/", views.EditExemplar.as_view(), name="edit"),
    path("dien-hinh/<int:pk>/rut-lai/", views.Withdraw.as_view(), name="withdraw"),
    path("dien-hinh/<int:pk>/bo/", views.Cancel.as_view(), name="cancel"),
    path("dien-hinh/<int:pk>/chap-nhan/", views.Accept.as_view(), name="accept"),
    path("dien-hinh/<int:pk>/tra-lai/", views.Return.as_view(), name="return"),
    path("ky/", views.PeriodList.as_view(), name="periods"),
    path("ky/mo/", views.OpenPeriod.as_view(), name="open_period"),
    path("ky/<int:pk>/", views.Board.as_view(), name="board"),
    path("ky/<int:period>/don-vi/<int:unit>/dien-hinh-moi/", views.NewExemplar.as_view(), name="new"),
    path("ky/<int:period>/don-vi/<int:unit>/khong-co/", views.NewNothing.as_view(), name="new_nothing"),
    path("anh/<int:pk>/", views.PhotoFile.as_view(), name="photo"),
    path("anh/<int:pk>/nho/", views.PhotoThumb.as_view(), name="photo_thumb"),
]
