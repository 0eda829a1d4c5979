"""Pages of incoming papers: the register, one of them with its chain, scans and who handles it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns.directives.actions.directive import (
    DirectiveDetails,
    add_scan,
    edit_directive,
    finish_handling,
    recall_handling,
    receive_directive,
    remove_scan,
    route_directive,
)
from campaigns.directives.flow.directive import HANDLERS
from campaigns.directives.forms.directive import (
    DirectiveForm,
    FinishHandlingForm,
    RouteDirectiveForm,
    ScanForm,
)
from campaigns.directives.forms.uploads import read_uploads
from campaigns.directives.models.directive import Directive, DirectiveScan, Handling
from campaigns.directives.models.letter import Letter
from campaigns.directives.queries import directive as queries
from campaigns.directives.queries import outlines
from campaigns.directives.rules.document_symbols import symbol_key
from campaigns.directives.views.downloads import download_response
from emulation.acts import who
from emulation.acts.once import once
from emulation.acts.web import ActPage, Gated, ListPage, Page, PostAct
from emulation.communes.models import Commune
from emulation.core.fields import parse_date
from emulation.core.text import clean

HELP = "van-ban-den"
READERS = who.staff | who.council_member


class DirectiveList(ListPage):
    """Incoming papers, who handles each, and the letter that carries it out."""

    who = who.staff
    template_name = "campaigns/directive_list.html"
    help = HELP

    def rows(self) -> QuerySet[Directive]:
        rows = Directive.objects.visible_to(self.request.user).select_related("letter", "letter__document")
        return rows.defer("outline", "letter__document__html", "letter__document__blocks").prefetch_related(
            "handlings__assignee"
        )

    def search(self, rows: QuerySet[Directive], words: str) -> QuerySet[Directive]:
        return rows.filter(symbol_key__contains=symbol_key(words)) | rows.filter(subject__icontains=words)

    def content(self) -> dict[str, Any]:
        return {**super().content(), "commune": self.commune}


class DirectivePage(Page):
    """One incoming paper: what it is, its chain, its scans, who has it in hand, what was drawn from it."""

    who = READERS
    template_name = "campaigns/directive.html"
    help = HELP

    def content(self) -> dict[str, Any]:
        directive = self.find(Directive, self.kwargs["pk"], "carries_out")
        return {
            "object": directive,
            "letter": Letter.objects.filter(directive=directive).first(),
            "chain": queries.directive_chain(directive, whole=who.staff.test(self.standing, directive)),
            "scans": list(directive.scans.select_related("added_by")),
            "handlings": list(directive.handlings.select_related("assignee", "assigned_by", "directive")),
            "duties": directive.duties.count(),
        }


class DirectiveFormView(ActPage):
    """The form of an incoming paper; what looks like one already there is shown with a link, and must be confirmed."""

    form_class = DirectiveForm
    template_name = "campaigns/directive_form.html"
    help = HELP
    directive: Directive | None = None

    def form_kwargs(self) -> dict[str, Any]:
        self.alike = self._alike() if self.request.method == "POST" else []
        return {
            **super().form_kwargs(),
            "user": self.request.user,
            "alike": bool(self.alike) and not any(one.exact for one in self.alike),
            "directive": self.directive,
        }

    def _alike(self) -> list[queries.SimilarDirective]:
        typed = self.request.POST
        try:
            day = parse_date(typed.get("issued_on", "")[:20])
        except ValidationError:
            return []
        symbol, issuer = clean(typed.get("symbol", "")[:60]), clean(typed.get("issuer", "")[:160])
        return queries.similar_directives(self.commune.pk, symbol, issuer, day, but=self.directive) if symbol else []

    def extra(self) -> dict[str, Any]:
        return {"alike": getattr(self, "alike", [])}


class ReceiveDirective(DirectiveFormView):
    """Registering an incoming paper."""

    who, act, model = who.office | who.clerk, "campaigns.receive_directive", Commune
    done = "Đã ghi văn bản đến."

    def subject(self) -> Commune:
        return self.commune

    def perform(self, form: DirectiveForm) -> Any:
        data = {**form.cleaned_data, "scans": read_uploads(form.cleaned_data["scans"])}

        def make() -> Directive:
            outline = outlines.outline_for(data["symbol"])
            return receive_directive(by=self.request.user, commune=self.object, outline=outline, **data)

        return once(self.once_key, self.object, Directive, make)


class EditDirective(DirectiveFormView):
    """Mending the entry while nothing was issued."""

    who, act, model = who.office | who.clerk, "campaigns.edit_directive", Directive
    done = "Đã lưu."

    def subject(self) -> Directive:
        self.directive = super().subject()
        assert self.directive is not None
        return self.directive

    def initial(self) -> dict[str, Any]:
        return DirectiveForm.initial_of(self.object)

    def perform(self, form: DirectiveForm) -> Any:
        data = dict(form.cleaned_data)
        different = data.pop("different", False)
        return edit_directive(
            by=self.request.user, directive=self.object, entry=DirectiveDetails(**data), different=different
        )


class AddScan(ActPage):
    who, act, model = who.office | who.clerk, "campaigns.add_scan", Directive
    form_class = ScanForm
    help = HELP
    done = "Đã thêm bản chụp."

    def perform(self, form: ScanForm) -> Any:
        for name, data in read_uploads(form.cleaned_data["scans"]):
            add_scan(by=self.request.user, directive=self.object, name=name, data=data)
        return self.object


class ScanFile(Gated):
    """A scan, always as a download."""

    who = READERS

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        scan = self.find(DirectiveScan, pk, "directive")
        return download_response(scan, f"{scan.directive.symbol} {scan.pk}")


class RemoveScan(PostAct):
    who, act, model = who.office | who.clerk, "campaigns.remove_scan", DirectiveScan
    done = "Đã bỏ bản chụp."

    def perform(self) -> Any:
        directive = self.object.directive
        remove_scan(by=self.request.user, scan=self.object)
        return directive

    def back(self) -> Any:
        return self.object.directive


class RouteDirective(ActPage):
    """Putting an incoming paper into somebody's hands."""

    who, act, model = who.office | who.chair, "campaigns.route_directive", Directive
    form_class = RouteDirectiveForm
    help = HELP
    done = "Đã chuyển. Văn bản hiện trong “Việc của tôi” của người đó."

    def form_kwargs(self) -> dict[str, Any]:
        return {"commune_id": self.object.commune_id}

    def perform(self, form: RouteDirectiveForm) -> Any:
        data = form.cleaned_data

        def make() -> Handling:
            return route_directive(by=self.request.user, directive=self.object, to=data["to"], note=data["note"])

        return once(self.once_key, self.object.commune, Handling, make)


class HandlingPage(Page):
    """Where a to-do of a handling leads: the paper itself."""

    who = HANDLERS | who.chair

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.find(Handling, self.kwargs["pk"]))


class FinishHandling(ActPage):
    who, act, model = HANDLERS, "campaigns.finish_handling", Handling
    form_class = FinishHandlingForm
    template_name = "campaigns/handling_finish.html"
    help = HELP
    done = "Đã ghi là xử lý xong."

    def subject(self) -> Handling:
        return self.find(Handling, self.kwargs["pk"], "directive", "assigned_by")

    def perform(self, form: FinishHandlingForm) -> Any:
        finish_handling(by=self.request.user, handling=self.object, result=form.cleaned_data["result"], seen=self.seen)
        return self.object


class RecallHandling(PostAct):
    who, act, model = who.office | who.chair, "campaigns.recall_handling", Handling
    done = "Đã lấy lại văn bản."

    def perform(self) -> Any:
        return recall_handling(by=self.request.user, handling=self.object, seen=self.seen)
