"""Forms that record a change of units: first the preview with its figures, then the confirmation of what it showed."""

import hashlib
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.actions.unit_change_faults import check_plan
from villages.actions.unit_changes import (
    record_unit_change,
)
from villages.forms.unit_changes import (
    CloseUnitForm,
    MergeUnitsForm,
    OpenUnitForm,
    RenameUnitForm,
)
from villages.forms.unit_split import SplitUnitForm
from villages.models import Unit, UnitChange
from villages.queries.contacts import council_members_on
from villages.queries.unit_changes import (
    head_candidates,
    households_of,
    people_without_household,
    preview_of_change,
    successors_to_choose,
)
from villages.rules.unit_changes import NewUnit, UnitPlan

HELP = "thay-doi-don-vi"
MAX_NEW_UNITS = 4


NOT_PREVIEWED = ("csrfmiddlewaretoken", "do", "previewed", "once", "seen")


def form_fingerprint(posted: QueryDict) -> str:
    """Of what was typed: a confirmation of something else than the preview showed is previewed again."""
    typed = sorted((name, values) for name, values in posted.lists() if name not in NOT_PREVIEWED)
    return hashlib.sha256(repr(typed).encode()).hexdigest()[:32]


class UnitChangeFormView(ActFormView):
    """Base of the forms that record a change: first the preview with its figures, then the confirmation of what it showed."""

    permission = permissions.office
    kind: ClassVar[str]
    template_name = "villages/unit_change_form.html"
    help = HELP

    def get_form_kwargs(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "units": self.units(),
            "heads": head_candidates(self.commune.pk, today),
            "members": council_members_on(self.commune.pk, today),
            "initial": self.get_initial(),
        }

    def units(self) -> list[Unit]:
        """The units that may take part in a change today, but the office."""
        units = Unit.objects.visible_to(self.request.user).in_force(timezone.localdate())
        return list(units.exclude(kind=Unit.OFFICE))

    def get_initial(self) -> dict[str, Any]:
        return {"effective_on": timezone.localdate()}

    def sources(self, form: Any) -> list[Unit]:
        """The units that the change is about: the unit of the page."""
        return [self.object]

    def plan(self, form: Any) -> UnitPlan:
        """What the change does, from the valid form."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        sources = self.sources(form)
        plan = self.plan(form)
        day = form.cleaned_data["effective_on"]
        check_plan(self.commune, self.kind, sources, plan, day, form.paper())
        seen = self.fingerprint()
        if self.request.POST.get("do") != "confirm" or self.request.POST.get("previewed") != seen:
            preview = preview_of_change(self.kind, sources, plan, day, timezone.localdate())
            return self.render(
                self.template_name,
                form=form,
                object=self.object,
                title=self.title,
                preview=preview,
                plan=plan,
                day=day,
                previewed=seen,
                once=self.idempotency_key,
            )
        change = record_unit_change(
            by=self.request.user,
            subject=self.object,
            kind=self.kind,
            sources=sources,
            plan=plan,
            effective_on=day,
            paper=form.paper(),
            idempotency_key=self.idempotency_key,
        )
        messages.success(self.request, self.success_text(change))
        return redirect(change)

    def success_text(self, change: UnitChange) -> str:
        """The message after recording."""
        if change.state == UnitChange.DONE:
            return "Đã thực hiện."
        return f"Đã ghi; tự thực hiện ngày {format_date(change.effective_on)}. Trước ngày đó rút lại được."

    def fingerprint(self) -> str:
        """As `form_fingerprint`."""
        return form_fingerprint(self.request.POST)


class CommuneChangeView(UnitChangeFormView):
    """Base of the forms of changes in the commune."""

    model = Commune

    def get_object(self) -> Commune:
        return self.commune


class OpenUnit(CommuneChangeView):
    act = "villages.open_unit"
    kind = UnitChange.OPEN
    form_class = OpenUnitForm
    title = "Thành lập đơn vị"

    def sources(self, form: Any) -> list[Unit]:
        return []

    def plan(self, form: OpenUnitForm) -> UnitPlan:
        new = form.new_unit(form.cleaned_data["kind"], form.place())
        return UnitPlan(title=new.name, units=(new,))


class RenameUnit(UnitChangeFormView):
    act = "villages.rename_unit"
    kind = UnitChange.RENAME
    model = Unit
    form_class = RenameUnitForm
    title = "Đổi tên đơn vị"

    def plan(self, form: RenameUnitForm) -> UnitPlan:
        name = form.cleaned_data["name"]
        return UnitPlan(title=f"{self.object.name} thành {name}", units=(NewUnit(name=name),))


class CloseUnit(UnitChangeFormView):
    act = "villages.close_unit"
    kind = UnitChange.CLOSE
    model = Unit
    form_class = CloseUnitForm
    title = "Giải thể đơn vị"

    def units(self) -> list[Unit]:
        return successors_to_choose(self.object, timezone.localdate())

    def plan(self, form: CloseUnitForm) -> UnitPlan:
        into = next((unit for unit in form.units if str(unit.pk) == form.cleaned_data["into"]), None)
        to = f", {into.name} nhận tiếp" if into else ""
        return UnitPlan(title=f"{self.object.name}{to}", into=into.pk if into else None)


class MergeUnits(CommuneChangeView):
    """The wizard of a merger of units."""

    act = "villages.merge_units"
    kind = UnitChange.MERGE
    form_class = MergeUnitsForm
    title = "Sáp nhập đơn vị"

    def sources(self, form: MergeUnitsForm) -> list[Unit]:
        return form.sources()

    def plan(self, form: MergeUnitsForm) -> UnitPlan:
        sources = form.sources()
        kept = next((unit for unit in sources if unit.pk == form.into()), None)
        new = form.new_unit(sources[0].kind, min(unit.sort for unit in sources))
        name = new.name or (kept.name if kept else "")
        names = ", ".join(unit.name for unit in sources)
        return UnitPlan(title=f"{names} thành {name}", units=(new,), into=kept.pk if kept else None)


class SplitUnit(UnitChangeFormView):
    """The wizard of a split: the new units with their households and people; the rest stays with the old unit."""

    act = "villages.split_unit"
    kind = UnitChange.SPLIT
    model = Unit
    form_class = SplitUnitForm
    title = "Chia tách đơn vị"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "count": self.count,
            "households": households_of(self.object),
            "people": people_without_household(self.object),
        }

    @property
    def count(self) -> int:
        """How many units are new: one, or `?moi=`."""
        typed = self.request.GET.get("moi", "1")
        return int(typed) if typed in [str(number) for number in range(1, MAX_NEW_UNITS + 1)] else 1

    def plan(self, form: SplitUnitForm) -> UnitPlan:
        unit = self.object
        units = tuple(
            form.new_unit(unit.kind, unit.sort + place, suffix, **form.moving[suffix])
            for place, suffix in enumerate(form.suffixes, 1)
        )
        rest = form.cleaned_data["rest_name"]
        names = ", ".join([rest or unit.name, *(new.name for new in units)])
        return UnitPlan(title=f"{unit.name} thành {names}", units=units, rest_name=rest)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        counts = [(number, number == self.count) for number in range(1, MAX_NEW_UNITS + 1)]
        return super().get_context_data(**context, counts=counts)
