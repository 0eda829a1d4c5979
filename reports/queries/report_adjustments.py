"""What changed in periods that were already reported: the figures of issued reports against a count of today.

An award that was cancelled or replaced after its report was issued is a minus in the next report, one that was
counted late as a plus. What a later report has already adjusted is not adjusted again.
"""

from collections.abc import Callable
from itertools import chain
from typing import Any

from commendations.models import Award
from emulation.core.formatting import date_in_words
from reports.models import PeriodReport
from reports.queries.granted_awards import AWARD_IDENT
from reports.rules.adjustments import ReportedFigure, adjustment_lines
from reports.rules.quarters import DateRange

MAX_REPORTS_COMPARED = 12
"""Reports of three years; what is older is not recounted."""


def reports_compared(commune_id: int, year: int, quarter: int) -> list[PeriodReport]:
    """The latest issued reports of earlier quarters, oldest first; one query. A report that is being redone is not one."""
    rows = PeriodReport.objects.filter(commune_id=commune_id).standing().before(year, quarter)
    latest = rows.only("commune_id", "year", "quarter", "figures").order_by("-year", "-quarter")
    return list(latest[:MAX_REPORTS_COMPARED])[::-1]


def report_adjustments(
    reports: list[PeriodReport], recount: Callable[[DateRange], dict[str, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """The differences between what these reports reported last and `recount` of their whole periods.

    The lines are those of `adjustment_lines`, with the "period" in words, its "year" and "quarter", and the "reasons" why awards
    no longer count, by id.
    """
    found: list[dict[str, Any]] = []
    for report in reports:
        period = {"period": report.title, "year": report.year, "quarter": report.quarter}
        lines = adjustment_lines(_reported(report, reports), recount(report.span))
        found.extend({**period, **line} for line in lines)
    reasons = _reasons({ident for ident, *_ in chain.from_iterable(line["removed"] for line in found)})
    for line in found:
        line["reasons"] = {ident: reasons[ident] for ident, *_ in line["removed"] if ident in reasons}
    return found


def _reasons(idents: set[str]) -> dict[str, str]:
    """ "đã hủy bỏ theo Quyết định số 05/QĐ-UBND ngày …" of the awards among these rows that a paper ended; one query at most."""
    keys = [ident.removeprefix(AWARD_IDENT) for ident in idents if ident.startswith(AWARD_IDENT)]
    if not keys:
        return {}
    awards = Award.objects.filter(pk__in=keys).select_related(
        "cancellation__amendment__document", "replaced_by__decision__document"
    )
    reasons = {}
    for award in awards:
        if paper := award.ended_by:
            word = "đã hủy bỏ theo" if award.is_cancelled else "đã thay thế bằng"
            decision = f"Quyết định số {paper.reference} {date_in_words(paper.issued_on)}"
            reasons[f"{AWARD_IDENT}{award.pk}"] = f"{word} {decision}"
    return reasons


def mentions_any(line: dict[str, Any], idents: set[str]) -> bool:
    """Whether the change of a figure is about one of these rows."""
    return any(ident in idents for ident, *_ in (*line["added"], *line["removed"]))


def _reported(report: PeriodReport, reports: list[PeriodReport]) -> dict[str, ReportedFigure]:
    """What was reported last about the period of a report, by key: by the report, then by the adjustments of later ones."""
    reported = {}
    for section in (report.figures or {}).get("sections", ()):
        reported.update({figure["key"]: ReportedFigure.of(figure) for figure in section["figures"]})
    for later in reports:
        for line in (later.figures or {}).get("adjustments", ()):
            if (line["year"], line["quarter"]) == (report.year, report.quarter):
                none = ReportedFigure(line["label"], line["unit"], 0, {})
                reported[line["key"]] = reported.get(line["key"], none).after(line)
    return reported
