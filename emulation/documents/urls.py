from django.urls import path

from emulation.documents.views import numbers, papers, pictures

app_name = "documents"
urlpatterns = [
    path("", papers.DocumentList.as_view(), name="list"),
    path("so-di/", papers.Register.as_view(), name="register"),
    path("so-hieu/", numbers.Numbers.as_view(), name="numbers"),
    path("hinh-anh/", pictures.Pictures.as_view(), name="pictures"),
    path("hinh-anh/mau/", pictures.PictureSample.as_view(), name="picture_sample"),
    path("hinh-anh/<slug:kind>/", pictures.PictureFile.as_view(), name="picture"),
    path("hinh-anh/<slug:kind>/bo/", pictures.RemovePicture.as_view(), name="remove_picture"),
    path("<int:pk>/", papers.DocumentPage.as_view(), name="document"),
    path("<int:pk>/to/", papers.DocumentSheet.as_view(), name="sheet"),
    path("<int:pk>/tep/", papers.DocumentFiles.as_view(), name="files"),
    path("<int:pk>/tao-tep/", papers.MakeFiles.as_view(), name="make"),
    path("<int:pk>/tep/<slug:fmt>/", papers.DocumentDownload.as_view(), name="download"),
    path("<int:pk>/huy/", papers.Cancel.as_view(), name="cancel"),
    path("<int:pk>/chuyen/", papers.HandOver.as_view(), name="hand_over"),
    path("<int:pk>/tai-len/", papers.Upload.as_view(), name="upload"),
    path("nhap/<int:pk>/", papers.DraftPage.as_view(), name="draft"),
    path("nhap/<int:pk>/to/", papers.DraftSheet.as_view(), name="draft_sheet"),
    path("nhap/<int:pk>/tep/", papers.DraftFiles.as_view(), name="draft_files"),
    path("nhap/<int:pk>/tao-tep/", papers.MakeDraftFiles.as_view(), name="draft_make"),
    path("nhap/<int:pk>/tep/<slug:fmt>/", papers.DraftDownload.as_view(), name="draft_download"),
]
