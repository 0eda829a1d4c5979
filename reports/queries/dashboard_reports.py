"""Charts for the superior, from the quarterly reports as they were sent: when they came, what they report."""

from collections.abc import Callable
from datetime import date

from django.urls import reverse

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.core.charts.columns import Column, ColumnChart
from emulation.core.charts.matrix import TICK, MatrixChart, MatrixMark, MatrixRow
from emulation.core.charts.svg import BAD, EDGE, GOLD, GOOD, SHADE, SOFT, WHITE
from emulation.core.formatting import format_date, format_vnd
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from reports.models import PeriodReport
from reports.queries.dashboard_chart import DashboardChart, FigureCell, FigureRow, list_url
from reports.queries.dashboard_exemplars import BAD_WASH, GOLD_WASH
from reports.queries.report_figures import figure_by_key
from reports.rules.quarters import QUARTER_NUMERALS, quarter_range
from reports.rules.report_days import report_due

QUARTERS = (1, 2, 3, 4)
RECEIPT_MARKS = {
    "done": MatrixMark(TICK, "Nhận đúng hạn", WHITE, GOOD, GOOD),
    "late": MatrixMark("M", "Nhận muộn", GOLD, GOLD_WASH, GOLD),
    "cancelled": MatrixMark("H", "Đã hủy, chờ lập lại", BAD, BAD_WASH, BAD),
    "missing": MatrixMark("!", "Quá hạn, chưa nhận", BAD, BAD_WASH, BAD),
    "waiting": MatrixMark("·", "Chưa đến hạn", SOFT, WHITE, EDGE),
    "before": MatrixMark("", "Trước báo cáo đầu tiên", SOFT, WHITE, EDGE),
}
UNIT_MARKS = {
    "units_sent": MatrixMark(TICK, "Có điển hình", WHITE, GOOD, GOOD),
    "units_none": MatrixMark("–", "Báo không có", SOFT, SHADE, EDGE),
    "units_silent": MatrixMark("!", "Không gửi", BAD, BAD_WASH, BAD),
    "": MatrixMark("·", "Chưa báo cáo", SOFT, WHITE, EDGE),
}


def sent_reports(user: User, year: int) -> dict[int, PeriodReport]:
    """The reports of the year that the user may see, by quarter, as the superior has them; one query."""
    rows = PeriodReport.objects.visible_to(user).filter(year=year)
    return {report.quarter: report.as_sent for report in rows}


def receipts_chart(user: User, reports: dict[int, PeriodReport], year: int, on: date) -> DashboardChart | None:
    """Which reports of the year came in time; None when no report came."""
    if not reports:
        return None
    commune_id = capacity_of(user).commune_id or 0
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    due_days = {number: report_due(law, calendar, quarter_range(year, number)) for number in QUARTERS}
    days = {number: due.day for number, due in due_days.items() if due}
    begun = PeriodReport.objects.visible_to(user).order_by("year", "quarter").values_list("year", "quarter").first() or (year, 1)
    codes = tuple(
        "before" if (year, number) < begun else _receipt_code(reports.get(number), days.get(number), on)
        for number in QUARTERS
    )
    rows = tuple(
        FigureRow(
            f"Quý {QUARTER_NUMERALS[number - 1]}",
            (
                FigureCell(RECEIPT_MARKS[code].meaning, reports[number].get_absolute_url() if number in reports else ""),
                FigureCell(format_date(days[number]) if number in days else "không có hạn"),
                FigureCell(_sent_day(reports.get(number))),
            ),
        )
        for number, code in zip(QUARTERS, codes, strict=True)
    )
    missing = codes.count("missing") + codes.count("cancelled")
    late = codes.count("late")
    title = f"Đã nhận {codes.count('done') + late} báo cáo quý: {late} muộn, {missing} còn thiếu"
    return DashboardChart(
        MatrixChart("bao-cao", title, _quarter_columns(year), (MatrixRow("Báo cáo quý", codes),), RECEIPT_MARKS),
        f"Báo cáo công tác thi đua, khen thưởng năm {year}, theo ngày gửi lần đầu; ô trắng là quý trước báo cáo đầu tiên.",
        list_url("reports:reports", nam=year),
        "Mở danh sách báo cáo",
        ("Quý", "Tình hình", "Hạn", "Ngày gửi"),
        rows,
    )


