"""Charts for the superior, from the quarterly reports as they were sent: when they came, what they report."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.core.charts.columns import Column, ColumnChart
from emulation.core.charts.matrix import TICK, MatrixChart, MatrixMark, MatrixRow
from emulation.core.charts.svg import BAD, EDGE, GOLD, GOOD, NOT_YET, SHADE, SOFT, WHITE
from emulation.core.formatting import format_date, format_vnd
from emulation.core.text import alphabet_key
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.lateness import is_late
from reports.models import PeriodReport
from reports.queries.dashboard_chart import DashboardChart, FigureCell, FigureRow, list_url
from reports.queries.dashboard_exemplars import BAD_WASH, GOLD_WASH
from reports.queries.figure_sections import ReportFigure
from reports.queries.report_figures import figure_by_key
from reports.rules.quarters import QUARTER_NUMERALS, quarter_range
from reports.rules.report_days import report_due

QUARTERS = (1, 2, 3, 4)
LIST_LABEL = "Mở danh sách báo cáo"
NO_FIGURES: dict[str, Any] = {"sections": []}
RECEIPT_MARKS = {
    "done": MatrixMark(TICK, "Gửi đúng hạn", WHITE, GOOD, GOOD),
    "late": MatrixMark("M", "Gửi muộn", GOLD, GOLD_WASH, GOLD),
    "cancelled": MatrixMark("H", "Đã hủy, chờ lập lại", BAD, BAD_WASH, BAD),
    "missing": MatrixMark("!", "Quá hạn, chưa gửi", BAD, BAD_WASH, BAD),
    "waiting": MatrixMark(NOT_YET, "Chưa có, chưa đến hạn", SOFT, WHITE, EDGE),
    "before": MatrixMark("", "Trước báo cáo đầu tiên", SOFT, WHITE, EDGE),
}
UNIT_MARKS = {
    "units_sent": MatrixMark(TICK, "Có điển hình", WHITE, GOOD, GOOD),
    "units_none": MatrixMark("–", "Báo không có", SOFT, SHADE, EDGE),
    "units_silent": MatrixMark("!", "Không gửi", BAD, BAD_WASH, BAD),
    "": MatrixMark(NOT_YET, "Chưa có báo cáo", SOFT, WHITE, EDGE),
}
UNIT_FIGURES = ("units_sent", "units_none", "units_silent")


def sent_reports(user: User, year: int) -> dict[int, PeriodReport]:
    """The reports of the year that the user may see, by quarter, as the superior has them; one query."""
    rows = PeriodReport.objects.visible_to(user).filter(year=year)
    return {report.quarter: report.as_sent for report in rows}


@dataclass(frozen=True)
class ReportReceipt:
    """The report of a quarter, if it came, with its due day and the code of its mark."""

    quarter: int
    report: PeriodReport | None
    due: date | None
    code: str

    @property
    def row(self) -> FigureRow:
        url = self.report.get_absolute_url() if self.report else ""
        due = format_date(self.due) if self.due else "không có hạn"
        sent = _sent_on(self.report)
        cells = (
            FigureCell(RECEIPT_MARKS[self.code].meaning, url),
            FigureCell(due),
            FigureCell(format_date(sent) if sent else "chưa gửi"),
        )
        return FigureRow(_quarter_name(self.quarter), cells)


def receipts_chart(user: User, reports: dict[int, PeriodReport], year: int, on: date) -> DashboardChart | None:
    """Which reports of the year came in time; None when no report came."""
    if not reports:
        return None
    receipts = _receipts(user, reports, year, on)
    counts = Counter(receipt.code for receipt in receipts)
    title = _receipts_title(counts, sum(row.state == PeriodReport.SENT_UNCONFIRMED for row in reports.values()))
    row = MatrixRow("Báo cáo quý", tuple(receipt.code for receipt in receipts))
    return DashboardChart(
        MatrixChart("bao-cao", title, _quarter_columns(year), (row,), RECEIPT_MARKS),
        f"Báo cáo năm {year}, theo ngày gửi lần đầu{'; ô trống là quý trước báo cáo đầu tiên' if counts['before'] else ''}.",
        list_url("reports:reports", nam=year),
        LIST_LABEL,
        ("Quý", "Tình hình", "Hạn", "Ngày gửi"),
        tuple(receipt.row for receipt in receipts),
    )


def _receipts_title(counts: Counter[str], unconfirmed: int) -> str:
    """How many reports were sent, and how many of them late, missing, not confirmed; without what is 0."""
    missing = counts["missing"] + counts["cancelled"]
    found = ((counts["late"], "muộn"), (missing, "còn thiếu"), (unconfirmed, "chờ xác nhận đã nhận"))
    parts = [f"{count} {words}" for count, words in found if count]
    return f"Xã đã gửi {counts['done'] + counts['late']} báo cáo quý{': ' if parts else ''}{', '.join(parts)}"


def _receipts(user: User, reports: dict[int, PeriodReport], year: int, on: date) -> list[ReportReceipt]:
    commune_id = capacity_of(user).commune_id or 0
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    ordered = PeriodReport.objects.visible_to(user).order_by("year", "quarter")
    begun = ordered.values_list("year", "quarter").first() or (year, 1)
    found = []
    for number in QUARTERS:
        limit = report_due(law, calendar, quarter_range(year, number))
        due = limit.day if limit else None
        report = reports.get(number)
        code = "before" if (year, number) < begun else _receipt_code(report, due, on)
        found.append(ReportReceipt(number, report, due, code))
    return found


def _receipt_code(report: PeriodReport | None, due: date | None, on: date) -> str:
    if report and report.state == PeriodReport.CANCELLED:
        return "cancelled"
    sent = _sent_on(report)
    if sent:
        return "late" if is_late(sent, due) else "done"
    return "missing" if is_late(on, due) else "waiting"


def _sent_on(report: PeriodReport | None) -> date | None:
    return (report.first_sent_on or report.issued_on) if report else None


def _quarter_name(number: int) -> str:
    return f"Quý {QUARTER_NUMERALS[number - 1]}"


def _quarter_columns(year: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"Q{numeral}", f"quý {numeral} năm {year}") for numeral in QUARTER_NUMERALS)


def _reported_figures(reports: dict[int, PeriodReport], key: str) -> dict[int, ReportFigure]:
    """The figure in each report that was not cancelled, by quarter; reports of an older form may not have it."""
    standing = {number: report for number, report in reports.items() if report.state != PeriodReport.CANCELLED}
    figures = {number: figure_by_key(report.figures or NO_FIGURES, key) for number, report in sorted(standing.items())}
    return {number: figure for number, figure in figures.items() if figure}


def _names_cell(report: PeriodReport, figure: ReportFigure) -> FigureCell:
    return FigureCell(format_vnd(figure["value"]), reverse("reports:names", args=[report.pk, figure["key"]]))


def reported_figure_chart(
    reports: dict[int, PeriodReport], year: int, key: str, title: str, head: str
) -> DashboardChart | None:
    """A figure of the reports by quarter, with the names behind each; None when no report has it.

    `title` has a place for the sum: "{} điển hình".
    """
    found = _reported_figures(reports, key)
    if not found:
        return None
    values = {number: figure["value"] for number, figure in found.items()}
    total = sum(values.values())
    columns = tuple(
        Column(f"Q{QUARTER_NUMERALS[number - 1]}", values.get(number), _quarter_name(number)) for number in QUARTERS
    )
    rows = tuple(
        FigureRow(_quarter_name(number), (_names_cell(reports[number], figure),)) for number, figure in found.items()
    )
    return DashboardChart(
        ColumnChart(key, title.format(format_vnd(total) if total else "Không có"), columns, "chưa có báo cáo"),
        f"Theo quý của năm {year}, như xã đã báo cáo.",
        list_url("reports:reports", nam=year),
        LIST_LABEL,
        ("Quý", head),
        rows,
    )


def reported_units_chart(reports: dict[int, PeriodReport], year: int) -> DashboardChart | None:
    """How each unit of the commune answered in each quarter, by the reports; None when no report has that."""
    by_key = {key: _reported_figures(reports, key) for key in UNIT_FIGURES}
    rows = _unit_rows(by_key)
    if not rows:
        return None
    chart = MatrixChart("cac-don-vi", _units_title(rows), _quarter_columns(year), rows, UNIT_MARKS)
    quarters = sorted(set.intersection(*(set(figures) for figures in by_key.values())))
    return DashboardChart(
        chart,
        f"{len(rows)} đơn vị của xã, theo quý của năm {year}, như xã đã báo cáo.",
        list_url("reports:reports", nam=year),
        LIST_LABEL,
        ("Quý", *(UNIT_MARKS[key].meaning for key in UNIT_FIGURES)),
        tuple(_units_row(reports[number], [by_key[key][number] for key in UNIT_FIGURES]) for number in quarters),
    )


def _units_row(report: PeriodReport, figures: list[ReportFigure]) -> FigureRow:
    return FigureRow(_quarter_name(report.quarter), tuple(_names_cell(report, figure) for figure in figures))


def _unit_rows(by_key: dict[str, dict[int, ReportFigure]]) -> tuple[MatrixRow, ...]:
    """A row for each unit that a report names."""
    codes: dict[str, dict[int, str]] = {}
    for key, figures in by_key.items():
        for number, figure in figures.items():
            for name, *_ in figure["names"]:
                codes.setdefault(name, {})[number] = key
    return tuple(
        MatrixRow(name, tuple(of.get(number, "") for number in QUARTERS))
        for name, of in sorted(codes.items(), key=lambda unit: alphabet_key(unit[0]))
    )


def _units_title(rows: tuple[MatrixRow, ...]) -> str:
    silent = [row.label for row in rows if "units_silent" in row.codes]
    if not silent:
        return "Đơn vị nào cũng trả lời đủ các quý đã báo cáo"
    return f"{len(silent)} đơn vị có quý không gửi"
