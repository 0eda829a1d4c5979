"""The office's pictures for giấy khen: what is in use, a sample sheet, what was used before."""

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
    """Upload an emblem or a border; below it how a giấy khen would look with what is in use now."""

    permission, act, model = permissions.office, "documents.add_picture", Commune
    form_class, template_name, help = BrandingImageForm, "documents/pictures.html", "hinh-anh-giay-khen"
    title = "Hình ảnh cho giấy khen"
    success_message = "Đã dùng ảnh mới cho các giấy khen từ nay về sau."

    def get_object(self) -> Commune:
        return self.commune

    def get_extra_context(self) -> dict[str, Any]:
        used = branding.branding_images_in_use(self.commune)
        rows = BrandingImage.objects.visible_to(self.request.user).select_related("uploaded_by").order_by("-pk")
        return {
            "places": [(kind, label, used.get(kind), WITHOUT[kind]) for kind, label in BrandingImage.KINDS],
            "history": rows[:HISTORY_SHOWN],
        }

    def perform(self, form: BrandingImageForm) -> Any:
        data = form.cleaned_data["picture"].read()
        actions.add_branding_image(by=self.request.user, commune=self.object, kind=form.cleaned_data["kind"], data=data)
        return redirect("documents:pictures")


class RemoveBrandingImage(ActPostView):
    permission, act, model = permissions.office, "documents.remove_picture", Commune
    success_message = "Đã thôi dùng ảnh; chỗ đó để trống trên các giấy khen từ nay về sau."

    def get_object(self) -> Commune:
        return self.commune

    def get_failure_url(self) -> str:
        return "documents:pictures"

    def perform(self) -> str:
        actions.remove_branding_image(by=self.request.user, commune=self.object, kind=self.kwargs["kind"])
        return "documents:pictures"


class BrandingImageFile(BaseView):
    """The picture in use, for the page above."""

    permission = permissions.office

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        used = branding.branding_images_in_use(self.commune).get(kind)
        data = branding.read_branding_image(used.sha256) if used else None
        if data is None:
            raise Http404
        return HttpResponse(data, content_type=f"image/{html.image_subtype(data)}")


class SampleCertificatePage(BaseView):
    """A made-up giấy khen with the pictures in use, marked as a draft."""

    permission = permissions.office

    def get(self, request: HttpRequest) -> HttpResponse:
        sheet = branding.sample_branded_certificate(self.commune, timezone.localdate())
        return paper_response(
            [html.embed_images(html.paper_html(sheet), branding.read_branding_image)], sheet.title, html.STYLE_VERSION
        )