def _receipt_code(report: PeriodReport | None, due: date | None, on: date) -> str:
    if report and report.state == PeriodReport.CANCELLED:
        return "cancelled"
    sent = report and (report.first_sent_on or report.issued_on)
    if sent:
        return "late" if due and sent > due else "done"
    return "missing" if due and on > due else "waiting"


def _sent_day(report: PeriodReport | None) -> str:
    day = report and (report.first_sent_on or report.issued_on)
    return format_date(day) if day else "chưa gửi"


def _quarter_columns(year: int) -> tuple[tuple[str, str], ...]:
    return tuple((f"Q{numeral}", f"quý {numeral} năm {year}") for numeral in QUARTER_NUMERALS)


def reported_figure_chart(
    reports: dict[int, PeriodReport], year: int, key: str, title: Callable[[str], str], head: str
) -> DashboardChart | None:
    """A figure of the reports by quarter, with the names behind each; None when no report has it."""
    found = {
        number: figure
        for number, report in reports.items()
        if report.state != PeriodReport.CANCELLED and (figure := figure_by_key(report.figures or {"sections": []}, key))
    }
    if not found:
        return None
    columns = tuple(
        Column(f"Q{QUARTER_NUMERALS[number - 1]}", found[number]["value"] if number in found else None)
        for number in QUARTERS
    )
    rows = tuple(
        FigureRow(
            f"Quý {QUARTER_NUMERALS[number - 1]}",
            (FigureCell(format_vnd(figure["value"]), reverse("reports:names", args=[reports[number].pk, key])),),
        )
        for number, figure in sorted(found.items())
    )
    total = sum(figure["value"] for figure in found.values())
    return DashboardChart(
        ColumnChart(key, title(format_vnd(total)), columns, "chưa có báo cáo"),
        f"Theo quý của năm {year}, như xã đã báo cáo; “–” là quý chưa có báo cáo.",
        list_url("reports:reports", nam=year),
        "Mở danh sách báo cáo",
        ("Quý", head),
        rows,
    )


def reported_units_chart(reports: dict[int, PeriodReport], year: int) -> DashboardChart | None:
    """How each unit of the commune answered in each quarter, as reported; None when no report says it."""
    codes: dict[str, dict[int, str]] = {}
    standing = {number: report for number, report in reports.items() if report.state != PeriodReport.CANCELLED}
    for number, report in sorted(standing.items()):
        for key in filter(None, UNIT_MARKS):
            figure = figure_by_key(report.figures or {"sections": []}, key)
            for name, *_ in figure["names"] if figure else ():
                codes.setdefault(name, {})[number] = key
    if not codes:
        return None
    rows = tuple(MatrixRow(name, tuple(of.get(number, "") for number in QUARTERS)) for name, of in codes.items())
    chart = MatrixChart("cac-don-vi", _units_title(rows), _quarter_columns(year), rows, UNIT_MARKS)
    counts = {number: [of.get(number, "") for of in codes.values()] for number in standing}
    return DashboardChart(
        chart,
        f"{len(rows)} đơn vị của xã, theo quý của năm {year}, như xã đã báo cáo.",
        list_url("reports:reports", nam=year),
        "Mở danh sách báo cáo",
        ("Quý", *(mark.meaning for code, mark in UNIT_MARKS.items() if code)),
        tuple(
            FigureRow(
                f"Quý {QUARTER_NUMERALS[number - 1]}",
                tuple(
                    FigureCell(str(found.count(key)), reverse("reports:names", args=[standing[number].pk, key]))
                    for key in UNIT_MARKS
                    if key
                ),
            )
            for number, found in sorted(counts.items())
        ),
    )


def _units_title(rows: tuple[MatrixRow, ...]) -> str:
    silent = [row.label for row in rows if "units_silent" in row.codes]
    if not silent:
        return "Đơn vị nào cũng trả lời đủ các quý đã báo cáo"
    return f"{len(silent)} đơn vị có quý không gửi"
