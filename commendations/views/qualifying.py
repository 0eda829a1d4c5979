"""Pages for many cases of a unit: "Ai đủ điều kiện" with drafts for those who are ticked, and their deeds in one form."""

from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from commendations.actions.many_nominations import SomeCasesBroken, save_deeds, start_nominations, submit_nominations
from commendations.forms.qualifying import DeedsForm, ManyNomineesForm, QualifyingQuestionForm
from commendations.models import Nomination
from commendations.queries.qualifying import (
    QualifyingTable,
    kind_of_title,
    nominees_of,
    open_cases_of,
    qualifying_table,
    titles_of_many,
)
from commendations.views.nomination import NOMINEE_RELATIONS
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView
from villages.models import RESTRICTED_READERS, Unit
from villages.queries.evidence import year_to_evaluate

NOMINEES_PER_PAGE = 300
CASES_PER_PAGE = 50
YEARS_BACK = 2


class TitleOfUnitView(ActFormView):
    """Base of the two pages: the unit, title and year come from the address."""

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
        titles = titles_of_many(self.units[0], self.today) if self.units else {}
        this_year = year_to_evaluate(self.today)
        asked = {name: self.request.GET[name] for name in ("unit", "award", "year") if name in self.request.GET}
        initial = {"year": this_year, "unit": self.units[0].pk if len(self.units) == 1 else None}
        years = range(this_year, this_year - YEARS_BACK - 1, -1)
        return QualifyingQuestionForm(asked or None, units=self.units, titles=titles, years=years, initial=initial)

    @cached_property
    def unit(self) -> Unit | None:
        """The chosen unit; None while the question is not complete."""
        if not (self.question.is_bound and self.question.is_valid()):
            return None
        return next(unit for unit in self.units if str(unit.pk) == self.question.cleaned_data["unit"])

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
        table = QualifyingTable([], [], []) if self.trouble else self.table
        ready = [str(one.nominee.pk) for one in table.qualified if one.case is None]
        return ManyNomineesForm(*data, judged=table.all, initial={"nominees": ready})

    def form_valid(self, form: ManyNomineesForm) -> HttpResponse:
        if self.unit is None:
            raise RuleBroken("Hãy chọn đơn vị, danh hiệu và năm trước.")
        chosen = set(form.cleaned_data["nominees"])
        asked = self.asked
        drafts = start_nominations(
            by=self.request.user,
            unit=self.unit,
            nominees=[one.nominee for one in self.table.all if one.nominee.pk in chosen],
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
            "whole": self.capacity.has(*RESTRICTED_READERS),
            "drafts": self.unit
            and open_cases_of(self.unit, self.asked["award"], self.asked["year"], self.request.user).count(),
        }


class WriteManyNominations(TitleOfUnitView):
    """The deeds of all drafts and returned cases of a unit for a title in one form; `do=submit` submits the complete ones."""

    template_name = "commendations/write_many.html"
    title = "Ghi thành tích cả nhóm"

    @cached_property
    def page(self) -> Any:
        """The cases on this page."""
        asked = self.asked
        rows = open_cases_of(self.unit, asked["award"], asked["year"], self.request.user) if self.unit else []
        return Paginator(rows, CASES_PER_PAGE).get_page(self.request.GET.get("trang"))

    def get_form(self, *data: Any) -> DeedsForm:
        return DeedsForm(*data, cases=self.posted_cases() if data else list(self.page.object_list))

    def posted_cases(self) -> list[Nomination]:
        """The cases whose text was sent, also those that have left the drafts meanwhile: each gets its answer at its row."""
        ids = [name.removeprefix("deed_") for name in self.request.POST if name.startswith("deed_")]
        asked = self.asked
        rows = Nomination.objects.visible_to(self.request.user).filter(
            unit=self.unit, award_code=asked["award"], year=asked["year"], pk__in=filter(str.isdecimal, ids)
        )
        return list(rows.select_related(*NOMINEE_RELATIONS, "commune").order_by("nominee_key", "pk"))

    def form_valid(self, form: DeedsForm) -> Any:
        user = self.request.user
        if not form.cases:
            raise RuleBroken("Không có hồ sơ nào để lưu. Mở lại trang này từ “Ai đủ điều kiện”.")
        try:
            with transaction.atomic():
                save_deeds(by=user, typed=form.typed(), met_on=form.cleaned_data["met_on"])
                submits = self.request.POST.get("do") == "submit"
                left = submit_nominations(by=user, nominations=form.cases) if submits else []
        except SomeCasesBroken as broken:
            form.mark(broken.faults)
            raise
        self.success_message = _saved(form.cases, left) if submits else f"Đã lưu {len(form.cases)} hồ sơ, chưa nộp."
        return f"{self.request.path}?{self.address_words}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.unit is None:
            return {**super().get_context_data(**context), "page": self.page}
        offers = chain.from_iterable(titles_of_many(self.unit, self.today).values())
        award = next(offer.award for offer in offers if offer.award.code == self.asked["award"])
        return {
            **super().get_context_data(**context),
            "page": self.page,
            "unit": self.unit,
            "award": award.in_full(self.asked["year"]),
            "question_address": f"{reverse('commendations:qualifying')}?{self.address_words}",
        }


def _saved(cases: Sequence[Nomination], left: Sequence[Nomination]) -> str:
    """What was submitted and what was not, with names."""
    names = ", ".join(case.nominee_name for case in left)
    rest = f" Chưa ghi thành tích nên còn ở bản soạn: {names}." if left else ""
    return f"Đã nộp {len(cases) - len(left)} hồ sơ.{rest}"
