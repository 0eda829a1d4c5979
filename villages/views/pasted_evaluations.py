"""The page that takes the yearly evaluations of a unit from a pasted table or a workbook, and the workbook to fill in."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from emulation.legal.engine.rules.evaluation import EvaluationFault
from emulation.workflow import permissions
from emulation.workflow.authorization import Authorization
from emulation.workflow.list_export import XLSX_MIME, ListHead, list_file_name, list_workbook
from emulation.workflow.views import ActFormView, PageView
from villages.actions.evaluations import EvaluationBreaksLaw, enter_evaluations
from villages.actions.evidence import read_restricted
from villages.actions.people_table import TableRowsBroken
from villages.forms.pasted_evaluations import LEVEL_LABELS, PastedEvaluationsForm
from villages.models import Unit
from villages.queries import evidence as queries
from villages.queries.evaluations import unit_evaluation
from villages.rules.evidence import year_fault


class PasteEvaluations(ActFormView):
    """First the rows that can be taken and those that cannot, with the reasons; `do=save` saves the former.

    What cannot be taken comes back as the text, to be corrected and sent again.
    """

    permission = permissions.office
    act = "villages.enter_evaluations"
    model = Unit
    template_name = "villages/paste_evaluations.html"
    help = "ghi-danh-gia-nam"

    def get_form(self, *data: Any) -> PastedEvaluationsForm:
        people = queries.people_of_unit(self.object, self.request.user)
        recorded = queries.recorded_levels(people, self.kwargs["year"])
        return PastedEvaluationsForm(*data, people=people, recorded=recorded)

    def form_valid(self, form: PastedEvaluationsForm) -> Any:
        if self.request.POST.get("do") != "save":
            form.warnings = self.in_words(form, self.broken_rules(form))
            return self.render_form(form)
        common = {name: form.cleaned_data[name] for name in ("source", "reason", "despite")}
        try:
            count = enter_evaluations(
                by=self.request.user, unit=self.object, year=self.kwargs["year"], entered=form.entered(), **common
            )
        except TableRowsBroken as broken:
            form.mark(dict(broken.rows))
            raise
        except EvaluationBreaksLaw as broken:
            for words in self.in_words(form, broken.faults):
                form.add_error(None, words)
            raise
        same = len(form.taken) - count
        unchanged = f" {same} người đã ghi đúng như vậy từ trước." if same else ""
        messages.success(self.request, f"Đã lưu kết quả năm {self.kwargs['year']} của {count} người.{unchanged}")
        if not form.left:
            return reverse("villages:evaluations", args=[self.object.pk, self.kwargs["year"]])
        form.keep_only_left()
        return self.render_form(form)

    def broken_rules(self, form: PastedEvaluationsForm) -> list[EvaluationFault]:
        """What the unit's table would break with the rows that were taken."""
        taken = {row.pk: row.value for row in form.read if row.pk}
        kept = {form.people[pk].kept_id: level for pk, level in taken.items()}
        recorded = queries.recorded_levels(form.people.values(), self.kwargs["year"])
        table = unit_evaluation(self.object, self.kwargs["year"], recorded | kept)
        return [fault for fault in table.faults if not fault.key or fault.key in taken]

    def in_words(self, form: PastedEvaluationsForm, faults: Sequence[EvaluationFault]) -> list[str]:
        """The faults with the names of their people. Those about discipline are logged as read."""
        found = []
        for fault in faults:
            person = form.people.get(fault.key) if fault.key else None
            name = f"{person.full_name}: " if person else ""
            found.append(f"{name}{fault.text.rstrip('.')} ({fault.grounds[0].citation}).")
            if person and any(basis.code == "evaluation.discipline" for basis in fault.grounds):
                read_restricted(by=self.request.user, subject=person)
        return found

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        # Nothing typed is kept on the device: what was sent is on the page that answers.
        return {**super().get_context_data(**context), "year": self.kwargs["year"], "unkept": True}

    def check_object(self) -> Any:
        answer = super().check_object()
        fault = year_fault(self.kwargs["year"], timezone.localdate())
        return Authorization(False, fault, "state") if answer and fault else answer


class EvaluationWorkbook(PageView):
    """The people of the unit with their levels, as a workbook that can be filled in and sent back."""

    permission = permissions.office

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unit = self.get_visible_or_404(Unit, kwargs["pk"])
        people = queries.people_of_unit(unit, request.user)
        recorded = queries.recorded_levels(people, kwargs["year"])
        title = f"{unit.name}: đánh giá năm {kwargs['year']}"
        columns = (("Họ và tên", 30), ("Năm sinh", 10), ("Chức vụ", 34), ("Kết quả", 30))
        lines = (
            (one.full_name, str(one.birth_year or ""), one.post, LEVEL_LABELS.get(recorded.get(one.pk, ""), ""))
            for one in people
        )
        choices = {"Kết quả": list(LEVEL_LABELS.values())}
        head = ListHead(title, "Chọn mức xếp loại ở cột Kết quả rồi gửi lại tệp này.", columns, choices)
        file = list_workbook(head, lines)
        response = HttpResponse(file, content_type=XLSX_MIME)
        response["Content-Disposition"] = f'attachment; filename="{list_file_name(title, timezone.localdate())}"'
        return response
