"""Page with the yearly evaluations of all people of a unit in one form."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.evaluations import enter_evaluations
from villages.actions.people_table import TableRowsBroken
from villages.forms.people_table import EvaluationTableForm
from villages.models import Unit
from villages.queries import evidence as queries
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
        people = list(self.page.object_list)
        recorded = {} if year_fault(self.year, timezone.localdate()) else queries.recorded_levels(people, self.year)
        return EvaluationTableForm(*data, people=people, recorded=recorded)

    def form_valid(self, form: EvaluationTableForm) -> Any:
        common = {name: form.cleaned_data[name] for name in ("source", "reason")}
        try:
            count = enter_evaluations(
                by=self.request.user, unit=self.object, year=self.year, entered=form.entered(), **common
            )
        except TableRowsBroken as broken:
            form.mark(broken.rows, broken.now)
            raise
        messages.success(self.request, f"Đã lưu kết quả năm {self.year} của {count} người.")
        return f"{self._year_url(self.year)}?trang={self.page.number}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        years = sorted({*range(today.year, today.year - YEARS_BACK - 1, -1), self.year}, reverse=True)
        chips = [
            {"label": f"Năm {year}", "url": self._year_url(year), "active": year == self.year}
            for year in years
            if not year_fault(year, today)
        ]
        return {**super().get_context_data(**context), "year": self.year, "chips": chips, "page": self.page}

    def _year_url(self, year: int) -> str:
        return reverse("villages:evaluations", args=[self.object.pk, year])
