"""The catalogue of a day as files: the PDF leaflet, rendered by a background job, and the workbook."""

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
from emulation.legal.engine.law import Law, NoValue
from emulation.legal.engine.loader import regime_on
from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView
from reports.actions import catalogue_leaflet
from reports.papers.catalogue_leaflet import leaflet_fingerprint, leaflet_state
from reports.papers.catalogue_workbook import catalogue_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HELP = "danh-muc-danh-hieu"


def law_day_url(name: str, day: date) -> str:
    """The URL of a page that takes a day as its query parameter."""
    return f"{reverse(name)}?ngay={format_date(day)}"


class _LawDayView(BaseView):
    """Base of the views with the query parameter `ngay`; the default, also for an invalid date, is today."""

    permission = permissions.signed_in
    help = HELP

    def get_form(self, data: Any) -> LawDayForm:
        return LawDayForm(data, timezone.localdate())

    @property
    def law(self) -> Law:
        return current.law_for(self.capacity.commune_id)


class LeafletPage(_LawDayView, PageView):
    """The leaflet of a day: not requested, in progress, or ready."""

    template_name = "reports/leaflet.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        form = self.get_form(self.request.GET)
        law = self.law
        first = listing.first_catalogue_day(law)
        state = None
        if form.day >= first:
            state = leaflet_state(law, self.commune, form.day, timezone.localdate())
        return {
            **super().get_context_data(**context),
            "title": "Tờ tra cứu danh mục (PDF)",
            "lead": "Một tệp A4 để in hoặc gửi: mỗi danh hiệu, hình thức một khối ngắn, theo quy định của ngày đã chọn.",
            "crumbs": [("Danh mục danh hiệu, hình thức", law_day_url("legal:catalogue", form.day)), ("Tờ tra cứu", "")],
            "form": form,
            "day": form.day,
            "leaflet": state,
            "unreached": "" if state else DAY_OUT_OF_REACH.format(format_date(first)),
        }


DAY_OUT_OF_REACH = "Phần mềm giữ quy định từ ngày {}. Hãy chọn một ngày từ đó trở đi."


class LeafletStatePage(LeafletPage):
    """The part of the page with the progress; htmx polls it while the file is being rendered."""

    template_name = "reports/_leaflet.html"


class RequestLeaflet(_LawDayView):
    """POST: requests the file."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.get_form(request.POST)
        law = self.law
        if form.day >= listing.first_catalogue_day(law) and form.is_valid():
            key = leaflet_fingerprint(law, self.commune, form.day, timezone.localdate())
            catalogue_leaflet.request_leaflet(by=request.user, commune=self.commune, day=form.day, key=key)
        return redirect(law_day_url("reports:leaflet", form.day))


class LeafletFile(_LawDayView):
    """The file of a day; 404 when it is not rendered yet."""

    def get(self, request: HttpRequest) -> FileResponse:
        form = self.get_form(request.GET)
        law = self.law
        if form.day < listing.first_catalogue_day(law):
            raise Http404
        rendered = leaflet_state(law, self.commune, form.day, timezone.localdate()).file
        if rendered is None or not content_store.exists(rendered.file):
            raise Http404
        name = f"danh-muc-khen-thuong-{form.day:%Y-%m-%d}.pdf"
        stream = content_store.path(rendered.file).open("rb")
        response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response


class CatalogueWorkbookFile(_LawDayView):
    """The catalogue of a day as a workbook."""

    def get(self, request: HttpRequest) -> HttpResponse:
        form = self.get_form(request.GET)
        law = self.law
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
