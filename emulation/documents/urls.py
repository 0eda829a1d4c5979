from django.urls import path

from emulation.documents import views

app_name = "documents"
urlpatterns = [
    path("", views.DocumentList.as_view(), name="list"),
    path("so-di/", views.Register.as_view(), name="register"),
    path("<int:pk>/", views.DocumentPage.as_view(), name="document"),
    path("<int:pk>/to/", views.DocumentSheet.as_view(), name="sheet"),
    path("<int:pk>/tep/", views.DocumentFiles.as_view(), name="files"),
    path("<int:pk>/tao-tep/", views.MakeFiles.as_view(), name="make"),
    path("<int:pk>/tep/<slug:fmt>/", views.DocumentDownload.as_view(), name="download"),
    path("<int:pk>/huy/", views.Cancel.as_view(), name="cancel"),
    path("<int:pk>/chuyen/", views.HandOver.as_view(), name="hand_over"),
    path("<int:pk>/tai-len/", views.Upload.as_view(), name="upload"),
    path("nhap/<int:pk>/", views.DraftPage.as_view(), name="draft"),
    path("nhap/<int:pk>/to/", views.DraftSheet.as_view(), name="draft_sheet"),
    path("nhap/<int:pk>/tep/", views.DraftFiles.as_view(), name="draft_files"),
    path("nhap/<int:pk>/tao-tep/", views.MakeDraftFiles.as_view(), name="draft_make"),
    path("nhap/<int:pk>/tep/<slug:fmt>/", views.DraftDownload.as_view(), name="draft_download"),
]
