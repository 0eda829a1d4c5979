"""The office's pictures for giấy khen: what is in use, a sample sheet, what was used before."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import ActPage, Gated, PostAct
from emulation.communes.models import Commune
from emulation.documents import actions, pictures
from emulation.documents.engines import html
from emulation.documents.forms import PictureForm
from emulation.documents.models import Picture
from emulation.documents.views.papers import sheet_response

SHOWN = 20


class Pictures(ActPage):
    """Upload an emblem or a border; below it how a giấy khen would look with what is in use now."""

    who, act, model = who.office, "documents.add_picture", Commune
    form_class, template_name, help = PictureForm, "documents/pictures.html", "hinh-anh-giay-khen"
    title = "Hình ảnh cho giấy khen"
    done = "Đã dùng ảnh mới cho các giấy khen từ nay về sau."

    def subject(self) -> Commune:
        return self.commune

    def extra(self) -> dict[str, Any]:
        used = pictures.in_use(self.commune)
        rows = Picture.objects.visible_to(self.request.user).select_related("uploaded_by").order_by("-pk")
        return {
            "places": [(kind, label, used.get(kind)) for kind, label in Picture.KINDS],
            "history": rows[:SHOWN],
        }

    def perform(self, form: PictureForm) -> Any:
        data = form.cleaned_data["picture"].read()
        actions.add_picture(by=self.request.user, commune=self.object, kind=form.cleaned_data["kind"], data=data)
        return redirect("documents:pictures")


class RemovePicture(PostAct):
    who, act, model = who.office, "documents.remove_picture", Commune
    done = "Đã thôi dùng ảnh; chỗ đó để trống trên các giấy khen từ nay về sau."

    def subject(self) -> Commune:
        return self.commune

    def back(self) -> str:
        return "documents:pictures"

    def perform(self) -> str:
        actions.remove_picture(by=self.request.user, commune=self.object, kind=self.kwargs["kind"])
        return "documents:pictures"


class PictureFile(Gated):
    """The picture in use, for the page above."""

    who = who.office

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        used = pictures.in_use(self.commune).get(kind)
        data = pictures.read(used.sha256) if used else None
        if data is None:
            raise Http404
        return HttpResponse(data, content_type=f"image/{html.picture_type(data)}")


class PictureSample(Gated):
    """A made-up giấy khen with the pictures in use, marked as a draft."""

    who = who.office

    def get(self, request: HttpRequest) -> HttpResponse:
        sheet = pictures.sample(self.commune, timezone.localdate())
        return sheet_response([html.with_pictures(html.body(sheet), pictures.read)], sheet.title, html.STYLE_VERSION)
