"""Pages of the catalogue: all awards on a day, one award, two days side by side."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Page
from emulation.core.words import vn_date
from emulation.legal import catalogue, compare, on
from emulation.legal.day_forms import CompareForm, DayForm
from emulation.legal.display import describe
from emulation.legal.law import Law
from emulation.legal.loader import regime_on, shipped

HELP = "danh-muc-danh-hieu"


def day_facts(law: Law, day: date, award: str = "") -> dict[str, Any]:
    """What every page about a day shows of it: its regime, since when nothing (of the award) changed, the turns around it."""
    first, days = catalogue.first_day(law), catalogue.turns(law, award)
    facts = {
        "day": day,
        "first": first,
        "reached": day >= first,
        "unreached": f"Phần mềm giữ quy định từ ngày {vn_date(first)}. Hãy chọn một ngày từ đó trở đi.",
        "regime": regime_on(day),
        "days": days[::-1],
        "other": _day_before(day),
    }
    if day < first:
        return facts
    since, until = catalogue.span(days, day)
    before = max((one for one in days if one < since), default=None)
    return {**facts, "since": since, "until": until, "before": before, "after": until and until + timedelta(days=1)}


class CataloguePage(Page):
    """All awards on a chosen day: what the commune decides, proposes, and what is no longer given."""

    who = who.signed_in
    template_name = "legal/catalogue.html"
    help = HELP

    def content(self) -> dict[str, Any]:
        law, form = on.law(self.standing.commune_id), DayForm(self.request.GET, timezone.localdate())
        facts = day_facts(law, form.day)
        reached = facts["reached"]
        rounding = law.find("award.rounding", form.day)
        return {
            **facts,
            "title": "Danh mục danh hiệu, hình thức khen thưởng",
            "lead": "Danh hiệu, hình thức nào áp dụng vào một ngày: ai quyết định, tặng cho ai, tiền thưởng bao nhiêu.",
            "form": form,
            "sections": catalogue.listing(law, form.day) if reached else (),
            "salary": law.value_on("base_salary", form.day) if reached else None,
            "rounding": rounding,
            "rounding_says": describe(rounding, law, form.day)[0] if rounding else "",
        }


class AwardPage(Page):
    """One award on a chosen day, with every change since the first day kept."""

    who = who.signed_in
    template_name = "legal/award.html"
    help = HELP

    def content(self) -> dict[str, Any]:
        law, form = on.law(self.standing.commune_id), DayForm(self.request.GET, timezone.localdate())
        code = self.kwargs["award"]
        if code not in law.awards:
            raise Http404
        facts = day_facts(law, form.day, code)
        said = facts["regime"].note if facts["regime"] else ""
        return {
            **facts,
            "title": law.award_name(code, form.day),
            "crumbs": [
                ("Danh mục danh hiệu, hình thức", f"{reverse('legal:catalogue')}?ngay={vn_date(form.day)}"),
                (code, ""),
            ],
            "form": form,
            "code": code,
            "entry": catalogue.entry(law, code, form.day) if facts["reached"] else None,
            "parts": catalogue.parts(law, code, form.day, said) if facts["reached"] else (),
            "turns": _turns(law, code),
        }


class ComparePage(Page):
    """Two days side by side: only what differs, unless the rest is asked for."""

    who = who.signed_in
    template_name = "legal/compare.html"
    help = HELP

    def content(self) -> dict[str, Any]:
        law, today = on.law(self.standing.commune_id), timezone.localdate()
        names = {code: law.award_name(code, today) for code in law.awards}
        form = CompareForm(self.request.GET, names, catalogue.first_day(law), (_day_before(today), today))
        page = {
            "title": "So sánh hai ngày",
            "lead": "Quy định nào khác nhau giữa hai ngày, khác ở đâu, theo điều nào.",
            "crumbs": [("Danh mục danh hiệu, hình thức", reverse("legal:catalogue")), ("So sánh hai ngày", "")],
            "form": form,
        }
        if not form.is_valid():
            return page
        a, b, award = (form.cleaned_data[name] for name in ("a", "b", "danh_hieu"))
        chapters = compare.compare(law, a, b, award)
        return {
            **page,
            "a": a,
            "b": b,
            "award": award,
            "sides": [(day, regime_on(day), law.find("basis", day, kind="quyet_dinh")) for day in (a, b)],
            "chapters": chapters,
            "counts": [(*compare.MARKS[mark], count) for mark, count in compare.counted(chapters).items() if count],
            "whole": form.cleaned_data["het"],
            "differs": any(row.mark != "same" for chapter in chapters for row in chapter.rows),
        }


def _turns(law: Law, code: str) -> list[tuple[date, date, Any, tuple[compare.Difference, ...]]]:
    """The changes of the award, newest first: the day, its eve, the regime that began on it, what changed."""
    began = {regime.start: regime for regime in shipped().regimes if regime.start > catalogue.first_day(law)}
    changed = {turn.day: turn.changes for turn in compare.turns(law, code)}
    days = sorted(began.keys() | changed.keys(), reverse=True)
    return [(day, day - timedelta(days=1), began.get(day), changed.get(day, ())) for day in days]


def _day_before(day: date) -> date:
    """The last day of the regime before that day's; in the first regime its first day."""
    earlier = [regime for regime in shipped().regimes if regime.end and regime.end < day]
    return earlier[-1].end or day if earlier else shipped().regimes[0].start
