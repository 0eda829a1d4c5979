"""Pages of papers: lists, one paper or draft, its files, the register."""

import base64
import hashlib
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from emulation.core import content_store
from emulation.core.text import fold
from emulation.documents import actions, branding, outgoing_register, queries
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.document_files import current_file, lost_formats
from emulation.documents.ended_papers import end_mark
from emulation.documents.engines import html
from emulation.documents.forms import HandOverDocumentForm, UploadDocumentFileForm
from emulation.documents.models import DocumentCancellation, DocumentEvent, DocumentFile, Draft, IssuedDocument
from emulation.documents.origins import origin_url
from emulation.documents.search import search_with_text
from emulation.workflow import permissions
from emulation.workflow.lists import SHAPE, WORKBOOK, ListColumn, PagedListView
from emulation.workflow.views import ActFormView, BaseView, PageView

FILE_MIME_TYPES = {DocumentFile.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
PDF_MIME_TYPE = "application/pdf"
LOST_FILE = "Tệp này đã mất trong kho. Bấm nút tạo tệp ở mục Tệp để tạo lại từ nội dung đã lưu."
LOST_UPLOAD = "Tệp này đã mất trong kho và phần mềm không tự tạo lại được. Hãy quét hoặc lấy lại bản gốc rồi tải lên."


class DocumentList(PagedListView):
    """The issued papers that this user may read, newest first; giấy khen are only found by a search."""

    permission = permissions.signed_in
    template_name = "documents/list.html"
    help = "van-ban"
    title = "Văn bản đi"
    columns = (
        ListColumn("Tên loại và trích yếu", lambda row: row.title, width=64),
        ListColumn("Số, ký hiệu", lambda row: row.reference, width=18),
        ListColumn("Ngày", lambda row: row.issued_on, "ngay", ("issued_on",), 14),
        ListColumn("Người ký", lambda row: row.signer, width=28),
    )

    def get_queryset(self) -> Any:
        rows = IssuedDocument.objects.visible_to(self.request.user).defer("blocks", "html")
        return rows.exclude(kind="giay_khen").order_by("-issued_on", "-pk")

    def search(self, rows: Any, words: str) -> Any:
        return search_with_text(
            IssuedDocument.objects.visible_to(self.request.user).defer("blocks", "html"), words
        ).order_by("-issued_on", "-pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        drafts = Draft.objects.visible_to(self.request.user).not_issued().defer("blocks").order_by("-updated_at")[:10]
        return {
            **super().get_context_data(**context),
            "drafts": drafts,
        }


class DocumentPage(PageView):
    """One issued paper: as printed, its files, its events."""

    permission = permissions.signed_in
    template_name = "documents/document.html"
    help = "van-ban"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        document = self.get_visible_or_404(IssuedDocument, self.kwargs["pk"], "parent", "issued_by")
        lines = queries.document_file_statuses(document)
        return {
            **super().get_context_data(**context),
            "document": document,
            "home": origin_url(document.key, self.request.user, self.capacity),
            "files": lines,
            "waiting": any(line.is_pending for line in lines),
            "hurry": any(line.can_go_first for line in lines),
            "events": document.events.select_related("by", "other").order_by("pk"),
            "ended": document.events.filter(kind__in=DocumentEvent.ENDS).select_related("other").last(),
            "cancellations": DocumentCancellation.objects.visible_to(self.request.user)
            .filter(document=document)
            .order_by("pk"),
            "acts": [
                (act, label, reverse(f"documents:{act.split('.')[1]}", args=[document.pk]))
                for act, label in (
                    ("documents.hand_over", "Ghi chuyển văn bản"),
                    ("documents.upload", "Tải bản quét, bản ký số"),
                    ("documents.propose_cancellation", "Đề nghị hủy"),
                )
            ],
            "below": IssuedDocument.objects.visible_to(self.request.user)
            .filter(parent=document)
            .prefetch_related(Prefetch("events", DocumentEvent.objects.filter(kind__in=DocumentEvent.ENDS), "ends"))
            .defer("blocks", "html")
            .order_by("pk")[:200],
        }


class DocumentFilesPartial(DocumentPage):
    """The part of the page with the state of the files; htmx polls it while they are being made."""

    template_name = "documents/_files.html"


class DraftPage(PageView):
    """One draft: as it would be printed, with the draft mark, and its files."""

    permission = permissions.signed_in
    template_name = "documents/draft.html"
    help = "van-ban"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        draft = self.get_visible_or_404(Draft, self.kwargs["pk"], "made_by")
        lines = queries.draft_file_statuses(draft)
        signing = draft.paper.status == PaperStatus.for_signature
        return {
            **super().get_context_data(**context),
            "draft": draft,
            "home": origin_url(draft.key, self.request.user, self.capacity),
            "files": lines,
            "waiting": any(line.is_pending for line in lines),
            "for_signature": signing,
        }


class DraftFilesPartial(DraftPage):
    template_name = "documents/_draft_files.html"


def paper_response(bodies: list[str], title: str, version: str) -> HttpResponse:
    """A paper as a page of its own, for the iframe and for printing. Its policy forbids scripts and all requests."""
    return _response_with_style(html.html_page(bodies, title, version), html.screen_stylesheet(version))


def contact_response(bodies: list[str], title: str) -> HttpResponse:
    """Several giấy khen as one page for the iframe, with the policy of `paper_response`."""
    return _response_with_style(html.contact_page(bodies, title), html.contact_stylesheet())


def _response_with_style(page: str, stylesheet: str) -> HttpResponse:
    style = base64.b64encode(hashlib.sha256(stylesheet.encode()).digest()).decode()
    response = HttpResponse(page)
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
        "form-action 'none'; sandbox allow-modals"
    )
    return response


class DocumentHtml(BaseView):
    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self.get_visible_or_404(IssuedDocument, pk)
        body = html.marked_html(document.html, end_mark(document))
        bodies = [html.embed_images(body, branding.read_branding_image)]
        return paper_response(bodies, document.title, document.style_version)


class DraftHtml(BaseView):
    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.get_visible_or_404(Draft, pk)
        bodies = [html.embed_images(html.paper_html(draft.paper), branding.read_branding_image)]
        return paper_response(bodies, draft.title, html.STYLE_VERSION)


def _download(sha: str, name: str, fmt: str) -> FileResponse:
    stream = content_store.path(sha).open("rb")
    ending = "docx" if fmt == DocumentFile.DOCX else "pdf"
    response = FileResponse(
        stream, as_attachment=True, filename=f"{name}.{ending}", content_type=FILE_MIME_TYPES.get(fmt, PDF_MIME_TYPE)
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _file_name(*parts: str) -> str:
    return slugify(fold(" ".join(parts)))[:80] or "van-ban"


class DocumentDownload(BaseView):
    """The newest edition of a file; if that is lost, the page of the paper, which shows what can be done."""

    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int, fmt: str) -> HttpResponseBase:
        document = self.get_visible_or_404(IssuedDocument, pk)
        file = current_file(document, fmt)
        if file is None:
            raise Http404
        if lost_formats([file]):
            messages.error(request, LOST_UPLOAD if fmt in DocumentFile.UPLOADED else LOST_FILE)
            return redirect("documents:document", pk)
        which = {DocumentFile.ALL: "giay khen", DocumentFile.SIGNED: "ky so", DocumentFile.SCAN: "ban quet"}
        title, dash, about = document.title.rpartition(" – ")
        words = (about, title) if dash and not document.number else (document.title,)
        parts = (which.get(fmt, ""), document.reference.replace("/", " "), *words, file.edition_note)
        return _download(file.sha256, _file_name(*parts), fmt)


class DraftDownload(BaseView):
    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int, fmt: str) -> HttpResponseBase:
        draft = self.get_visible_or_404(Draft, pk)
        file = draft.files.filter(format=fmt).first()
        if file is None:
            raise Http404
        if not content_store.exists(file.file):
            messages.error(request, LOST_FILE)
            return redirect("documents:draft", pk)
        return _download(
            file.file,
            _file_name("du thao" if draft.paper.status is PaperStatus.draft else "trinh ky", draft.title),
            fmt,
        )


