"""URLs of the user's notifications."""

from django.urls import path

from emulation.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.NotificationList.as_view(), name="list"),
    path("da-doc/", views.MarkNotificationsRead.as_view(), name="read"),
]
