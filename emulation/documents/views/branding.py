"""Pages of the images for giấy khen: those in use, a sample certificate, earlier ones."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.public_address import NO_PUBLIC_ADDRESS, has_public_address
from emulation.documents import branding, branding_upload
from emulation.documents.engines import html
from emulation.documents.forms import BrandingImageForm
from emulation.documents.models import BrandingImage
from emulation.documents.views.document import paper_response
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView

HISTORY_SHOWN = 20
WITHOUT = {
    BrandingImage.EMBLEM: "Trên giấy khen chỗ này để trống.",
    BrandingImage.BORDER: "Giấy khen in khung kẻ đơn giản.",
}
"""What a certificate looks like without the picture."""


def places_context(commune: Commune) -> dict[str, Any]:
    """The places of the images, each with what its paper looks like without one."""
    places = branding.branding_places(commune)
    return {
        "places": [(place, WITHOUT[place.kind]) for place in places],
        "pending": any(place.is_pending for place in places),
        "no_public_address": "" if has_public_address() else NO_PUBLIC_ADDRESS,
    }


class BrandingPage(ActFormView):
    """Upload of an emblem or a border, with a preview of a giấy khen with the images in use."""

    permission = permissions.office
    act = "documents.add_picture"
    model = Commune
    form_class = BrandingImageForm
    template_name = "documents/pictures.html"
    help = "hinh-anh-giay-khen"
    title = "Hình ảnh giấy khen"
    success_message = "Đã nhận ảnh, đang xử lý. Xong thì dùng cho các giấy khen từ đó về sau."

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = BrandingImage.objects.visible_to(self.request.user).select_related("uploaded_by").order_by("-pk")
        return {
            **super().get_context_data(**context),
            **places_context(self.commune),
            "history": rows[:HISTORY_SHOWN],
        }

    def form_valid(self, form: BrandingImageForm) -> Any:
        data = form.cleaned_data["picture"].read()
        kind = form.cleaned_data["kind"]
        branding_upload.upload_branding_image(by=self.request.user, commune=self.object, kind=kind, data=data)
        return redirect("documents:pictures")


class BrandingPlacesPage(PageView):
    """The images in use and what is on its way, as a part of the page; the browser polls it while a job works."""

    permission = permissions.office
    template_name = "documents/_picture_places.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(**places_context(self.commune), polled=True, **context)


class RemoveBrandingImage(ActPostView):
    permission = permissions.office
    act = "documents.remove_picture"
    model = Commune
    success_message = "Đã thôi dùng ảnh; chỗ đó để trống trên các giấy khen từ nay về sau."

    def get_object(self) -> Commune:
        return self.commune

    def get_failure_url(self) -> str:
        return "documents:pictures"

    def perform(self) -> str:
        branding_upload.remove_branding_image(by=self.request.user, commune=self.object, kind=self.kwargs["kind"])
        return "documents:pictures"


class BrandingImageFile(BaseView):
    """The image in use, for the branding page."""

    permission = permissions.office

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        used = branding.branding_images_in_use(self.commune).get(kind)
        data = branding.read_branding_image(used.sha256) if used else None
        if data is None:
            raise Http404
        return HttpResponse(data, content_type=f"image/{html.image_subtype(data)}")


class SampleCertificatePage(BaseView):
    """A sample giấy khen with the images in use, marked as a draft."""

    permission = permissions.office

    def get(self, request: HttpRequest) -> HttpResponse:
        certificate = branding.sample_branded_certificate(self.commune, timezone.localdate())
        body = html.embed_images(html.paper_html(certificate), branding.read_branding_image)
        return paper_response([body], certificate.title, html.STYLE_VERSION)
