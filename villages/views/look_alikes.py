"""Pages of records that may be one person: the list, merging two, keeping two apart, what was decided."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.core.lookups import has_words
from emulation.workflow import permissions
from emulation.workflow.lists import PART, ListColumn, ListFilter, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, PageView, ReasonFormMixin
from emulation.workflow.whole_lists import WholeListView
from emulation.workflow.workflow import state_of
from villages.actions.person_matches import end_match, keep_people_apart, merge_people
from villages.forms.look_alikes import MergeForm
from villages.models import Person, PersonMatch
from villages.queries.look_alikes import compare_pairs, compare_people, merge_candidates, open_look_alikes
from villages.rules.look_alikes import LookAlike

HELP = "ho-so-giong-nhau"
PAIRS_PER_PAGE = 20
COMPARED = "voi"
VERDICT = "ket-luan"


class LookAlikeList(WholeListView):
    """The pairs of records that may be one person, with what agrees and what differs, some pairs a page."""

    permission = permissions.office
    template_name = "villages/look_alikes.html"
    help = HELP
    title = "Hồ sơ giống nhau"
    columns = (
        ListColumn("Hồ sơ thứ nhất", lambda pair: pair.one.marked_name, width=32),
        ListColumn("Đơn vị", lambda pair: pair.one.unit.name, width=28),
        ListColumn("Hồ sơ kia", lambda pair: pair.other.marked_name, width=32),
        ListColumn("Đơn vị", lambda pair: pair.other.unit.name, width=28),
        ListColumn("Giống ở", lambda pair: pair.reason, width=40),
    )

    def get_rows(self) -> list[LookAlike]:
        return open_look_alikes(self.commune.pk)

    def lines(self) -> Iterator[list[Any]]:
        for start in range(0, len(self.whole_rows), PART):
            for pair in compare_pairs(self.whole_rows[start : start + PART]):
                yield [column.value(pair) for column in self.columns]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        pages = Paginator(self.whole_rows, PAIRS_PER_PAGE)
        page = pages.get_page(self.request.GET.get("trang"))
        return super().get_context_data(
            page=page, pairs=compare_pairs(page.object_list), count_in_words=str(pages.count), **context
        )


class PersonMatchList(PagedListView):
    """What was decided about pairs of records, the latest first."""

    permission = permissions.office
    template_name = "villages/person_matches.html"
    help = HELP
    title = "Hồ sơ giống nhau đã xem"
    columns = (
        ListColumn("Hai hồ sơ", lambda row: f"{row.kept.marked_name} – {row.other.marked_name}", width=50),
        ListColumn("Kết luận", lambda row: row.get_verdict_display(), width=24),
        ListColumn("Ngày", lambda row: format_date(timezone.localdate(row.created_at)), width=14),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=16),
    )

    def get_queryset(self) -> QuerySet[Any]:
        rows = PersonMatch.objects.visible_to(self.request.user).select_related("kept__unit", "other__unit")
        chosen = self.choice_of(VERDICT, dict(PersonMatch.VERDICTS))
        return rows.filter(verdict=chosen) if chosen else rows

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(has_words("kept__name_fold", words) | has_words("other__name_fold", words))

    def filters(self) -> list[ListFilter]:
        verdicts = dict(PersonMatch.VERDICTS)
        return [ListFilter(VERDICT, "Kết luận", verdicts, self.choice_of(VERDICT, verdicts))]


class PersonMatchPage(PageView):
    """One decision with what was compared, and the button that takes it back."""

    permission = permissions.office
    template_name = "villages/person_match.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        match = self.get_visible_or_404(PersonMatch, self.kwargs["pk"], "kept__unit", "other__unit", "decided_by")
        return {**super().get_context_data(**context), "object": match}


class MergePeople(ActFormView):
    """Records that two records are one person: both are shown next to each other before it is saved."""

    permission = permissions.office
    act = "villages.merge_people"
    model = Person
    form_class = MergeForm
    template_name = "villages/merge_people.html"
    help = HELP
    success_message = "Đã ghi là một người. Không văn bản nào thay đổi; rút lại lúc nào cũng được."

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = self.request.POST.get("other") or self.request.GET.get(COMPARED, "")
        chosen = int(asked) if asked.isdecimal() and len(asked) < 12 else None
        candidates = merge_candidates(self.request.user, self.object, chosen)
        shown = next((one for one in candidates if one.pk == chosen), None)
        return {"person": self.object, "candidates": candidates, "chosen": shown}

    def form_valid(self, form: MergeForm) -> Any:
        if not form.was_compared:
            form.add_error(None, "Hãy xem phần đối chiếu của hồ sơ vừa chọn rồi bấm lưu lần nữa.")
            form.data = {**form.data.dict(), "compared": form.cleaned_data["other"]}
            return self.render_form(form, status=422)
        kept, other = form.kept_and_other()
        match = merge_people(by=self.request.user, kept=kept, other=other, reason=form.cleaned_data["reason"])
        for remark in match.remarks:
            messages.warning(self.request, remark)
        return match.kept

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        form = context.get("form")
        pair = None
        if form is not None and (chosen := form.candidates.get(str(form["other"].value() or ""))):
            pair = compare_people(self.object, chosen)
        return super().get_context_data(**context, pair=pair)


class KeepPeopleApart(ActPostView):
    """Records that two records are two people, so that the pair is not suggested again."""

    permission = permissions.office
    act = "villages.keep_people_apart"
    model = Person
    success_message = "Đã ghi là hai người khác nhau."

    def perform(self) -> Any:
        pk = self.request.POST.get("other", "")
        other = self.get_visible_or_404(Person, int(pk) if pk.isdecimal() and len(pk) < 12 else 0)
        keep_people_apart(by=self.request.user, one=self.object, other=other)
        return self.get_failure_url()

    def get_failure_url(self) -> Any:
        """The list, which shows the next pair."""
        return reverse("villages:look_alikes")


class EndMatch(ReasonFormMixin, ActFormView):
    """Takes a decision back, with a reason."""

    permission = permissions.office
    act = "villages.end_match"
    model = PersonMatch
    help = HELP
    reason_label = "Vì sao rút?"
    success_message = "Đã rút kết luận."

    def form_valid(self, form: Any) -> Any:
        match = end_match(by=self.request.user, match=self.object, reason=form.cleaned_data["reason"], seen=self.seen)
        for remark in match.remarks:
            messages.warning(self.request, remark)
        return match
