"""Page "Ai đủ điều kiện": everybody of a unit judged for a title and year; drafts for those who are ticked."""

from datetime import date
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from commendations.actions.many_nominations import start_nominations
from commendations.forms.qualifying import ManyNomineesForm, NomineeListForm, QualifyingQuestionForm
from commendations.queries.catalogue import AwardOffer
from commendations.queries.qualifying import (
    QualifyingTable,
    kind_of_title,
    nominees_of,
    open_cases_of,
    qualifying_table,
    titles_of_many,
)
from commendations.queries.quotas import title_quota
from commendations.views.same_case import SameCaseMixin
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.models import RESTRICTED_READERS, Person, Unit
from villages.queries.evidence import year_to_evaluate
from villages.rules.pasted_people import ListedName, ReadRow, read_rows

NOMINEES_PER_PAGE = 300
CASES_PER_PAGE = 50
YEARS_BACK = 2


class TitleOfUnitView(SameCaseMixin, ActFormView):
    """Base of the pages for many cases: the unit, title and year come from the address."""

    permission = permissions.office | permissions.unit_head
    act = "commendations.start"
    model = Commune
    help = "ai-du-dieu-kien"

    def get_object(self) -> Commune:
        return self.commune

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def units(self) -> list[Unit]:
        units = Unit.objects.visible_to(self.request.user).in_force(self.today)
        return list(units if self.capacity.has(Role.office) else units.filter(pk__in=self.capacity.unit_ids))

    @cached_property
    def question(self) -> QualifyingQuestionForm:
        """The question of the address; with one unit to choose it is chosen."""
        titles = self.titles()
        this_year = year_to_evaluate(self.today)
        asked = {name: self.request.GET[name] for name in ("unit", "award", "year") if name in self.request.GET}
        initial = {"year": this_year, "unit": self.units[0].pk if len(self.units) == 1 else None}
        years = range(this_year, this_year - YEARS_BACK - 1, -1)
        return QualifyingQuestionForm(asked or None, units=self.units, titles=titles, years=years, initial=initial)

    def titles(self) -> dict[str, list[AwardOffer]]:
        """The titles to choose from, by kind of nominee: those of households only where there is a village."""
        villages = [unit for unit in self.units if unit.kind == Unit.VILLAGE]
        found = titles_of_many((villages or self.units)[0], self.today) if self.units else {}
        return found if len(villages) == len(self.units) else dict(reversed(found.items()))

    @cached_property
    def unit(self) -> Unit | None:
        """The chosen unit; None while the question is not complete."""
        if not (self.question.is_bound and self.question.is_valid()):
            return None
        return next(unit for unit in self.units if str(unit.pk) == self.question.cleaned_data["unit"])

    def proposing_unit(self) -> Unit | None:
        return self.unit

    @property
    def asked(self) -> dict[str, Any]:
        """The checked answers: unit, award, year; with neither while the question is not complete."""
        return self.question.cleaned_data if self.unit else {"award": "", "year": 0}

    @property
    def address_words(self) -> str:
        return self.request.META["QUERY_STRING"]


