"""URLs of signing in and out, passwords and contact details."""

from django.urls import path

from emulation.accounts import views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("mat-khau/", views.ChangePassword.as_view(), name="password"),
    path("lien-he/", views.EditOwnContact.as_view(), name="contact"),
    path("", views.AccountList.as_view(), name="list"),
    path("<int:pk>/cap-lai/", views.ResetPassword.as_view(), name="reset"),
]
