"""The catalogue of a day to take along: the leaflet, made by a job, and the workbook."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Gated, Page
from emulation.core import files
from emulation.core.words import vn_date
from emulation.legal import catalogue, on
from emulation.legal.day_forms import DayForm
from emulation.legal.law import NoValue
from emulation.legal.loader import regime_on
from emulation.legal.queries import in_force
from reports import actions
from reports.queries import leaflets
from reports.workbook import workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELP = "danh-muc-danh-hieu"


def address(name: str, day: date) -> str:
    """The page of that name for that day."""
    return f"{reverse(name)}?ngay={vn_date(day)}"


class _OfDay(Gated):
    """What is asked for a day: today when none is, or when what was typed is no day."""

    who = who.signed_in
    help = HELP

    def form(self, asked: Any) -> DayForm:
        return DayForm(asked, timezone.localdate())


class Leaflet(_OfDay, Page):
    """How far the leaflet of a day is: not asked for, on its way, ready."""

    template_name = "reports/leaflet.html"

    def content(self) -> dict[str, Any]:
        form, law = self.form(self.request.GET), on.law(self.standing.commune_id)
        first = catalogue.first_day(law)
        reached = form.day >= first
        state = leaflets.state(law, self.commune, form.day, timezone.localdate()) if reached else None
        return {
            "title": "Tờ tra cứu danh mục (PDF)",
            "lead": "Một tệp A4 để in hoặc gửi: mỗi danh hiệu, hình thức một khối ngắn, theo quy định của ngày đã chọn.",
            "crumbs": [("Danh mục danh hiệu, hình thức", address("legal:catalogue", form.day)), ("Tờ tra cứu", "")],
            "form": form,
            "day": form.day,
            "leaflet": state,
            "unreached": "" if reached else NOT_KEPT.format(vn_date(first)),
        }


NOT_KEPT = "Phần mềm giữ quy định từ ngày {}. Hãy chọn một ngày từ đó trở đi."


class LeafletState(Leaflet):
    """The part of the page that tells how far it is; htmx asks for it while the file is being made."""

    template_name = "reports/_leaflet.html"


class MakeLeaflet(_OfDay):
    """POST: asks for the file, unless it is there."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form, law = self.form(request.POST), on.law(self.standing.commune_id)
        if form.day >= catalogue.first_day(law) and form.is_valid():
            key = leaflets.key(law, self.commune, form.day, timezone.localdate())
            actions.make_leaflet(by=request.user, commune=self.commune, day=form.day, key=key)
        return redirect(address("reports:leaflet", form.day))


class LeafletFile(_OfDay):
    """The file of a day, if it has been made."""

    def get(self, request: HttpRequest) -> FileResponse:
        form, law = self.form(request.GET), on.law(self.standing.commune_id)
        if form.day < catalogue.first_day(law):
            raise Http404
        made = leaflets.state(law, self.commune, form.day, timezone.localdate()).file
        if made is None or not files.exists(made.file):
            raise Http404
        name = f"danh-muc-khen-thuong-{form.day:%Y-%m-%d}.pdf"
        stream = files.path(made.file).open("rb")
        answer = FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class Workbook(_OfDay):
    """The same day as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form, law = self.form(request.GET), on.law(self.standing.commune_id)
        owner = self.commune.identity_on(timezone.localdate()).issuer
        try:
            data = workbook(law, regime_on(form.day), form.day, timezone.localtime(), in_force(form.day), owner)
        except NoValue:
            return redirect(address("legal:catalogue", form.day))
        name = f"danh-muc-khen-thuong-{form.day:%Y-%m-%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(data, content_type=XLSX, headers=headers)
