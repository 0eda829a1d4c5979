"""Charts of the exemplars of a year: how units answered each month, how many were accepted."""

from collections import Counter
from datetime import date

from django.db.models import Count

from campaigns.exemplars.queries.exemplar import ALL_ACCEPTED
from campaigns.models import Exemplar, Period
from campaigns.reminders.queries.annual_board import PERIOD_MARKS, YearRow, asked_units, periods_of, year_rows
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.core.charts.columns import Column, ColumnChart
from emulation.core.charts.matrix import TICK, MatrixChart, MatrixMark, MatrixRow
from emulation.core.charts.svg import BAD, EDGE, GOLD, GOOD, NOT_YET, SHADE, SOFT, WHITE
from emulation.core.formatting import format_names, format_vnd
from reports.queries.dashboard_chart import DashboardChart, FigureCell, FigureRow, list_url

MOST_ROWS_DRAWN = 40
GOLD_WASH = "#f8edcf"
BAD_WASH = "#fbe7e1"
_SIGNS = {
    "done": (TICK, WHITE, GOOD, GOOD),
    "late": ("M", GOLD, GOLD_WASH, GOLD),
    "nothing": ("–", SOFT, SHADE, EDGE),
    "returned": ("S", GOLD, GOLD_WASH, GOLD),
    "waiting": (NOT_YET, GOLD, GOLD_WASH, GOLD),
    "silent": ("!", BAD, BAD_WASH, BAD),
    "closed": ("×", BAD, BAD_WASH, BAD),
    "unasked": ("", SOFT, WHITE, "none"),
}
ANSWER_MARKS = {
    code: MatrixMark(sign, PERIOD_MARKS[code].word, ink, fill, edge) for code, (sign, ink, fill, edge) in _SIGNS.items()
}
"""The marks of the annual board, as the chart draws them."""
MISSING = ("silent", "closed")


def answers_chart(user: User, year: int, on: date) -> DashboardChart | None:
    """How each unit answered each month of the year; None without months."""
    commune_id = capacity_of(user).commune_id or 0
    months = periods_of(commune_id, year, Period.MONTH)
    rows = year_rows(months, list(asked_units(commune_id, months)), on)
    if not rows:
        return None
    chart = MatrixChart(
        "thang",
        _answers_title(rows),
        tuple((str(month.number), str(month)) for month in months),
        tuple(MatrixRow(row.unit.name, tuple(cell.mark.code for cell in row.cells)) for row in rows[:MOST_ROWS_DRAWN]),
        ANSWER_MARKS,
    )
    note = f"Điển hình hằng tháng của {len(rows)} đơn vị năm {year}; mỗi cột một tháng."
    if len(rows) > MOST_ROWS_DRAWN:
        note += f" Hình vẽ {MOST_ROWS_DRAWN} đơn vị đầu, bảng số có đủ."
    return DashboardChart(
        chart,
        note,
        list_url("campaigns:year", nam=year, ky="thang"),
        "Mở bảng năm",
        ("Đơn vị", "Đúng hạn", "Muộn", "Báo không có", "Thiếu"),
        tuple(_answers_row(row) for row in rows),
    )


def _answers_title(rows: list[YearRow]) -> str:
    missing = {row.unit.name: row.bad for row in rows if row.bad}
    if not missing:
        return "Không đơn vị nào thiếu tháng nào"
    most = max(missing.values())
    names = format_names([name for name, count in missing.items() if count == most], "đơn vị", 3)
    return f"Thiếu {sum(missing.values())} lượt; nhiều nhất: {names} ({most})"


def _answers_row(row: YearRow) -> FigureRow:
    counts = Counter(cell.mark.code for cell in row.cells)
    months = ", ".join(f"T{cell.period.number}" for cell in row.cells if cell.mark.code in MISSING)
    missing = f"{row.bad} ({months})" if months else "0"
    texts = (str(counts["done"]), str(counts["late"]), str(counts["nothing"]), missing)
    return FigureRow(row.unit.name, tuple(FigureCell(text) for text in texts))


def accepted_chart(user: User, year: int) -> DashboardChart | None:
    """The accepted exemplars of each month of the year; None without months."""
    months = {month.number: month for month in periods_of(capacity_of(user).commune_id or 0, year, Period.MONTH)}
    if not months:
        return None
    accepted = Exemplar.objects.visible_to(user).accepted().filter(period__in=months.values())
    counts = dict(accepted.order_by().values_list("period__number").annotate(Count("pk")))
    columns = tuple(
        Column(str(number), counts.get(number, 0) if number in months else None, f"tháng {number}")
        for number in range(1, 13)
    )
    rows = tuple(
        FigureRow(
            str(month),
            (
                FigureCell(
                    format_vnd(counts.get(number, 0)),
                    list_url("campaigns:exemplars", ky=month.pk, trang_thai=ALL_ACCEPTED),
                ),
            ),
        )
        for number, month in sorted(months.items())
    )
    return DashboardChart(
        ColumnChart("dien-hinh", f"{format_vnd(sum(counts.values()))} điển hình được chấp nhận", columns, "chưa mở kỳ"),
        f"Theo tháng của năm {year}, tính cả điển hình đã đề nghị khen thưởng.",
        list_url("campaigns:exemplars", thang_nam=year, trang_thai=ALL_ACCEPTED),
        "Mở danh sách điển hình",
        ("Tháng", "Được chấp nhận"),
        rows,
    )
