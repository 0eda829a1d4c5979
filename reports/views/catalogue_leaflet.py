"""The catalogue of a day to take along: the leaflet, made by a job, and the workbook."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.core import content_store
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.legal.catalogue import listing
from emulation.legal.catalogue.forms import LawDayForm
from emulation.legal.catalogue.queries import instruments_in_force
from emulation.legal.engine.law import NoValue
from emulation.legal.engine.loader import regime_on
from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView
from reports.actions import catalogue_leaflet
from reports.papers.catalogue_workbook import catalogue_workbook
from reports.queries import catalogue_leaflet as catalogue_leaflet_queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELP = "danh-muc-danh-hieu"


def law_day_url(name: str, day: date) -> str:
    """The page of that name for that day."""
    return f"{reverse(name)}?ngay={format_date(day)}"


class _LawDayView(BaseView):
    """What is asked for a day: today when none is, or when what was typed is no day."""

    permission = permissions.signed_in
    help = HELP

    def get_form(self, asked: Any) -> LawDayForm:
        return LawDayForm(asked, timezone.localdate())


class LeafletPage(_LawDayView, PageView):
    """How far the leaflet of a day is: not asked for, on its way, ready."""

    template_name = "reports/leaflet.html"

    def get_context_data(self) -> dict[str, Any]:
        form, law = self.get_form(self.request.GET), current.law_for(self.capacity.commune_id)
        first = listing.first_catalogue_day(law)
        reached = form.day >= first
        state = (
            catalogue_leaflet_queries.leaflet_state(law, self.commune, form.day, timezone.localdate())
            if reached
            else None
        )
        return {
            "title": "Tờ tra cứu danh mục (PDF)",
            "lead": "Một tệp A4 để in hoặc gửi: mỗi danh hiệu, hình thức một khối ngắn, theo quy định của ngày đã chọn.",
            "crumbs": [("Danh mục danh hiệu, hình thức", law_day_url("legal:catalogue", form.day)), ("Tờ tra cứu", "")],
            "form": form,
            "day": form.day,
            "leaflet": state,
            "unreached": "" if reached else DAY_OUT_OF_REACH.format(format_date(first)),
        }


DAY_OUT_OF_REACH = "Phần mềm giữ quy định từ ngày {}. Hãy chọn một ngày từ đó trở đi."


class LeafletStatePage(LeafletPage):
    """The part of the page that tells how far it is; htmx asks for it while the file is being made."""

    template_name = "reports/_leaflet.html"


class RequestLeaflet(_LawDayView):
    """POST: asks for the file, unless it is there."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form, law = self.get_form(request.POST), current.law_for(self.capacity.commune_id)
        if form.day >= listing.first_catalogue_day(law) and form.is_valid():
            key = catalogue_leaflet_queries.leaflet_fingerprint(law, self.commune, form.day, timezone.localdate())
            catalogue_leaflet.request_leaflet(by=request.user, commune=self.commune, day=form.day, key=key)
        return redirect(law_day_url("reports:leaflet", form.day))


class LeafletFile(_LawDayView):
    """The file of a day, if it has been made."""

    def get(self, request: HttpRequest) -> FileResponse:
        form, law = self.get_form(request.GET), current.law_for(self.capacity.commune_id)
        if form.day < listing.first_catalogue_day(law):
            raise Http404
        made = catalogue_leaflet_queries.leaflet_state(law, self.commune, form.day, timezone.localdate()).file
        if made is None or not content_store.exists(made.file):
            raise Http404
        name = f"danh-muc-khen-thuong-{form.day:%Y-%m-%d}.pdf"
        stream = content_store.path(made.file).open("rb")
        answer = FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


class CatalogueWorkbookFile(_LawDayView):
    """The same day as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form, law = self.get_form(request.GET), current.law_for(self.capacity.commune_id)
        owner = self.commune.identity_on(timezone.localdate()).issuer
        try:
            data = catalogue_workbook(
                law, regime_on(form.day), form.day, timezone.localtime(), instruments_in_force(form.day), owner
            )
        except NoValue:
            return redirect(law_day_url("legal:catalogue", form.day))
        name = f"danh-muc-khen-thuong-{form.day:%Y-%m-%d}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(data, content_type=XLSX, headers=headers)
