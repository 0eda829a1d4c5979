"""Page with the yearly evaluations of all people of a unit in one form."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.legal.engine.doubts import UNCONFIRMED
from emulation.legal.engine.rules.evaluation import EvaluationFault, ExcellentShare
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.evaluations import EvaluationBreaksLaw, enter_evaluations
from villages.actions.evidence import read_restricted
from villages.actions.people_table import TableRowsBroken
from villages.forms.people_table import EvaluationTableForm
from villages.models import Unit
from villages.queries import evidence as queries
from villages.queries.evaluations import UnitEvaluation, people_of, unit_evaluation
from villages.queries.twins import mark_twins
from villages.rules.evidence import year_fault

PEOPLE_PER_PAGE = 100
YEARS_BACK = 5


class EnterEvaluations(ActFormView):
    """A level for each person of the unit; all rows are saved or none. Without a year in the URL: the year to evaluate now."""

    permission = permissions.office
    act = "villages.enter_evaluations"
    model = Unit
    template_name = "villages/evaluations.html"
    help = "ghi-danh-gia-nam"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        today = timezone.localdate()
        self.year = kwargs.get("year") or queries.year_to_evaluate(today)
        return super().dispatch(request, *args, **kwargs)

    def check_object(self) -> Any:
        result = super().check_object()
        people = queries.people_of_unit(self.object, self.request.user)
        self.page = Paginator(people, PEOPLE_PER_PAGE).get_page(self.request.GET.get("trang"))
        return result

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if fault := year_fault(self.year, timezone.localdate()):
            unit = self.get_object()
            messages.error(request, fault)
            return redirect("villages:enter_evaluations", unit.pk)
        return super().get(request, *args, **kwargs)

    def get_form(self, *data: Any) -> EvaluationTableForm:
        people = mark_twins(self.page.object_list)
        recorded = {} if year_fault(self.year, timezone.localdate()) else queries.recorded_levels(people, self.year)
        return EvaluationTableForm(*data, people=people, recorded=recorded)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") != "check":
            return super().post(request, *args, **kwargs)
        answer = self.check_object()
        if not answer:
            return self.render_denied(answer)
        form = self.get_form(request.POST)
        form.is_valid()
        return self.render_form(form)

    def form_valid(self, form: EvaluationTableForm) -> Any:
        common = {name: form.cleaned_data[name] for name in ("source", "reason", "despite")}
        try:
            count = enter_evaluations(
                by=self.request.user, unit=self.object, year=self.year, entered=form.entered(), **common
            )
        except TableRowsBroken as broken:
            form.mark(broken.rows, broken.now)
            raise
        except EvaluationBreaksLaw as broken:
            self._show_faults(form, broken.faults)
            raise
        messages.success(self.request, f"Đã lưu kết quả năm {self.year} của {count} người.")
        return f"{self._year_url(self.year)}?trang={self.page.number}"

    def _show_faults(self, form: EvaluationTableForm, faults: Sequence[EvaluationFault]) -> None:
        """Adds the faults to their rows, those of groups to the form. Those about discipline are logged as read."""
        of_unit = {person.pk: person for person in people_of(self.object)}
        for fault in faults:
            words = f"{fault.text.rstrip('.')} ({fault.grounds[0].citation})."
            form.add_error(f"value_{fault.key}" if f"value_{fault.key}" in form.fields else None, words)
            if any(basis.code == "evaluation.discipline" for basis in fault.grounds):
                read_restricted(by=self.request.user, subject=of_unit[fault.key])

    def _table(self, form: EvaluationTableForm) -> UnitEvaluation:
        """The whole unit with the levels of this page as typed, those of other pages as recorded."""
        recorded = queries.recorded_levels(people_of(self.object), self.year)
        return unit_evaluation(self.object, self.year, recorded | form.levels())

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        valid_year = not year_fault(self.year, timezone.localdate())
        table = self._table(context["form"]) if valid_year else None
        return {
            **super().get_context_data(**context),
            "table": table,
            "share_lines": [_share_line(share) for share in table.shares] if table else [],
            "year": self.year,
            "chips": year_chips(self.year, self._year_url),
            "page": self.page,
        }

    def _year_url(self, year: int) -> str:
        return reverse("villages:evaluations", args=[self.object.pk, year])


def year_chips(shown: int, url_of: Callable[[int], str]) -> list[dict[str, Any]]:
    """Links to the years that can be evaluated, for components/_chips.html."""
    today = timezone.localdate()
    years = sorted({*range(today.year, today.year - YEARS_BACK - 1, -1), shown}, reverse=True)
    return [
        {"label": f"Năm {year}", "url": url_of(year), "active": year == shown}
        for year in years
        if not year_fault(year, today)
    ]


def _share_line(share: ExcellentShare) -> dict[str, Any]:
    """A line of components/_checklist.html."""
    unconfirmed = "" if share.grounds[0].confirmed else f" · {UNCONFIRMED}"
    return {
        "ok": not share.exceeded,
        "label": f"Nhóm {share.group}",
        "note": share.text,
        "source": share.grounds[0].citation + unconfirmed,
    }
