"""Tables and lists of the quarterly report: figures, units, adjustments, the appendices of names."""

import re
from dataclasses import replace
from typing import Any

from commendations.rules.wording import achievement_sentence
from emulation.core.formatting import format_vnd, lower_first, upper_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    Heading,
    HeadingLevel,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.paper import Appendix
from emulation.documents.blocks.text import punctuated_items, roman_numeral
from reports.models import PeriodReport
from reports.queries.report_figures import UNIT_AWARDS_LABEL, figure_by_key
from reports.rules.adjustments import adjusted_names, format_change

FIGURE_COLUMNS = (
    TableColumn("Nội dung", 44),
    TableColumn("Đơn vị tính", 16, TextAlign.center),
    TableColumn("Trong quý", 18, TextAlign.right),
    TableColumn("Lũy kế năm thống kê", 20, TextAlign.right),
)
UNIT_COLUMNS = (
    TableColumn("Đơn vị", 40),
    TableColumn("Điển hình được lựa chọn", 20, TextAlign.center),
    TableColumn("Số kỳ không giới thiệu", 20, TextAlign.center),
    TableColumn(UNIT_AWARDS_LABEL, 20, TextAlign.center),
)
ADJUSTMENT_COLUMNS = (
    TableColumn("Kỳ đã báo cáo", 20),
    TableColumn("Nội dung", 38),
    TableColumn("Đã báo cáo", 14, TextAlign.right),
    TableColumn("Đếm lại", 14, TextAlign.right),
    TableColumn("Điều chỉnh", 14, TextAlign.right),
)
AWARD_COLUMNS = (
    TableColumn("Họ và tên, tên hộ, tập thể", 22),
    TableColumn("Đơn vị", 17),
    TableColumn("Thành tích", 30),
    TableColumn("Danh hiệu, hình thức; số, ngày quyết định", 24),
)
EXEMPLAR_COLUMNS = (
    TableColumn("Họ và tên, tên hộ, tập thể", 28),
    TableColumn("Đơn vị", 24),
    TableColumn("Kỳ", 20),
    TableColumn("Lĩnh vực", 28),
)
TITLE = re.compile(r"^[Dd]anh hiệu ([^“;]+?)(?= năm \d{4};|;)")
NUMBER_ALONE = re.compile(r"; (?=\d)")
LABELS = {"exemplars": "Điển hình được lựa chọn để nêu gương"}
"""Figures whose label on the paper is not that of the page, by key."""
PARTS = ("exemplars_", "nominations_", "granted_")
"""How the keys of figures begin that are parts of the figure before them."""
KIND_WORDS = {"collective": "tập thể", "household": "hộ gia đình", "person": "cá nhân"}
ADJUSTMENT_RULE = (
    "Thay đổi sau khi đã báo cáo (hủy, thay thế, ghi nhận sau ngày chốt số liệu); lũy kế ở trên đã tính cả điều chỉnh:"
)


def figure_value(data: dict[str, Any], key: str) -> int:
    """The value of a figure, 0 when there is none."""
    figure = figure_by_key(data, key)
    return figure["value"] if figure else 0


def numbers_table(data: dict[str, Any]) -> Table:
    """All figures, in their sections."""
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for part in data["sections"]:
        rows.append(TableRowGroup(part["title"]))
        rows += _figure_rows(part["figures"])
    return Table(FIGURE_COLUMNS, tuple(rows))


