"""Pages for many cases of a unit for one title: their deeds in one form, and the office's check of all."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html

from commendations.actions.group_request import CaseLeft, SomeCasesBroken, save_meeting, submit_nominations
from commendations.actions.many_nominations import complete_nominations, save_deeds
from commendations.flow.kin import cases_not_for_office
from commendations.forms.many_nominations import CheckManyForm, DeedsForm
from commendations.models import GroupRequest, Nomination, Posting
from commendations.queries.group_request import meeting_to_start_from, requests_of_cases, requests_of_title
from commendations.queries.posting import has_cases_to_post, is_posted_title, posting_address, postings_of_title
from commendations.queries.qualifying import JudgedCase, judged_cases, open_cases_of, submitted_cases_of, titles_of_many
from commendations.views.nomination import NOMINEE_RELATIONS
from commendations.views.qualifying import TitleOfUnitView
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions

CASES_PER_PAGE = 50


class ManyCasesView(TitleOfUnitView):
    """Base: the words that both pages show."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if self.unit is None:
            return super().get_context_data(**context)
        offers = chain.from_iterable(titles_of_many(self.unit, self.today).values())
        award = next(offer.award for offer in offers if offer.award.code == self.asked["award"])
        return {
            **super().get_context_data(**context),
            "unit": self.unit,
            "award": award.in_full(self.asked["year"]),
            "question_address": f"{reverse('commendations:qualifying')}?{self.address_words}",
        }

    def postings(self) -> dict[str, Any]:
        """Context of commendations/_postings.html: the posted lists, and where to post one: none is posted now, and not all cases were."""
        if self.unit is None or not is_posted_title(self.asked["award"]):
            return {}
        found = postings_of_title(self.request.user, self.unit, self.asked["award"], self.asked["year"])
        running = any(one.state == Posting.POSTED for one in found)
        wanted = not running and has_cases_to_post(self.unit, self.asked["award"], self.asked["year"])
        address = posting_address(self.unit, self.asked["award"], self.asked["year"]) if wanted else ""
        return {"postings": found, "posting_address": address}


class WriteManyNominations(ManyCasesView):
    """The deeds of all drafts and returned cases of a unit for a title in one form; `do=submit` submits the complete ones.

    All complete cases are submitted, those on the other pages of the form too, with one request and one list.
    """

    template_name = "commendations/write_many.html"
    title = "Ghi thành tích cả nhóm"

    @cached_property
    def open_cases(self) -> list[Nomination]:
        asked = self.asked
        return list(open_cases_of(self.unit, asked["award"], asked["year"], self.request.user)) if self.unit else []

    @cached_property
    def page(self) -> Any:
        """The cases on this page."""
        return Paginator(self.open_cases, CASES_PER_PAGE).get_page(self.request.GET.get("trang"))

    def get_form(self, *data: Any) -> DeedsForm:
        cases = self.posted_cases() if data else list(self.page.object_list)
        shown = {case.pk for case in cases}
        others = [case for case in self.open_cases if case.pk not in shown]
        return DeedsForm(*data, cases=cases, others=others, meeting=self.meeting(cases))

    def meeting(self, cases: Sequence[Nomination]) -> dict[str, Any]:
        """What the fields of the meeting begin with; its day may be in the cases only."""
        found = meeting_to_start_from(self.unit, self.asked["award"], self.asked["year"]) if self.unit else {}
        return {**found, "met_on": found.get("met_on") or next((case.met_on for case in cases if case.met_on), None)}

    def posted_cases(self) -> list[Nomination]:
        """The cases whose text was sent, also those that have left the drafts meanwhile: each gets its answer at its row."""
        ids = [name.removeprefix("deed_") for name in self.request.POST if name.startswith("deed_")]
        asked = self.asked
        rows = Nomination.objects.visible_to(self.request.user).filter(
            unit=self.unit, award_code=asked["award"], year=asked["year"], pk__in=filter(str.isdecimal, ids)
        )
        return list(rows.select_related(*NOMINEE_RELATIONS, "commune").order_by("nominee_key", "pk"))

    def form_valid(self, form: DeedsForm) -> Any:
        if not form.cases:
            raise RuleBroken("Không có hồ sơ nào để lưu. Mở lại trang này từ “Ai đủ điều kiện”.")
        try:
            with transaction.atomic():
                self.success_message = self.save(form)
        except SomeCasesBroken as broken:
            form.mark(broken.faults)
            raise
        return f"{self.request.path}?{self.address_words}"

    def save(self, form: DeedsForm) -> str:
        """Saves what was typed and, if asked, submits; returns what was done, in words."""
        user = self.request.user
        asked = self.asked
        request = save_meeting(by=user, unit=self.unit, code=asked["award"], year=asked["year"], meeting=form.meeting())
        save_deeds(by=user, typed=form.typed(), met_on=request.met_on)
        cases = [*form.cases, *form.others]
        if self.request.POST.get("do") != "submit":
            return f"Đã lưu {len(form.cases)} hồ sơ, chưa nộp."
        left = submit_nominations(by=user, nominations=cases, request=request)
        return _saved(cases, left, request)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        asked = self.asked
        user = self.request.user
        return {
            **super().get_context_data(**context),
            "page": self.page,
            **self.postings(),
            "others": len(self.open_cases) - len(self.page.object_list),
            "requests": requests_of_title(user, self.unit, asked["award"], asked["year"]) if self.unit else [],
        }


