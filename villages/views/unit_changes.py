"""Pages of changes of units: the list, one change, carrying out, correcting, taking back; the head of a unit."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of
from villages.actions.heads import set_unit_head
from villages.actions.unit_change_undo import FURTHER, undo_change, what_rests_on
from villages.actions.unit_changes import (
    carry_out_change,
    correct_change,
    correctable_name,
    take_back_change,
)
from villages.forms.unit_changes import (
    CorrectChangeForm,
)
from villages.forms.units import UnitHeadForm
from villages.models import Unit, UnitChange
from villages.queries.unit_change_page import (
    after_change,
    carried_figures,
    names_before_and_after,
    units_of_change,
)
from villages.queries.unit_changes import head_candidates
from villages.views.units import unit_crumbs

HELP = "thay-doi-don-vi"


class UnitChangeList(PagedListView):
    """The changes of units of the commune, planned and carried out, the latest day first."""

    permission = permissions.staff
    template_name = "villages/unit_changes.html"
    help = HELP
    title = "Thay đổi đơn vị"
    columns = (
        ListColumn("Việc", str, width=60),
        ListColumn("Từ ngày", lambda row: format_date(row.effective_on), width=14),
        ListColumn("Văn bản", lambda row: row.paper, width=40),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=18),
    )

    def get_queryset(self) -> QuerySet[Any]:
        return UnitChange.objects.visible_to(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "commune": self.commune}


class UnitChangePage(PageView):
    """One change: the units before and after, its paper, what was carried over."""

    permission = permissions.staff
    template_name = "villages/unit_change.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        change = self.get_visible_or_404(UnitChange, self.kwargs["pk"], "created_by")
        before, after = units_of_change(change)
        old, new = names_before_and_after(change, before, after)
        done = change.state == UnitChange.DONE
        return {
            **super().get_context_data(**context),
            "object": change,
            "before": old,
            "after": new,
            "next": after_change(change, before, after, timezone.localdate()) if done else None,
            "figures": carried_figures(change),
            "rests_on": what_rests_on(change) if done else [],
            "further": FURTHER,
        }


class CarryOutChange(ActPostView):
    permission = permissions.office
    act = "villages.carry_out_change"
    model = UnitChange
    success_message = "Đã thực hiện."

    def perform(self) -> Any:
        carry_out_change(by=self.request.user, change=self.object)
        return self.object


class TakeBackChange(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.take_back_change"
    model = UnitChange
    help = HELP
    title = "Rút lại thay đổi đơn vị"
    reason_label = "Vì sao rút lại?"
    success_message = "Đã rút lại; không có gì thay đổi."

    def form_valid(self, form: forms.Form) -> Any:
        take_back_change(by=self.request.user, change=self.object, reason=form.cleaned_data["reason"])
        return self.object


class UndoChange(ReasonFormMixin, ActFormView):
    permission = permissions.office
    act = "villages.undo_change"
    model = UnitChange
    help = HELP
    title = "Hủy thay đổi đã thực hiện, trở lại như cũ"
    reason_label = "Vì sao hủy?"
    reason_help = "Đơn vị, người, hộ, việc còn dở, người đứng đầu trở lại như trước ngày thay đổi; dòng thay đổi và lý do vẫn lưu."
    success_message = "Đã hủy; đơn vị, người, hộ, việc còn dở trở lại như cũ."

    def form_valid(self, form: forms.Form) -> Any:
        undo_change(by=self.request.user, change=self.object, reason=form.cleaned_data["reason"])
        return self.object


class CorrectChange(ActFormView):
    permission = permissions.office
    act = "villages.correct_change"
    model = UnitChange
    form_class = CorrectChangeForm
    help = HELP
    title = "Sửa chỗ ghi sai"
    success_message = "Đã sửa. Văn bản đã ban hành vẫn giữ cách ghi cũ."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "has_name": bool(correctable_name(self.object))}

    def get_initial(self) -> dict[str, Any]:
        change = self.object
        paper = {
            name: getattr(change, name) for name in ("paper_number", "paper_date", "paper_issuer", "paper_summary")
        }
        return {**paper, "name": correctable_name(change)}

    def form_valid(self, form: CorrectChangeForm) -> Any:
        correct_change(
            by=self.request.user,
            change=self.object,
            paper=form.paper(),
            name=clean(form.cleaned_data.get("name", "")),
            seen=self.seen,
        )
        return self.object


class SetUnitHead(ActFormView):
    """Who heads a unit from a day: elected or appointed, or acting until a day."""

    permission = permissions.office
    act = "villages.set_unit_head"
    model = Unit
    form_class = UnitHeadForm
    help = "cu-nguoi-dung-dau"
    title = "Cử người đứng đầu"
    success_message = "Đã ghi. Người cũ thôi từ ngày đó, người mới làm được việc của đơn vị từ ngày đó."

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {"heads": head_candidates(self.object.commune_id, today), "initial": {"starts_on": today}}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(crumbs=unit_crumbs(self.object, self.title), **context)

    def form_valid(self, form: UnitHeadForm) -> Any:
        data = form.cleaned_data
        set_unit_head(
            by=self.request.user,
            unit=self.object,
            person=form.people[data["head"]],
            starts_on=data["starts_on"],
            acting_until=data["acting_until"],
            paper=data["paper"],
        )
        return self.object
