"""URLs of signing in and out, passwords and contact details."""

from django.urls import path

from emulation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("mat-khau/", views.ChangePassword.as_view(), name="password"),
    path("cua-toi/", views.OwnPage.as_view(), name="own"),
    path("cua-toi/dang-xuat-may-khac/", views.EndOtherSessions.as_view(), name="end_sessions"),
    path("so-van-phong/", views.SetOfficePhone.as_view(), name="office_phone"),
    path("", views.AccountList.as_view(), name="list"),
    path("<int:pk>/cap-lai/", views.ResetPassword.as_view(), name="reset"),
]
