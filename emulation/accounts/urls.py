"""URLs of signing in and out, passwords and contact details."""

from django.urls import path

from emulation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("phieu/", views.UseSlip.as_view(), name="slip"),
    path("mat-khau-moi/", views.NewPassword.as_view(), name="new_password"),
    path("mat-khau/", views.ChangePassword.as_view(), name="password"),
    path("cua-toi/", views.OwnPage.as_view(), name="own"),
    path("cua-toi/dang-xuat-may-khac/", views.EndOtherSessions.as_view(), name="end_sessions"),
    path("so-van-phong/", views.SetOfficePhone.as_view(), name="office_phone"),
]
