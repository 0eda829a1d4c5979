"""The figures of a quarterly report, each with the names behind it.

A figure is plain data that can be stored as JSON: {"key", "label", "value", "year_value", "unit", "names", "ids"}. Names
are [name, unit or place, note] and contain nothing private; `ids` identify the rows behind them, in the same order, so
that a later report can say what was added or removed. `value` counts the quarter up to the count day, `year_value` the
statistical year up to the same day (None where that makes no sense).
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from emulation.core.text import alphabet_key
from emulation.legal import current
from reports.models import PeriodReport
from reports.queries.figure_sections import (
    STATUS_FIGURES,
    ReportFigure,
    ReportRanges,
    case_sections,
    exemplar_figures,
    exemplar_kind_figures,
    field_name,
    valid_exemplars,
)
from reports.queries.report_adjustments import report_adjustments, reports_compared
from reports.queries.report_rows import ReportRows, report_rows
from reports.queries.report_units import unit_rows
from reports.rules.quarters import DateRange, quarter_range
from reports.rules.report_days import count_day, statistical_year_to_date

UNIT_AWARDS_LABEL = "Khen thưởng"
OLD_UNIT_AWARDS_LABEL = "Giấy khen"
"""Of figures that were frozen while units had only their giấy khen counted."""


def quarter_figures(commune_id: int, year: int, number: int) -> dict[str, Any]:
    """All figures of the report: {"sections": [{"title", "figures"}], "by_unit", "by_field", "adjustments" …}."""
    law = current.law_for(commune_id)
    quarter = quarter_range(year, number)
    counted = DateRange(quarter.first, count_day(law, quarter))
    ranges = ReportRanges(counted, statistical_year_to_date(law, quarter, counted.last))
    compared = reports_compared(commune_id, year, number)
    first = min([counted.first, ranges.year_to_date.first, *(report.span.first for report in compared)])
    rows = report_rows(commune_id, first, quarter.last)
    valid = valid_exemplars(rows.exemplars, counted)
    sent = [row for row in rows.exemplars if counted.contains(row.period.opens_on)]
    by_field = Counter(field_name(row) for row in valid)
    return {
        "sections": [
            {"title": "Điển hình tiên tiến", "figures": exemplar_figures(commune_id, quarter, ranges, rows.exemplars)},
            *case_sections(ranges, rows),
        ],
        "by_unit": unit_rows(commune_id, counted, sent, valid, rows.awards),
        "unit_awards_label": UNIT_AWARDS_LABEL,
        "by_field": [
            [name, count] for name, count in sorted(by_field.items(), key=lambda field: alphabet_key(field[0]))
        ],
        "adjustments": report_adjustments(compared, lambda span: _recount(rows, span)),
        "compared": [report.title for report in compared],
        "counted": [day.isoformat() for day in (counted.first, counted.last)],
        "year_counted": [day.isoformat() for day in (ranges.year_to_date.first, ranges.year_to_date.last)],
    }


def changes_since(report: PeriodReport) -> list[dict[str, Any]]:
    """What a count of today finds different from this issued report: the lines of `report_adjustments`."""
    if not is_current_form(report.figures or {}):
        return []
    rows = report_rows(report.commune_id, report.span.first, report.span.last)
    return report_adjustments([report], lambda span: _recount(rows, span))


def _recount(rows: ReportRows, span: DateRange) -> dict[str, ReportFigure]:
    """The figures of an earlier period as they are counted now, by key; only those that a later change adjusts."""
    ranges = ReportRanges(span, span)
    found = exemplar_kind_figures(ranges, rows.exemplars)
    for section in case_sections(ranges, rows):
        found += section["figures"]
    return {figure["key"]: figure for figure in found if figure["key"] not in STATUS_FIGURES}


def is_current_form(counted: dict[str, Any]) -> bool:
    """Whether the figures say which days they count; those frozen before awards of all kinds were counted do not."""
    return "counted" in counted


def figures_by_section(counted: dict[str, Any]) -> Iterator[tuple[str, ReportFigure]]:
    """(title of the section, figure) for every figure of the report."""
    for section in counted["sections"]:
        for figure in section["figures"]:
            yield section["title"], figure


def figure_by_key(counted: dict[str, Any], key: str) -> ReportFigure | None:
    """The figure with this key, or None."""
    return next((figure for _, figure in figures_by_section(counted) if figure["key"] == key), None)
