from django.urls import path

from emulation.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NoticeList.as_view(), name="list"),
    path("da-doc/", views.MarkRead.as_view(), name="read"),
]
