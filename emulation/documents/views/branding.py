"""Pages of the images for giấy khen: those in use, a sample certificate, earlier ones."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.documents import actions, branding
from emulation.documents.engines import html
from emulation.documents.forms import BrandingImageForm
from emulation.documents.models import BrandingImage
from emulation.documents.views.document import paper_response
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, BaseView

HISTORY_SHOWN = 20
WITHOUT = {
    BrandingImage.EMBLEM: "Trên giấy khen chỗ này để trống.",
    BrandingImage.BORDER: "Giấy khen in khung kẻ đơn giản.",
}
"""What a certificate looks like without the picture."""


class BrandingPage(ActFormView):
    """Upload of an emblem or a border, with a preview of a giấy khen with the images in use."""

    permission = permissions.office
    act = "documents.add_picture"
    model = Commune
    form_class = BrandingImageForm
    template_name = "documents/pictures.html"
    help = "hinh-anh-giay-khen"
    title = "Hình ảnh cho giấy khen"
    success_message = "Đã dùng ảnh mới cho các giấy khen từ nay về sau."

    def get_object(self) -> Commune:
        return self.commune

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        used = branding.branding_images_in_use(self.commune)
        rows = BrandingImage.objects.visible_to(self.request.user).select_related("uploaded_by").order_by("-pk")
        return {
            **super().get_context_data(**context),
            "places": [(kind, label, used.get(kind), WITHOUT[kind]) for kind, label in BrandingImage.KINDS],
            "history": rows[:HISTORY_SHOWN],
        }

    def form_valid(self, form: BrandingImageForm) -> Any:
        data = form.cleaned_data["picture"].read()
        actions.add_branding_image(by=self.request.user, commune=self.object, kind=form.cleaned_data["kind"], data=data)
        return redirect("documents:pictures")


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
        actions.remove_branding_image(by=self.request.user, commune=self.object, kind=self.kwargs["kind"])
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