def _figure_rows(figures: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """A row for each figure; the first part of a figure that is split up begins with "Trong đó:"."""
    rows: list[tuple[str, ...]] = []
    first = "Trong đó: "
    for figure in figures:
        is_part = figure["key"].startswith(tuple(PARTS))
        label = LABELS.get(figure["key"], figure["label"])
        label = f"{first}{lower_first(label)}" if is_part else label
        first = "- " if is_part else "Trong đó: "
        so_far = "-" if figure["year_value"] is None else format_vnd(figure["year_value"])
        rows.append((label, figure["unit"], format_vnd(figure["value"]), so_far))
    return rows


def units_table(data: dict[str, Any]) -> Table:
    """The units with their figures, and the sums."""
    rows = tuple((name, *map(str, counts)) for name, *counts in data["by_unit"])
    sums = tuple(str(sum(counts)) for counts in zip(*(row[1:] for row in data["by_unit"]), strict=True))
    return Table(UNIT_COLUMNS, rows, total=("Cộng", *sums) if rows else ())


def adjustment_blocks(data: dict[str, Any], number: int) -> tuple[Block, ...]:
    """What changed in periods that were reported, with the names of those added and removed."""
    if not data["compared"]:
        return ()
    heading = Heading(HeadingLevel.number, number, "Điều chỉnh số liệu đã báo cáo")
    if not data["adjustments"]:
        return heading, Paragraph(f"Số liệu đã báo cáo của {', '.join(data['compared'])} không thay đổi.")
    rows = tuple(
        (
            upper_first(line["period"]),
            f"{LABELS.get(line['key'], line['label'])} ({line['unit']})",
            format_vnd(line["reported"]),
            format_vnd(line["now"]),
            format_change(line["now"] - line["reported"]),
        )
        for line in data["adjustments"]
    )
    names = [Bullet(text) for text in punctuated_items(tuple(adjusted_names(data["adjustments"])))]
    return heading, Paragraph(ADJUSTMENT_RULE), Table(ADJUSTMENT_COLUMNS, rows), *names


def name_lists(report: PeriodReport, data: dict[str, Any], of: str) -> tuple[Appendix, ...]:
    """The awards of the quarter, then its exemplars."""
    found = [one for one in (_award_list(report, data), _exemplar_list(report, data)) if one]
    return tuple(Appendix("DANH SÁCH", (table,), subtitle=title, of=of) for title, table in found)


def numbered_appendices(appendices: tuple[Appendix, ...]) -> tuple[Appendix, ...]:
    """The appendices with "Phụ lục I", "Phụ lục II" …; a single one has no number."""
    if len(appendices) < 2:
        return appendices
    return tuple(
        replace(appendix, label=f"Phụ lục {roman_numeral(place)}") for place, appendix in enumerate(appendices, 1)
    )


def _award_list(report: PeriodReport, data: dict[str, Any]) -> tuple[str, Table] | None:
    figure = figure_by_key(data, "granted")
    if not figure or not figure["names"]:
        return None
    kinds = ", ".join(word for kind, word in KIND_WORDS.items() if figure_value(data, f"granted_{kind}"))
    rows = tuple(
        (name, _unit(name, unit, report), achievement_sentence(achievement), _decision(decision))
        for (name, unit, achievement), decision in zip(figure["names"], figure["decisions"], strict=True)
    )
    return f"{upper_first(kinds)} được khen thưởng {report.title}", Table(AWARD_COLUMNS, rows)


def _decision(text: str) -> str:
    """ "Danh hiệu “Lao động tiên tiến” năm 2025; Quyết định số 02/QĐ-UBND ngày 06/11/2026"."""
    return NUMBER_ALONE.sub("; Quyết định số ", TITLE.sub(r"Danh hiệu “\1”", text))


def _unit(name: str, unit: str, report: PeriodReport) -> str:
    """The unit of a nominee; of a collective, which is a unit itself, the commune."""
    return upper_first(report.commune.identity_on(report.span.last).name) if name == unit else unit


def _exemplar_list(report: PeriodReport, data: dict[str, Any]) -> tuple[str, Table] | None:
    figure = figure_by_key(data, "exemplars")
    if not figure or not figure["names"]:
        return None
    rows = ((name, _unit(name, unit, report), *note.partition("; ")[::2]) for name, unit, note in figure["names"])
    table = Table(EXEMPLAR_COLUMNS, tuple(rows))
    return f"Điển hình được lựa chọn để nêu gương {report.title}", table
