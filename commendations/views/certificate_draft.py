"""The certificates of a decision as contact sheets, before its number is taken."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from commendations.models import Decision
from commendations.papers.certificate import CertificateDraft, certificate_drafts
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import outgoing_lines
from emulation.documents import branding
from emulation.documents.engines import html
from emulation.documents.views.document import contact_response
from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView

SHEETS_PER_PAGE = 6
BEFORE_ISSUE = ("draft", "at_signature")


class CertificateDraftView(BaseView):
    """Base of the page and of the sheets in its iframe: one page of the list, with the drafts of its certificates."""

    permission = permissions.staff

    def get_decision(self) -> Decision:
        related = ("commune", "document", "chair_submission__session__version_of_council", "chair_submission__document")
        decision: Decision = self.get_visible_or_404(Decision, self.kwargs["pk"], *related)
        return decision

    def drafts_of(self, decision: Decision) -> tuple[Page[AwardLine], list[CertificateDraft]]:
        """The page `?trang=` of the list, by the law and the units of the expected day, and its certificates."""
        day = decision.expected_on
        lines = outgoing_lines(decision, day)
        page = Paginator(lines, SHEETS_PER_PAGE).get_page(self.request.GET.get("trang"))
        return page, list(certificate_drafts(decision, page.object_list, day, branding.branding_of(decision.commune)))


class CertificateDraftPage(CertificateDraftView, PageView):
    """Six certificates a page, with the watermark of a draft, to be checked before the clerk takes the number."""

    template_name = "commendations/certificate_drafts.html"
    help = "ban-hanh-quyet-dinh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_decision()
        if self.object.state not in BEFORE_ISSUE:
            messages.info(request, "Quyết định không còn là dự thảo; giấy, bằng chính thức ở trang của quyết định.")
            return redirect(self.object)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        page, drafts = self.drafts_of(self.object)
        return {
            **super().get_context_data(**context),
            "object": self.object,
            "page": page,
            "drafts": drafts,
            "printable": any(draft.certificate for draft in drafts),
        }


class CertificateDraftSheets(CertificateDraftView):
    """The certificates of one page as HTML, for the iframe and for printing."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        decision = self.get_decision()
        if decision.state not in BEFORE_ISSUE:
            return redirect(decision)
        _, drafts = self.drafts_of(decision)
        bodies = [html.paper_html(draft.certificate) for draft in drafts if draft.certificate]
        sheets = [html.embed_images(body, branding.read_branding_image) for body in bodies]
        return contact_response(sheets, f"Giấy, bằng dự thảo: {decision}")
