"""Pages of papers: lists, the paper itself, its files, the register."""

import base64
import hashlib
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from emulation.acts import who
from emulation.acts.web import ActPage, Gated, ListPage, Page
from emulation.core import files
from emulation.core.text import fold
from emulation.documents import actions, pictures, queries
from emulation.documents.blocks import Status
from emulation.documents.engines import html
from emulation.documents.forms import CancelForm, HandOverForm, UploadForm
from emulation.documents.homes import home_of
from emulation.documents.models import DocumentEvent, DocumentFile, Draft, IssuedDocument

MIME = {DocumentFile.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}
PDF = "application/pdf"


class DocumentList(ListPage):
    """Every issued paper that this person may read, newest first."""

    who = who.signed_in
    template_name = "documents/list.html"
    help = "van-ban"

    def rows(self) -> Any:
        rows = IssuedDocument.objects.visible_to(self.request.user).defer("blocks", "html")
        return rows.exclude(kind="giay_khen").order_by("-issued_on", "-pk")

    def search(self, rows: Any, words: str) -> Any:
        return queries.search(
            IssuedDocument.objects.visible_to(self.request.user).defer("blocks", "html"), words
        ).order_by("-issued_on", "-pk")

    def content(self) -> dict[str, Any]:
        drafts = (
            queries.pending(Draft.objects.visible_to(self.request.user)).defer("blocks").order_by("-updated_at")[:10]
        )
        return {**super().content(), "drafts": drafts, "keeps_register": Register.who.test(self.standing, None)}


class DocumentPage(Page):
    """One issued paper: as printed, its files, what happened to it."""

    who = who.signed_in
    template_name = "documents/document.html"
    help = "van-ban"

    def content(self) -> dict[str, Any]:
        document = self.find(IssuedDocument, self.kwargs["pk"], "parent", "issued_by")
        lines = queries.document_files(document)
        return {
            "document": document,
            "home": home_of(document.key, self.request.user, self.standing),
            "files": lines,
            "waiting": any(line.waits for line in lines),
            "events": document.events.select_related("by", "other").order_by("pk"),
            "cancelled": document.events.filter(kind=DocumentEvent.CANCELLED).first(),
            "acts": [
                (act, label, reverse(f"documents:{act.split('.')[1]}", args=[document.pk]))
                for act, label in (
                    ("documents.hand_over", "Ghi chuyển văn bản"),
                    ("documents.upload", "Tải bản quét, bản ký số"),
                    ("documents.cancel", "Hủy văn bản"),
                )
            ],
            "below": IssuedDocument.objects.visible_to(self.request.user)
            .filter(parent=document)
            .defer("blocks", "html")
            .order_by("pk")[:200],
        }


class DocumentFiles(DocumentPage):
    """The part of the page that tells how far the files are; htmx asks for it while they are being made."""

    template_name = "documents/_files.html"


class DraftPage(Page):
    """One draft: as it would be printed, with its mark, and its files."""

    who = who.signed_in
    template_name = "documents/draft.html"
    help = "van-ban"

    def content(self) -> dict[str, Any]:
        draft = self.find(Draft, self.kwargs["pk"], "made_by")
        lines = queries.draft_files(draft)
        signing = draft.paper.status == Status.for_signature
        return {
            "draft": draft,
            "home": home_of(draft.key, self.request.user, self.standing),
            "files": lines,
            "waiting": any(line.waits for line in lines),
            "for_signature": signing,
        }


class DraftFiles(DraftPage):
    template_name = "documents/_draft_files.html"


def sheet_response(bodies: list[str], title: str, version: str) -> HttpResponse:
    """A paper alone, for the frame on its page and for the browser's printer. Nothing in it can run or be fetched."""
    style = base64.b64encode(hashlib.sha256(html.screen_style(version).encode()).digest()).decode()
    response = HttpResponse(html.page(bodies, title, version))
    response["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
        "form-action 'none'; sandbox allow-modals"
    )
    return response


class DocumentSheet(Gated):
    who = who.signed_in

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self.find(IssuedDocument, pk)
        bodies = [html.with_pictures(document.html, pictures.read)]
        return sheet_response(bodies, document.title, document.style_version)


class DraftSheet(Gated):
    who = who.signed_in

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.find(Draft, pk)
        bodies = [html.with_pictures(html.body(draft.paper), pictures.read)]
        return sheet_response(bodies, draft.title, html.STYLE_VERSION)