class RequestDocumentFiles(BaseView):
    """POST: requests the missing files, or the common file of the giấy khen."""

    permission = permissions.signed_in
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self.get_visible_or_404(IssuedDocument, pk)
        formats = (DocumentFile.ALL,) if request.POST.get("fmt") == DocumentFile.ALL else actions.DEFAULT_FILE_FORMATS
        actions.request_document_files(by=request.user, document=document, formats=formats)
        return redirect("documents:document", pk)


class RequestDraftFiles(BaseView):
    permission = permissions.signed_in
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.request_draft_files(by=request.user, draft=self.get_visible_or_404(Draft, pk))
        return redirect("documents:draft", pk)


class OutgoingRegister(PagedListView):
    """Sổ đăng ký văn bản đi of a year, with search and pages; `?in=1` shows all rows and all ten columns for printing."""

    permission = permissions.staff
    template_name = "documents/register.html"
    help = "so-van-ban-di"
    title = "Sổ đăng ký văn bản đi"
    columns = tuple(
        ListColumn(label, lambda cells, label=label: cells[label]) for label in outgoing_register.REGISTER_COLUMNS
    )

    @property
    def year(self) -> int:
        year = self.request.GET.get("nam", "")
        return int(year) if year.isdecimal() and len(year) == 4 else timezone.localdate().year

    def get_queryset(self) -> Any:
        return outgoing_register.outgoing_documents(IssuedDocument.objects.visible_to(self.request.user), self.year)

    def search(self, rows: Any, words: str) -> Any:
        return queries.search_documents(rows, words)

    def narrowed_to(self) -> str:
        return f"năm {self.year}"

    def lines(self) -> Iterator[list[Any]]:
        """The ten cells of each row; the numbers that a restore lost are rows too, unless the register is searched."""
        found = [outgoing_register.register_row(row) for row in self.all_rows()]
        if not self.words:
            lost = outgoing_register.lost_number_rows(self.commune, self.year)
            found = outgoing_register.with_lost_numbers(found, lost, is_first_page=True)
        for line in found:
            yield [column.value(dict(line["cells"])) for column in self.columns]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commune = self.commune
        visible = IssuedDocument.objects.visible_to(self.request.user)
        printing = bool(self.request.GET.get("in"))
        if printing:
            shown: dict[str, Any] = {"rows": self.get_queryset(), "printing": True, "help_slug": self.help, **context}
        else:
            shown = super().get_context_data(**context)
        lines = [outgoing_register.register_row(row) for row in shown["rows"]]
        if not shown.get("q"):
            first = printing or shown["page"].number == 1
            lost = outgoing_register.lost_number_rows(commune, self.year)
            lines = outgoing_register.with_lost_numbers(lines, lost, is_first_page=first)
        filled = outgoing_register.filled_register_columns(lines)
        return {
            **shown,
            "lines": lines,
            "all_rows": "",  # the register has a print of its own
            "workbook": f"{self.address_without(SHAPE)}{SHAPE}={WORKBOOK}",
            "columns": outgoing_register.REGISTER_COLUMNS if printing else filled,
            "year": self.year,
            "years": outgoing_register.years_with_numbers(visible, commune),
        }


class _DocumentActView(ActFormView):
    model = IssuedDocument
    template_name = "documents/act.html"


class HandOverDocument(_DocumentActView):
    permission = permissions.clerk | permissions.office
    act = "documents.hand_over"
    form_class = HandOverDocumentForm
    success_message = "Đã ghi vào sổ."

    def form_valid(self, form: HandOverDocumentForm) -> Any:
        actions.hand_over_document(by=self.request.user, document=self.object, to=form.cleaned_data["to"])
        return self.object


class UploadDocumentFile(_DocumentActView):
    permission = permissions.clerk | permissions.office
    act = "documents.upload"
    form_class = UploadDocumentFileForm
    success_message = "Đã lưu tệp."

    def form_valid(self, form: UploadDocumentFileForm) -> Any:
        data = form.cleaned_data["file"].read()
        actions.upload_document_file(
            by=self.request.user, document=self.object, data=data, fmt=form.cleaned_data["format"]
        )
        return self.object
