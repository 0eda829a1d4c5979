"""URLs of the app, one module per package."""

from django.urls import include, path

app_name = "campaigns"
urlpatterns = [
    path("", include("campaigns.exemplars.urls")),
    path("", include("campaigns.reminders.urls")),
    path("", include("campaigns.directives.urls")),
    path("", include("campaigns.campaigns.urls")),
    path("", include("campaigns.catalogue.urls")),
]
