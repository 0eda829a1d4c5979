"""URLs of papers, drafts, registers, images for giấy khen and number books."""

from django.urls import path

from emulation.documents.views import branding, cancellation, document, number_series

app_name = "documents"
urlpatterns = [
    path("", document.DocumentList.as_view(), name="list"),
    path("so-di/", document.OutgoingRegister.as_view(), name="register"),
    path("so-hieu/", number_series.NumberSeriesPage.as_view(), name="numbers"),
    path("so-hieu/so-cuoi/", number_series.CheckNumberBooks.as_view(), name="check_number_books"),
    path("so-hieu/so-cuoi/<int:pk>/sua/", number_series.CorrectNumberBook.as_view(), name="correct_number_book"),
    path("hinh-anh/", branding.BrandingPage.as_view(), name="pictures"),
    path("hinh-anh/mau/", branding.SampleCertificatePage.as_view(), name="picture_sample"),
    path("hinh-anh/dang-dung/", branding.BrandingPlacesPage.as_view(), name="picture_places"),
    path("hinh-anh/<slug:kind>/", branding.BrandingImageFile.as_view(), name="picture"),
    path("hinh-anh/<slug:kind>/bo/", branding.RemoveBrandingImage.as_view(), name="remove_picture"),
    path("<int:pk>/", document.DocumentPage.as_view(), name="document"),
    path("<int:pk>/to/", document.DocumentHtml.as_view(), name="sheet"),
    path("<int:pk>/tep/", document.DocumentFilesPartial.as_view(), name="files"),
    path("<int:pk>/tao-tep/", document.RequestDocumentFiles.as_view(), name="make"),
    path("<int:pk>/tep/<slug:fmt>/", document.DocumentDownload.as_view(), name="download"),
    path("<int:pk>/de-nghi-huy/", cancellation.ProposeCancellation.as_view(), name="propose_cancellation"),
    path("<int:pk>/chuyen/", document.HandOverDocument.as_view(), name="hand_over"),
    path("<int:pk>/tai-len/", document.UploadDocumentFile.as_view(), name="upload"),
    path("huy/<int:pk>/", cancellation.CancellationPage.as_view(), name="cancellation"),
    path("huy/<int:pk>/dong-y/", cancellation.AgreeToCancellation.as_view(), name="agree_cancellation"),
    path("huy/<int:pk>/khong-dong-y/", cancellation.DeclineCancellation.as_view(), name="decline_cancellation"),
    path("huy/<int:pk>/rut/", cancellation.WithdrawCancellation.as_view(), name="withdraw_cancellation"),
    path("nhap/<int:pk>/", document.DraftPage.as_view(), name="draft"),
    path("nhap/<int:pk>/to/", document.DraftHtml.as_view(), name="draft_sheet"),
    path("nhap/<int:pk>/tep/", document.DraftFilesPartial.as_view(), name="draft_files"),
    path("nhap/<int:pk>/tao-tep/", document.RequestDraftFiles.as_view(), name="draft_make"),
    path("nhap/<int:pk>/tep/<slug:fmt>/", document.DraftDownload.as_view(), name="draft_download"),
]
