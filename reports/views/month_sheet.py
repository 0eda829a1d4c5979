"""The month as a PDF file: its progress, its request, its download."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.core import content_store
from emulation.workflow import permissions
from emulation.workflow.views import BaseView
from reports.actions import month_sheet as actions
from reports.queries import month_calendar
from reports.rules import month_grid as rules
from reports.views.month_calendar import HELP, MonthView, month_url


class _MonthSheetView(MonthView):
    def mark(self, first: date, only: str) -> str:
        """The fingerprint of the user's sheet with its current content."""
        today = timezone.localdate()
        shown = month_calendar.personal_month(self.request.user, first, only, today)
        return month_calendar.month_sheet_fingerprint(month_calendar.month_sheet(self.commune, shown, only, today))


class MonthSheetPage(_MonthSheetView):
    """The sheet of a month: not requested, in progress, or ready."""

    template_name = "reports/month_sheet.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        first, only = self.month_and_kind(self.request.GET)
        return {
            **super().get_context_data(**context),
            "title": f"In lịch {rules.month_title(first)}",
            "lead": "Một tờ A4 nằm ngang để treo hoặc gửi. Trên tờ không có tên người, tên hồ sơ.",
            "crumbs": [(f"Lịch {rules.month_title(first)}", month_url(first, only)), ("Bản in", "")],
            "first": first,
            "month_key": rules.month_key(first),
            "month_title": rules.month_title(first),
            "only": only,
            "sheet": month_calendar.month_sheet_state(self.commune, self.mark(first, only)),
        }


class MonthSheetStatePage(MonthSheetPage):
    """The part of the page with the progress; htmx polls it while the file is being rendered."""

    template_name = "reports/_month_sheet.html"


class RequestMonthSheet(BaseView):
    """POST: requests the file."""

    permission = permissions.signed_in
    help = HELP
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        page = MonthSheetPage(request=request)
        first, only = page.month_and_kind(request.POST)
        actions.request_month_sheet(
            by=request.user, commune=self.commune, first=first, only=only, mark=page.mark(first, only)
        )
        return redirect(month_url(first, only, "reports:month_sheet"))


class MonthSheetFile(_MonthSheetView):
    """The file; 404 when it is not rendered yet."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first, only = self.month_and_kind(request.GET)
        rendered = month_calendar.month_sheet_state(self.commune, self.mark(first, only)).file
        if rendered is None or not content_store.exists(rendered.file):
            raise Http404
        name = f"lich-cong-tac-{rules.month_key(first)}.pdf"
        stream = content_store.path(rendered.file).open("rb")
        response = FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response  # type: ignore[return-value]
