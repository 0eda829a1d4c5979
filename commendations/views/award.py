"""Pages of the golden register (Sổ vàng): list, export, one award, all awards of a recipient, handover."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.handover import handed_over_words, record_award_handover, record_award_handovers
from commendations.forms.award import AwardHandoverForm, AwardHandoversForm, AwardRecoveryForm
from commendations.models import Award, Decision
from commendations.models.recovery_filters import TO_HAND_OVER
from commendations.papers.register import register_workbook
from commendations.queries import award as queries
from commendations.queries.award_supplement import supplement_list_of
from commendations.queries.highest_title import pay_again_words
from commendations.queries.open_amendments import mark_open_amendments
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.list_export import XLSX_MIME
from emulation.workflow.lists import PRINT, SHAPE, WORKBOOK, ListFilter, PagedListView
from emulation.workflow.views import ActFormView, PageView
from villages.models import Unit
from villages.queries.same_people import about_nominees
from villages.rules.groups import GROUP_FILTERS

READERS = permissions.staff | permissions.unit_head | permissions.council_member


class RegisterFilterMixin(PagedListView):
    """The register filtered by the query parameters nam, don-vi, loai, nhom, danh-hieu, tinh-trang, q."""

    permission = READERS

    def filter_values(self) -> dict[str, Any]:
        """The arguments of `filter_register` in the address."""
        names = ("nam", "don-vi", "loai", "nhom", "danh-hieu", "tinh-trang")
        year, unit, kind, group, award, standing = (self.request.GET.get(name, "") for name in names)
        return {
            "year": _parse_number(year, 4),
            "unit": _parse_number(unit, 9),
            "kind": kind if kind in queries.NOMINEE_KIND_LABELS else "",
            "group": group if group in GROUP_FILTERS else "",
            "award": award if award.isascii() and len(award) <= 12 else "",
            "standing": standing if standing in queries.STANDING_FILTERS else "",
        }

    def get_queryset(self) -> QuerySet[Award]:
        return queries.filter_register(queries.register_rows(self.request.user), **self.filter_values())

    def search(self, rows: QuerySet[Award], words: str) -> QuerySet[Award]:
        return queries.search_register(rows, words)


class GoldenRegisterPage(RegisterFilterMixin):
    """The Sổ vàng, 25 rows a page; `?dang=in` shows all rows for printing, `?dang=xlsx` is the workbook of all rows."""

    template_name = "commendations/register.html"
    help = "so-vang"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get(SHAPE) != WORKBOOK:
            return super().get(request, *args, **kwargs)
        response = HttpResponse(register_workbook(self.all_rows()), content_type=XLSX_MIME)
        response["Content-Disposition"] = f'attachment; filename="so-vang-{timezone.localdate():%Y-%m-%d}.xlsx"'
        return response

    def filters(self) -> list[ListFilter]:
        visible = queries.register_rows(self.request.user)
        units = Unit.objects.filter(pk__in=visible.order_by().values("unit_id"))
        awards = dict(queries.awards_in_register(visible))
        groups = {value: label for value, (label, _) in GROUP_FILTERS.items()}
        values = self.filter_values()
        found = (
            ("nam", "Năm", {str(year): f"Năm {year}" for year in queries.register_years(visible)}, values["year"]),
            ("don-vi", "Đơn vị", {str(unit.pk): str(unit) for unit in units}, values["unit"]),
            ("loai", "Đối tượng", queries.NOMINEE_KIND_LABELS, values["kind"]),
            ("nhom", "Nhóm đối tượng", groups if values["group"] else {}, values["group"]),
            (
                "danh-hieu",
                "Danh hiệu, hình thức",
                awards if len(awards) > 1 or values["award"] else {},
                values["award"],
            ),
            ("tinh-trang", "Tình trạng", queries.STANDING_FILTER_LABELS, values["standing"]),
        )
        return [ListFilter(name, label, choices, str(value or "")) for name, label, choices, value in found if choices]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.request.GET.get(SHAPE) == PRINT:
            shown = {"rows": self.all_rows(), "printing": True, "back": self.address_without(SHAPE)}
        else:
            shown = super().get_context_data(**context)
            shown["all_rows"] = self.address_without(SHAPE) if shown["rows"] else ""
        shown["rows"] = mark_open_amendments(shown["rows"], self.request.user)
        return {**shown, "totals": queries.register_totals(self.all_rows())}


class RegisterAwardPage(PageView):
    """One award: the arithmetic of its money, its legal bases, certificate and handovers."""

    permission = READERS
    template_name = "commendations/award.html"
    help = "so-vang"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = Award.objects.visible_to(self.request.user).with_recovery()
        rows = rows.select_related("decision__document", "unit", "person").prefetch_related(
            "handovers__reversal__reversed_by",
            "recoveries__reversal__reversed_by",
            "supplements__answers__reversal__reversed_by",
        )
        award = get_object_or_404(rows, pk=self.kwargs["pk"])
        mark_open_amendments([award], self.request.user)
        others = queries.register_rows(self.request.user).filter(about_nominees([award])).exclude(pk=award.pk)
        may_see_paper = permissions.staff.allows(self.capacity, award)
        return {
            **super().get_context_data(**context),
            "object": award,
            "supplement_list": supplement_list_of(award.decision_id) if may_see_paper else None,
            "handovers": award.handovers.all(),
            "recoveries": award.recoveries.all(),
            "pay_again": pay_again_words(award, timezone.localdate()),
            "may_see_paper": may_see_paper,
            "others": others[:10],
            "kind_label": queries.NOMINEE_KIND_LABELS[award.nominee_kind],
        }


class RecipientAwardsPage(RegisterFilterMixin):
    """All awards of the recipient of this one, under whatever name they received them."""

    template_name = "commendations/register_person.html"
    help = "so-vang"

    def get_queryset(self) -> QuerySet[Award]:
        self.award = self.get_visible_or_404(Award, self.kwargs["pk"], "person")
        return queries.register_rows(self.request.user).filter(about_nominees([self.award]))

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = super().get_context_data(**context)
        return {
            **shown,
            "rows": mark_open_amendments(shown["rows"], self.request.user),
            "award": self.award,
            "totals": queries.register_totals(self.get_queryset()),
        }


class AwardActView(ActFormView):
    """An act on one award: the breadcrumb names it."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        crumbs = [(str(self.object), self.object.get_absolute_url())]
        return {**super().get_context_data(**context), "crumbs": crumbs}


