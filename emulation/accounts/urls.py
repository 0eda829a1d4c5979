"""URLs of signing in and out, second steps, passwords and contact details."""

from django.urls import path

from emulation.accounts import passkey_views, second_step_views, views

app_name = "accounts"
urlpatterns = [
    path("dang-nhap/", views.Login.as_view(), name="login"),
    path("dang-nhap/buoc-hai/", second_step_views.SignInSecondStep.as_view(), name="second_step"),
    path("dang-nhap/khoa/", passkey_views.PasskeySignIn.as_view(), name="passkey_sign_in"),
    path("khoa-lan-nua/", passkey_views.PasskeyAgain.as_view(), name="passkey_again"),
    path("dang-xuat/", views.Logout.as_view(), name="logout"),
    path("phieu/", views.UseSlip.as_view(), name="slip"),
    path("mat-khau-moi/", views.NewPassword.as_view(), name="new_password"),
    path("mat-khau/", views.ChangePassword.as_view(), name="password"),
    path("cua-toi/", views.OwnPage.as_view(), name="own"),
    path("cua-toi/dang-xuat-may-khac/", views.EndOtherSessions.as_view(), name="end_sessions"),
    path("hai-buoc/", second_step_views.SecondStepList.as_view(), name="second_steps"),
    path("hai-buoc/ung-dung/", second_step_views.SwitchOnApp.as_view(), name="second_step_app"),
    path("hai-buoc/khoa/", second_step_views.AddPasskey.as_view(), name="add_passkey"),
    path("hai-buoc/go/", second_step_views.RemoveSecondStep.as_view(), name="remove_second_step"),
    path("hai-buoc/ma-du-phong/", second_step_views.RecoveryCodes.as_view(), name="recovery_codes"),
    path("cua-toi/dang-xuat-may/", views.EndDevice.as_view(), name="end_device"),
    path("so-van-phong/", views.SetOfficePhone.as_view(), name="office_phone"),
]
