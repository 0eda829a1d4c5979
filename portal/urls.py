from django.urls import include, path

from portal import views

room = [
    path("bang-vang/", views.Roll.as_view(), name="roll"),
    path("bang-vang/<str:code>/", views.Entry.as_view(), name="entry"),
    path("xac-minh/", views.Verify.as_view(), name="verify"),
    path("xac-minh/<str:code>/", views.Verified.as_view(), name="verified"),
]
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("", include((room, "portal"))),
]
