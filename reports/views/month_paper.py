"""The month on paper: how far the file is, asking for it, the file."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Gated
from emulation.core import files
from reports import calendar_actions as actions
from reports import month as rules
from reports.queries import calendar
from reports.views.calendar import HELP, OfMonth, address


class _OfSheet(OfMonth):
    def mark(self, first: date, only: str) -> str:
        """The fingerprint of what the sheet would say to this person now."""
        today = timezone.localdate()
        shown = calendar.month(self.request.user, first, only, today)
        return calendar.fingerprint(calendar.sheet(self.commune, shown, only, today))


class Sheet(_OfSheet):
    """How far the sheet of a month is: not asked for, on its way, ready."""

    template_name = "reports/month_sheet.html"

    def content(self) -> dict[str, Any]:
        first, only = self.asked(self.request.GET)
        return {
            "title": f"In lịch {rules.title_of(first)}",
            "lead": "Một tờ A4 nằm ngang để treo hoặc gửi. Trên tờ không có tên người, tên hồ sơ.",
            "crumbs": [(f"Lịch công tác {rules.title_of(first)}", address(first, only)), ("Bản in", "")],
            "first": first,
            "month_key": rules.key_of(first),
            "month_title": rules.title_of(first),
            "only": only,
            "sheet": calendar.paper_state(self.commune, self.mark(first, only)),
        }


class SheetState(Sheet):
    """The part of the page that tells how far it is; htmx asks for it while the file is being made."""

    template_name = "reports/_month_sheet.html"


class MakeSheet(Gated):
    """POST: asks for the file, unless it is there."""

    who, help = who.signed_in, HELP
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        page = Sheet(request=request)
        first, only = page.asked(request.POST)
        actions.make_sheet(by=request.user, commune=self.commune, first=first, only=only, mark=page.mark(first, only))
        return redirect(address(first, only, "reports:month_sheet"))


class SheetFile(_OfSheet):
    """The file, if it has been made."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first, only = self.asked(request.GET)
        made = calendar.paper_state(self.commune, self.mark(first, only)).file
        if made is None or not files.exists(made.file):
            raise Http404
        name = f"lich-cong-tac-{rules.key_of(first)}.pdf"
        stream = files.path(made.file).open("rb")
        answer = FileResponse(stream, as_attachment=True, filename=name, content_type="application/pdf")
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer  # type: ignore[return-value]