def _download(sha: str, name: str, fmt: str) -> FileResponse:
    try:
        stream = files.path(sha).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    ending = "docx" if fmt == DocumentFile.DOCX else "pdf"
    response = FileResponse(stream, as_attachment=True, filename=f"{name}.{ending}", content_type=MIME.get(fmt, PDF))
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _name(*parts: str) -> str:
    return slugify(fold(" ".join(parts)))[:80] or "van-ban"


class DocumentDownload(Gated):
    who = who.signed_in

    def get(self, request: HttpRequest, pk: int, fmt: str) -> FileResponse:
        document = self.find(IssuedDocument, pk)
        file = document.files.filter(format=fmt).first()
        if file is None:
            raise Http404
        which = {DocumentFile.ALL: "giay khen", DocumentFile.SIGNED: "ky so", DocumentFile.SCAN: "ban quet"}
        title, dash, about = document.title.rpartition(" – ")
        words = (about, title) if dash and not document.number else (document.title,)
        parts = (which.get(fmt, ""), document.reference.replace("/", " "), *words)
        return _download(file.sha256, _name(*parts), fmt)


class DraftDownload(Gated):
    who = who.signed_in

    def get(self, request: HttpRequest, pk: int, fmt: str) -> FileResponse:
        draft = self.find(Draft, pk)
        file = draft.files.filter(format=fmt).first()
        if file is None:
            raise Http404
        return _download(
            file.file, _name("du thao" if draft.paper.status is Status.draft else "trinh ky", draft.title), fmt
        )


class MakeFiles(Gated):
    """POST: make the files that are not there (and the common file of the giấy khen, when asked)."""

    who = who.signed_in
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self.find(IssuedDocument, pk)
        formats = (DocumentFile.ALL,) if request.POST.get("fmt") == DocumentFile.ALL else actions.FORMATS
        actions.make_files(by=request.user, document=document, formats=formats)
        return redirect("documents:document", pk)


class MakeDraftFiles(Gated):
    who = who.signed_in
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        actions.make_draft_files(by=request.user, draft=self.find(Draft, pk))
        return redirect("documents:draft", pk)


class Register(ListPage):
    """Sổ đăng ký văn bản đi of a year, searched and paged; `?in=1` shows all of it for the printer, with all ten columns."""

    who = who.staff
    template_name = "documents/register.html"
    help = "so-van-ban-di"

    @property
    def year(self) -> int:
        asked = self.request.GET.get("nam", "")
        return int(asked) if asked.isdecimal() and len(asked) == 4 else timezone.localdate().year

    def rows(self) -> Any:
        return queries.outgoing(IssuedDocument.objects.visible_to(self.request.user), self.year)

    def search(self, rows: Any, words: str) -> Any:
        return queries.search(rows, words)

    def content(self) -> dict[str, Any]:
        if self.request.GET.get("in"):
            shown: dict[str, Any] = {"rows": self.rows(), "printing": True}
        else:
            shown = super().content()
        lines = [queries.register_line(row) for row in shown["rows"]]
        return {
            **shown,
            "lines": lines,
            "columns": queries.REGISTER_COLUMNS if "printing" in shown else queries.written_columns(lines),
            "year": self.year,
            "years": queries.years(IssuedDocument.objects.visible_to(self.request.user)),
        }


class _DocumentAct(ActPage):
    model = IssuedDocument
    template_name = "documents/act.html"


class Cancel(_DocumentAct):
    who = who.clerk | who.chair
    act, form_class, done = "documents.cancel", CancelForm, "Đã hủy văn bản; số vẫn nằm trong sổ."

    def perform(self, form: CancelForm) -> Any:
        actions.cancel(by=self.request.user, document=self.object, reason=form.cleaned_data["reason"])
        return self.object


class HandOver(_DocumentAct):
    who = who.clerk | who.office
    act, form_class, done = "documents.hand_over", HandOverForm, "Đã ghi vào sổ."

    def perform(self, form: HandOverForm) -> Any:
        actions.hand_over(by=self.request.user, document=self.object, to=form.cleaned_data["to"])
        return self.object


class Upload(_DocumentAct):
    who = who.clerk | who.office
    act, form_class, done = "documents.upload", UploadForm, "Đã lưu tệp."

    def perform(self, form: UploadForm) -> Any:
        data = form.cleaned_data["file"].read()
        actions.upload(by=self.request.user, document=self.object, data=data, fmt=form.cleaned_data["format"])
        return self.object
