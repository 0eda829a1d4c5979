"""Pages of the catalogue: all awards on a day, one award, two days side by side."""

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
    """What every page about a day shows of it: its regime, since when nothing (of the award) changed, the turns around it."""
    first, days = listing.first_catalogue_day(law), listing.change_days(law, award)
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

    def get_context_data(self) -> dict[str, Any]:
        law, form = current.law_for(self.capacity.commune_id), LawDayForm(self.request.GET, timezone.localdate())
        facts = day_context(law, form.day)
        reached = facts["reached"]
        rounding = law.find("award.rounding", form.day)
        return {
            **facts,
            "title": "Danh mục danh hiệu, hình thức khen thưởng",
            "lead": "Danh hiệu, hình thức nào áp dụng vào một ngày: ai quyết định, tặng cho ai, tiền thưởng bao nhiêu.",
            "form": form,
            "sections": listing.catalogue_sections(law, form.day) if reached else (),
            "salary": law.value_on("base_salary", form.day) if reached else None,
            "rounding": rounding,
            "rounding_says": describe_value(rounding, law, form.day)[0] if rounding else "",
        }


class CatalogueAwardPage(PageView):
    """One award on a chosen day, with every change since the first day kept."""

    permission = permissions.signed_in
    template_name = "legal/award.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        law, form = current.law_for(self.capacity.commune_id), LawDayForm(self.request.GET, timezone.localdate())
        code = self.kwargs["award"]
        if code not in law.awards:
            raise Http404
        facts = day_context(law, form.day, code)
        said = facts["regime"].note if facts["regime"] else ""
        return {
            **facts,
            "title": law.award_name(code, form.day),
            "crumbs": [
                ("Danh mục danh hiệu, hình thức", f"{reverse('legal:catalogue')}?ngay={format_date(form.day)}"),
                (code, ""),
            ],
            "form": form,
            "code": code,
            "entry": listing.catalogue_entry(law, code, form.day) if facts["reached"] else None,
            "parts": listing.award_parts(law, code, form.day, said) if facts["reached"] else (),
            "turns": _changes(law, code),
        }


class CompareDaysPage(PageView):
    """Two days side by side: only what differs, unless the rest is asked for."""

    permission = permissions.signed_in
    template_name = "legal/compare.html"
    help = HELP

    def get_context_data(self) -> dict[str, Any]:
        law, today = current.law_for(self.capacity.commune_id), timezone.localdate()
        names = {code: law.award_name(code, today) for code in law.awards}
        form = CompareDaysForm(self.request.GET, names, listing.first_catalogue_day(law), (_day_before(today), today))
        page = {
            "title": "So sánh hai ngày",
            "lead": "Quy định nào khác nhau giữa hai ngày, khác ở đâu, theo điều nào.",
            "crumbs": [("Danh mục danh hiệu, hình thức", reverse("legal:catalogue")), ("So sánh hai ngày", "")],
            "form": form,
        }
        if not form.is_valid():
            return page
        a, b, award = (form.cleaned_data[name] for name in ("a", "b", "danh_hieu"))
        chapters = comparison.compare_days(law, a, b, award)
        return {
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
            "differs": any(row.mark != "same" for chapter in chapters for row in chapter.rows),
        }


def _changes(law: Law, code: str) -> list[tuple[date, date, Any, tuple[comparison.ComparisonRow, ...]]]:
    """The changes of the award, newest first: the day, its eve, the regime that began on it, what changed."""
    began = {
        regime.start: regime for regime in shipped_statutes().regimes if regime.start > listing.first_catalogue_day(law)
    }
    changed = {turn.day: turn.changes for turn in comparison.award_changes(law, code)}
    days = sorted(began.keys() | changed.keys(), reverse=True)
    return [(day, day - timedelta(days=1), began.get(day), changed.get(day, ())) for day in days]


def _day_before(day: date) -> date:
    """The last day of the regime before that day's; in the first regime its first day."""
    earlier = [regime for regime in shipped_statutes().regimes if regime.end and regime.end < day]
    return earlier[-1].end or day if earlier else shipped_statutes().regimes[0].start