NAMES_IN_MESSAGE = 10


def _saved(cases: Sequence[Nomination], left: Sequence[CaseLeft], request: GroupRequest) -> str:
    """What was submitted and what was not, with the first names and a link to the papers, as safe HTML."""
    without = [one.nomination.nominee_name for one in left if not one.nomination.deed]
    refused = [f"{one.nomination.nominee_name} ({one.reason.rstrip('.')})" for one in left if one.nomination.deed]
    rest = f" Chưa ghi thành tích nên còn ở bản soạn: {_first(without)}." if without else ""
    rest += f" Chưa nộp: {_first(refused)}." if refused else ""
    submitted = len(cases) - len(left)
    link = '<a href="{}">Giấy đề nghị chung kèm danh sách</a> đã chốt, có thể in để ký.'
    papers = format_html(link, request.get_absolute_url()) if submitted > 1 else ""
    return format_html("Đã nộp {} hồ sơ. {}{}", submitted, papers, rest)


def _first(names: Sequence[str]) -> str:
    more = f" và {len(names) - NAMES_IN_MESSAGE} hồ sơ nữa" if len(names) > NAMES_IN_MESSAGE else ""
    return ", ".join(names[:NAMES_IN_MESSAGE]) + more


class CheckManyNominations(ManyCasesView):
    """The office confirms the submitted cases of a unit for a title, whose files have every part, as complete."""

    permission = permissions.office
    template_name = "commendations/check_many.html"
    help = "tham-dinh-ho-so"
    title = "Thẩm định cả nhóm"

    @cached_property
    def page(self) -> Any:
        asked = self.asked
        rows = submitted_cases_of(self.unit, asked["award"], asked["year"], self.request.user) if self.unit else []
        return Paginator(rows, CASES_PER_PAGE).get_page(self.request.GET.get("trang"))

    @cached_property
    def rows(self) -> list[JudgedCase]:
        return judged_cases(list(self.page.object_list), self.today)

    def get_form(self, *data: Any) -> CheckManyForm:
        refused = cases_not_for_office([row.nomination for row in self.rows], self.request.user)
        return CheckManyForm(*data, rows=self.rows, refused=refused)

    def form_valid(self, form: CheckManyForm) -> Any:
        chosen = form.chosen()
        try:
            left = complete_nominations(by=self.request.user, chosen=chosen)
        except SomeCasesBroken as broken:
            form.faults = broken.faults
            del self.page, self.rows  # nothing was saved: the rows are read again, with their versions
            raise
        for one in left:
            messages.warning(self.request, f"Chưa xác nhận. {one.reason}")
        self.success_message = format_html(
            'Đã xác nhận hợp lệ {} hồ sơ, chờ <a href="{}">đưa vào phiên họp</a>.',
            len(chosen) - len(left),
            reverse("commendations:sessions"),
        )
        return f"{self.request.path}?{self.address_words}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        parts = list(self.rows[0].nomination.checklist.all()) if self.rows else []
        cases = [row.nomination for row in self.rows]
        return {
            **super().get_context_data(**context),
            "page": self.page,
            "rows": self.rows,
            "parts": parts,
            "requests": requests_of_cases(self.request.user, cases),
            **self.postings(),
        }
