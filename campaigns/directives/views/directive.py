"""Pages of directives: the register, one directive with its chain, scans and assignments, the forms."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from campaigns.directives.actions.directive import (
    DirectiveDetails,
    add_scan,
    edit_directive,
    receive_directive,
    remove_scan,
)
from campaigns.directives.forms.directive import (
    DirectiveForm,
    ScanForm,
)
from campaigns.directives.forms.uploads import read_uploads
from campaigns.directives.models.directive import Directive, DirectiveScan
from campaigns.directives.queries import directive as queries
from campaigns.directives.queries import outlines
from campaigns.directives.rules.document_symbols import symbol_key
from campaigns.directives.views.downloads import download_response
from emulation.audit.models import AuditEntry
from emulation.communes.models import Commune
from emulation.core.fields import parse_date
from emulation.core.text import clean
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView

HELP = "van-ban-den"
READERS = permissions.staff | permissions.council_member


class DirectiveList(PagedListView):
    """Directives with their assignees and the letter that carries each out."""

    permission = permissions.staff
    template_name = "campaigns/directive_list.html"
    help = HELP
    title = "Văn bản đến"
    columns = (
        ListColumn("Số, ký hiệu", lambda row: row.symbol),
        ListColumn("Cơ quan gửi", lambda row: row.issuer, width=32),
        ListColumn("Ngày đến", lambda row: row.received_on, "ngay", ("received_on",), 14),
        ListColumn("Hạn trả lời", lambda row: row.answer_until, width=14),
        ListColumn("Hạn văn bản ghi", lambda row: row.answer_due_on, width=14),
        ListColumn("Trích yếu", lambda row: row.subject, width=56),
        ListColumn(
            "Ai xử lý", lambda row: ", ".join(one.assignee.full_name for one in row.current_handlings), width=32
        ),
        ListColumn(
            "Công văn của xã",
            lambda row: row.letter.document.reference if row.letter and row.letter.document else "",
            width=18,
        ),
    )

    def get_queryset(self) -> QuerySet[Directive]:
        rows = Directive.objects.visible_to(self.request.user).defer("outline")
        return queries.with_letters(rows).prefetch_related("handlings__assignee")

    def complete_rows(self, rows: Iterable[Directive]) -> Iterator[Directive]:
        return queries.with_answer_days(rows, self.commune.pk)

    def search(self, rows: QuerySet[Directive], words: str) -> QuerySet[Directive]:
        return rows.filter(symbol_key__contains=symbol_key(words)) | rows.filter(subject__icontains=words)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "commune": self.commune}


class DirectivePage(PageView):
    """One directive: its details, chain, scans, assignments and tasks."""

    permission = READERS
    template_name = "campaigns/directive.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        found = self.get_visible_or_404(Directive, self.kwargs["pk"], "carries_out")
        (directive,) = queries.with_answer_days([found], found.commune_id)
        return {
            **super().get_context_data(**context),
            "object": directive,
            "letter": queries.directive_letter(directive),
            "chain": queries.directive_chain(directive, with_links=permissions.staff.allows(self.capacity, directive)),
            "scans": list(directive.scans.select_related("added_by")),
            "handlings": list(directive.handlings.select_related("assignee", "assigned_by", "directive")),
            "duties": directive.duties.count(),
        }


class DirectiveFormView(ActFormView):
    """Base of the forms of a directive; similar registered directives are shown with links and must be confirmed."""

    form_class = DirectiveForm
    template_name = "campaigns/directive_form.html"
    help = HELP
    directive: Directive | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        self.alike = self._similar() if self.request.method == "POST" else []
        return {
            **super().get_form_kwargs(),
            "user": self.request.user,
            "alike": bool(self.alike) and not any(one.exact for one in self.alike),
            "directive": self.directive,
        }

    def _similar(self) -> list[queries.SimilarDirective]:
        typed = self.request.POST
        try:
            day = parse_date(typed.get("issued_on", "")[:20])
        except ValidationError:
            return []
        symbol = clean(typed.get("symbol", "")[:60])
        issuer = clean(typed.get("issuer", "")[:160])
        if not symbol:
            return []
        return queries.similar_directives(self.commune.pk, symbol, issuer, day, exclude=self.directive)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "alike": getattr(self, "alike", [])}


class ReceiveDirective(DirectiveFormView):
    """Register a directive."""

    permission = permissions.office | permissions.clerk
    act = "campaigns.receive_directive"
    model = Commune
    success_message = "Đã ghi văn bản đến."

    def get_object(self) -> Commune:
        return self.commune

    def form_valid(self, form: DirectiveForm) -> Any:
        data = {**form.cleaned_data, "scans": read_uploads(form.cleaned_data["scans"])}

        def make() -> Directive:
            outline = outlines.outline_for(data["symbol"])
            return receive_directive(by=self.request.user, commune=self.object, outline=outline, **data)

        return create_once(self.idempotency_key, self.object, Directive, make)


class EditDirective(DirectiveFormView):
    """Correct the details, as long as no letter about the directive is issued."""

    permission = permissions.office | permissions.clerk
    act = "campaigns.edit_directive"
    model = Directive
    success_message = "Đã lưu."

    def get_object(self) -> Directive:
        self.directive = super().get_object()
        assert self.directive is not None
        return self.directive

    def get_initial(self) -> dict[str, Any]:
        return DirectiveForm.initial_of(self.object)

    def form_valid(self, form: DirectiveForm) -> Any:
        data = dict(form.cleaned_data)
        different = data.pop("different", False)
        return edit_directive(
            by=self.request.user, directive=self.object, entry=DirectiveDetails(**data), different=different
        )


class AddScan(ActFormView):
    permission = permissions.office | permissions.clerk
    act = "campaigns.add_scan"
    model = Directive
    form_class = ScanForm
    help = HELP
    success_message = "Đã thêm bản chụp."

    def form_valid(self, form: ScanForm) -> Any:
        for name, data in read_uploads(form.cleaned_data["scans"]):
            add_scan(by=self.request.user, directive=self.object, name=name, data=data)
        return self.object


class ScanFile(BaseView):
    """A scan, served as a download."""

    permission = READERS

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        scan = self.get_visible_or_404(DirectiveScan, pk, "directive")
        return download_response(scan, f"{scan.directive.symbol} {scan.pk}")


class RemoveScan(ActPostView):
    permission = permissions.office | permissions.clerk
    act = "campaigns.remove_scan"
    model = DirectiveScan
    success_message = "Đã bỏ bản chụp."

    def perform(self) -> Any:
        directive = self.object.directive
        remove_scan(by=self.request.user, scan=self.object)
        return directive

    def get_removed_url(self, entry: AuditEntry) -> Any:
        return reverse("campaigns:directive", args=[entry.subject_id])

    def get_failure_url(self) -> Any:
        return self.object.directive
