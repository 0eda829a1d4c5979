"""The page with the yearly evaluations of all units of the commune in one form."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.legal.engine.doubts import UNCONFIRMED
from emulation.legal.engine.rules.evaluation import EvaluationFault
from emulation.legal.engine.rules.unit_evaluation import UnitShare
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.evaluations import EvaluationBreaksLaw
from villages.actions.people_table import TableRowsBroken
from villages.actions.unit_evaluations import enter_unit_evaluations
from villages.forms.people_table import UnitEvaluationsForm
from villages.models import Evaluation
from villages.queries import unit_evaluations as queries
from villages.queries.evidence import year_to_evaluate
from villages.rules.evidence import year_fault
from villages.views.evaluations import year_chips


class EnterUnitEvaluations(ActFormView):
    """A level for each unit; all rows are saved or none. Without a year in the URL: the year to evaluate now."""

    permission = permissions.office
    act = "villages.enter_unit_evaluations"
    model = Commune
    template_name = "villages/unit_evaluations.html"
    help = "ghi-danh-gia-nam"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.year = kwargs.get("year") or year_to_evaluate(timezone.localdate())
        return super().dispatch(request, *args, **kwargs)

    def get_object(self) -> Commune:
        return self.commune

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if fault := year_fault(self.year, timezone.localdate()):
            messages.error(request, fault)
            return redirect("villages:enter_unit_evaluations")
        return super().get(request, *args, **kwargs)

    def get_form(self, *data: Any) -> UnitEvaluationsForm:
        self.units = queries.rated_units(self.commune.pk, self.year)
        recorded = queries.recorded_unit_levels(Evaluation.objects.kept(), self.units, self.year)
        return UnitEvaluationsForm(*data, people=self.units, recorded={pk: row.level for pk, row in recorded.items()})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") != "check":
            return super().post(request, *args, **kwargs)
        answer = self.check_object()
        if not answer:
            return self.render_denied(answer)
        form = self.get_form(request.POST)
        form.is_valid()
        return self.render_form(form)

    def form_valid(self, form: UnitEvaluationsForm) -> Any:
        common = {name: form.cleaned_data[name] for name in ("source", "reason", "despite")}
        try:
            count = enter_unit_evaluations(
                by=self.request.user, commune=self.object, year=self.year, entered=form.entered(), **common
            )
        except TableRowsBroken as broken:
            form.mark(broken.rows, broken.now)
            raise
        except EvaluationBreaksLaw as broken:
            add_faults(form, broken.faults)
            raise
        messages.success(self.request, f"Đã lưu kết quả năm {self.year} của {count} đơn vị.")
        return reverse("villages:unit_evaluations", args=[self.year])

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        table = queries.unit_evaluations(self.units, self.year, context["form"].levels())
        return {
            **super().get_context_data(**context),
            "year": self.year,
            "chips": year_chips(self.year, lambda year: reverse("villages:unit_evaluations", args=[year])),
            "share_lines": [_share_line(share) for share in table.shares],
            "outside": [unit.name for unit in table.units if not unit.kind],
        }


def add_faults(form: UnitEvaluationsForm, faults: Sequence[EvaluationFault]) -> None:
    """Adds the faults to their rows, those of kinds to the form."""
    for fault in faults:
        words = f"{fault.text.rstrip('.')} ({fault.grounds[0].citation})."
        form.add_error(f"value_{fault.key}" if f"value_{fault.key}" in form.fields else None, words)


def _share_line(share: UnitShare) -> dict[str, Any]:
    """A line of components/_checklist.html."""
    return {
        "ok": not share.exceeded,
        "label": share.kind.capitalize(),
        "note": share.text,
        "source": share.grounds[0].citation + ("" if share.grounds[0].confirmed else f" · {UNCONFIRMED}"),
    }