class RecordAwardHandover(AwardActView):
    permission = permissions.office | permissions.clerk | permissions.unit_head
    act = "commendations.hand_over"
    model = Award
    form_class = AwardHandoverForm
    title = "Ghi nhận đã trao"
    success_message = "Đã ghi vào Sổ vàng."

    def get_initial(self) -> dict[str, Any]:
        award = self.object
        day = timezone.localdate() if award.counts else None
        return {"received_by": award.current_name if award.person_id else "", "received_on": day}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "handed": handed_over_words(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice does not ask about the handover that it recorded the first time."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:award", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        record_award_handover(by=self.request.user, award=self.object, key=self.idempotency_key, **form.cleaned_data)
        return redirect(self.object)


class RecordAwardHandovers(ActFormView):
    """Who received on one day: of a decision those to whom nothing, or only an earlier certificate, was handed over."""

    permission = permissions.office | permissions.clerk
    act = "commendations.hand_over_awards"
    model = Decision
    form_class = AwardHandoversForm
    template_name = "commendations/decision_hand_over.html"
    title = "Ghi đã trao nhiều người"
    success_message = "Đã ghi vào Sổ vàng cho những người được chọn."
    help = "so-vang"

    def get_object(self) -> Decision:
        return self.get_visible_or_404(Decision, self.kwargs["pk"], "document")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because nothing is left to hand over."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:decision", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.object.awards.filter(TO_HAND_OVER).with_recovery().select_related("household")
        return {**super().get_form_kwargs(), "awards": list(rows.order_by("decision_serial"))}

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = hasattr(self, "object")
        crumbs = [(str(self.object.document), self.object.get_absolute_url())] if shown else []
        undone = Decision.objects.for_lists().get(pk=self.object.pk) if shown else None
        return {**super().get_context_data(**context), "crumbs": crumbs, "undone": undone}

    def form_valid(self, form: AwardHandoversForm) -> Any:
        return record_award_handovers(
            by=self.request.user, decision=self.object, key=self.idempotency_key, **form.chosen()
        )


class RecordAwardRecovery(AwardActView):
    permission = permissions.office | permissions.clerk
    act = "commendations.recover_award"
    model = Award
    form_class = AwardRecoveryForm
    title = "Ghi đã thu hồi"
    success_message = "Đã ghi thu hồi."
    help = "dinh-chinh-huy-bo"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because nothing is left to recover."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:award", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"recovered_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "award": self.object}

    def form_valid(self, form: Any) -> Any:
        record_award_recovery(by=self.request.user, award=self.object, key=self.idempotency_key, **form.cleaned_data)
        return redirect(self.object)


def _parse_number(text: str, longest: int) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= longest else None
