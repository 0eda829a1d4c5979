"""URLs of return reasons; included by campaigns/urls.py."""

from django.urls import path

from campaigns.catalogue import views

urlpatterns = [
    path("ly-do/", views.ReturnReasonsPage.as_view(), name="reasons"),
    path("ly-do/<int:pk>/dung/", views.ToggleReturnReason.as_view(), name="switch_reason"),
]