class QualifyingPage(TitleOfUnitView):
    """GET asks and shows the table, POST makes a draft for each ticked nominee; both take the question from the address."""

    template_name = "commendations/qualifying.html"
    title = "Ai đủ điều kiện"
    left: list[str] = []
    """What of a pasted list could not be ticked, and why."""
    ticked = ""
    """How many a pasted list ticked, in words."""

    @cached_property
    def page(self) -> Any:
        """The nominees of the unit that are judged on this page."""
        if self.unit is None:
            return Paginator([], NOMINEES_PER_PAGE).get_page(1)
        kind = kind_of_title(self.question.cleaned_data["award"], titles_of_many(self.unit, self.today))
        nominees = nominees_of(self.unit, kind, self.request.user)
        return Paginator(nominees, NOMINEES_PER_PAGE).get_page(self.request.GET.get("trang"))

    @cached_property
    def trouble(self) -> str:
        """Why the law has no answer for this day, or ""."""
        try:
            self.table  # noqa: B018  (judges)
        except RuleBroken as broken:
            return broken.message
        return ""

    @cached_property
    def table(self) -> QualifyingTable:
        return qualifying_table(
            list(self.page.object_list),
            self.asked["award"],
            self.asked["year"],
            self.today,
            with_restricted=self.capacity.has(*RESTRICTED_READERS),
        )

    def get_form(self, *data: Any) -> ManyNomineesForm:
        table = QualifyingTable([]) if self.trouble else self.table
        ready = [str(one.nominee.pk) for one in table.qualified if one.case is None]
        return ManyNomineesForm(*data, judged=table.judged, initial={"nominees": ready})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") != "tick":
            return super().post(request, *args, **kwargs)
        answer = self.check_object()
        return self.render_form(self.form_of_list()) if answer else self.render_denied(answer)

    def form_of_list(self) -> ManyNomineesForm:
        """The form with those ticked who are named in the pasted list or the workbook; `left` gets the rows not taken."""
        form = NomineeListForm(self.request.POST, self.request.FILES)
        listed = list(map(_listed, self.page.paginator.object_list))
        rows = read_rows(form.rows() if form.is_valid() else [], listed, None)
        free = {one.nominee.pk for one in self.table.free}
        ticked = [str(row.pk) for row in rows if row.pk in free]
        faults = (f"Dòng {row.row.number}: {row.fault or _not_free(row)}" for row in rows if row.pk not in free)
        self.ticked = f"Đã đánh dấu {len(ticked)} theo danh sách. Xem lại rồi bấm lập bản soạn." if ticked else ""
        self.left = [*map(str, chain.from_iterable(form.errors.values())), *faults]
        return ManyNomineesForm(judged=self.table.judged, initial={"nominees": ticked})

    def form_valid(self, form: ManyNomineesForm) -> HttpResponse:
        if self.unit is None:
            raise RuleBroken("Hãy chọn đơn vị, danh hiệu và năm trước.")
        chosen = set(form.cleaned_data["nominees"])
        asked = self.asked
        drafts = start_nominations(
            by=self.request.user,
            unit=self.unit,
            nominees=[one.nominee for one in self.table.judged if one.nominee.pk in chosen],
            code=asked["award"],
            year=asked["year"],
            idempotency_key=self.idempotency_key,
        )
        self.success_message = f"Đã lập {len(drafts)} bản soạn. Ghi thành tích của từng người, hộ rồi nộp cả nhóm."
        return redirect(f"{reverse('commendations:write_many')}?{self.address_words}")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.unit is not None
        return {
            **super().get_context_data(**context),
            "question": self.question,
            "unit": self.unit,
            "page": self.page,
            "trouble": self.trouble if asked else "",
            "table": self.table if asked and not self.trouble else None,
            "left": self.left,
            "ticked": self.ticked,
            "names": NomineeListForm(initial={"pasted": self.request.POST.get("pasted", "")}),
            "quota": asked and title_quota(self.commune.pk, self.asked["award"], self.asked["year"], self.today),
            "whole": self.capacity.has(*RESTRICTED_READERS),
            "may_evaluate": self.capacity.has(Role.office),
            "drafts": self.unit
            and open_cases_of(self.unit, self.asked["award"], self.asked["year"], self.request.user).count(),
        }


def _listed(nominee: Any) -> ListedName:
    """A person, or a household by its head, as a pasted list names them."""
    if isinstance(nominee, Person):
        return ListedName(nominee.pk, nominee.full_name, nominee.birth_year)
    return ListedName(nominee.pk, nominee.head_name)


def _not_free(row: ReadRow) -> str:
    """Why the named one cannot be ticked."""
    return f"{row.row.cells[0]} đã có hồ sơ hoặc nằm ở trang khác của danh sách."
