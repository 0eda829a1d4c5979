"""Pages of the catalogue: all awards on a day, one award, the comparison of two days."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.legal.catalogue import comparison, listing
from emulation.legal.catalogue.forms import CompareDaysForm, LawDayForm
from emulation.legal.engine.law import Law
from emulation.legal.engine.loader import regime_on, shipped_statutes
from emulation.legal.engine.value_text import describe_value
from emulation.workflow import permissions
from emulation.workflow.views import PageView

HELP = "danh-muc-danh-hieu"


def day_context(law: Law, day: date, award: str = "") -> dict[str, Any]:
    """The context of every page about a day: its regime, and the changes (of the award) before and after it."""
    first = listing.first_catalogue_day(law)
    days = listing.change_days(law, award)
    facts = {
        "day": day,
        "first": first,
        "reached": day >= first,
        "unreached": f"Phần mềm giữ quy định từ ngày {format_date(first)}. Hãy chọn một ngày từ đó trở đi.",
        "regime": regime_on(day),
        "days": days[::-1],
        "other": _day_before(day),
    }
    if day < first:
        return facts
    since, until = listing.unchanged_period(days, day)
    before = max((one for one in days if one < since), default=None)
    return {**facts, "since": since, "until": until, "before": before, "after": until and until + timedelta(days=1)}


class CataloguePage(PageView):
    """All awards on a chosen day: what the commune decides, proposes, and what is no longer given."""

    permission = permissions.signed_in
    template_name = "legal/catalogue.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        law = current.law_for(self.capacity.commune_id)
        form = LawDayForm(self.request.GET, timezone.localdate())
        facts = day_context(law, form.day)
        reached = facts["reached"]
        rounding = law.find("award.rounding", form.day)
        salary = law.value_on("base_salary", form.day) if reached else None
        return {
            **super().get_context_data(**context),
            **facts,
            "title": "Danh mục danh hiệu, hình thức khen thưởng",
            "lead": "Bấm vào một tên để xem: tặng cho ai, cần gì, ai quyết định, được bao nhiêu.",
            "form": form,
            "sections": listing.catalogue_sections(law, form.day) if reached else (),
            "salary": salary,
            "rounding": rounding,
            "bases": [law.legal_basis(value) for value in (salary, rounding) if value],
            "rounding_says": describe_value(rounding, law, form.day)[0] if rounding else "",
        }


class CatalogueAwardPage(PageView):
    """One award on a chosen day, with every change since the first day of the catalogue."""

    permission = permissions.signed_in
    template_name = "legal/award.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        law = current.law_for(self.capacity.commune_id)
        form = LawDayForm(self.request.GET, timezone.localdate())
        code = self.kwargs["award"]
        if code not in law.awards:
            raise Http404
        facts = day_context(law, form.day, code)
        shown_note = facts["regime"].note if facts["regime"] else ""
        entry = listing.catalogue_entry(law, code, form.day) if facts["reached"] else None
        return {
            **super().get_context_data(**context),
            **facts,
            "title": law.award_name(code, form.day),
            "crumbs": [
                ("Danh mục danh hiệu, hình thức", f"{reverse('legal:catalogue')}?ngay={format_date(form.day)}"),
                (law.award_name(code, form.day), ""),
            ],
            "form": form,
            "code": code,
            "entry": entry,
            "doubtful_sums": [one.price for one in entry.sums if not one.sure] if entry else [],
            "parts": listing.award_parts(law, code, form.day, shown_note) if facts["reached"] else (),
            "turns": _changes(law, code),
        }


class CompareDaysPage(PageView):
    """Comparison of two days: only the differences, unless the user asks for all rows."""

    permission = permissions.signed_in
    template_name = "legal/compare.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        law = current.law_for(self.capacity.commune_id)
        today = timezone.localdate()
        names = {code: law.award_name(code, today) for code in law.awards}
        form = CompareDaysForm(self.request.GET, names, listing.first_catalogue_day(law), (_day_before(today), today))
        page = {
            "title": "So sánh hai ngày",
            "lead": "Quy định nào khác nhau giữa hai ngày, khác ở đâu, theo điều nào.",
            "crumbs": [("Danh mục danh hiệu, hình thức", reverse("legal:catalogue")), ("So sánh hai ngày", "")],
            "form": form,
        }
        if not form.is_valid():
            return {**super().get_context_data(**context), **page}
        a = form.cleaned_data["a"]
        b = form.cleaned_data["b"]
        award = form.cleaned_data["danh_hieu"]
        chapters = comparison.compare_days(law, a, b, award)
        return {
            **super().get_context_data(**context),
            **page,
            "a": a,
            "b": b,
            "award": award,
            "sides": [(day, regime_on(day), law.find("basis", day, kind="quyet_dinh")) for day in (a, b)],
            "chapters": chapters,
            "counts": [
                (*comparison.COMPARISON_MARKS[mark], count)
                for mark, count in comparison.count_marks(chapters).items()
                if count
            ],
            "whole": form.cleaned_data["het"],
            "differs": any(row.mark != "same" for row in comparison.all_rows(chapters)),
        }


def _changes(law: Law, code: str) -> list[tuple[date, date, Any, tuple[comparison.ComparisonRow, ...]]]:
    """The changes of the award, newest first: the day, the day before, the regime that began on it, the changed rows."""
    first = listing.first_catalogue_day(law)
    regimes = {regime.start: regime for regime in shipped_statutes().regimes if regime.start > first}
    changes = {change.day: change.changes for change in comparison.award_changes(law, code)}
    days = sorted(regimes.keys() | changes.keys(), reverse=True)
    return [(day, day - timedelta(days=1), regimes.get(day), changes.get(day, ())) for day in days]


def _day_before(day: date) -> date:
    """The last day of the regime before the one of that day; the first day of the first regime when there is none."""
    earlier = [regime for regime in shipped_statutes().regimes if regime.end and regime.end < day]
    return earlier[-1].end or day if earlier else shipped_statutes().regimes[0].start
