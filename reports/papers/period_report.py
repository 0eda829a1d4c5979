"""The quarterly report as an official document (báo cáo)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from emulation.accounts.queries import chair_name
from emulation.core.formatting import format_date, format_percent, format_vnd
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
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead
from reports.models import PeriodReport
from reports.queries.report_figures import (
    UNIT_AWARDS_LABEL,
    figure_by_key,
    figures_by_section,
    is_current_form,
    quarter_figures,
)
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
REPORT_RECIPIENTS = (
    "Như trên (b/c)",
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)",
    "Chủ tịch, các Phó Chủ tịch UBND xã (c/đ)",
    "Thành viên Hội đồng TĐKT xã (t/h)",
    "Lưu: VT, VP",
)


COUNTING_RULE = (
    "Cách đếm: khen thưởng theo ngày của quyết định (cấp trên khen: ngày quyết định của cấp trên), hồ sơ theo ngày nhận, phiên "
    "họp theo ngày họp, điển hình theo tháng, quý mà đơn vị gửi; người trực tiếp lao động và phụ nữ đếm trên mọi danh hiệu, "
    "hình thức khen thưởng."
)
ADJUSTMENT_RULE = (
    "Thay đổi sau khi đã báo cáo (hủy, thay thế, ghi nhận sau ngày chốt số liệu); lũy kế ở trên đã tính cả điều chỉnh:"
)


def figures_of_report(report: PeriodReport) -> dict[str, Any]:
    """The frozen figures of a submitted report; otherwise calculates them.

    Figures that were frozen in an older form stand for reports that were sent, and are calculated again before that.
    """
    if report.figures and (report.state in PeriodReport.SENT or is_current_form(report.figures)):
        return report.figures
    return quarter_figures(report.commune_id, report.year, report.quarter)


def period_report_draft_key(report: PeriodReport) -> str:
    """The key of the report's draft document, one per edition."""
    return f"reports.report:{report.pk}:{report.edition}"


def period_report_paper(report: PeriodReport, on: date) -> Paper:
    """The draft document, dated `on`."""
    identity = report.commune.identity_on(on)
    data = figures_of_report(report)
    return Paper(
        kind="bao_cao",
        letterhead=committee_letterhead(report.commune, on, "bao_cao"),
        doc_type="BÁO CÁO",
        subject=f"Công tác thi đua, khen thưởng {report.title}",
        addressees=(identity.superior_office,),
        body=_body(report, data, on, identity.issuer_short),
        signatures=(
            committee_signature(report.signer or chair_name(report.commune_id, on) or "…", deputy=report.deputy),
        ),
        recipients=REPORT_RECIPIENTS,
        appendices=_name_lists(report, data, f"Ủy ban nhân dân {identity.name}"),
        note="Dữ liệu minh họa: người và số liệu là hư cấu." if report.commune.is_demo else "",
    )


def _body(report: PeriodReport, data: dict[str, Any], on: date, issuer: str) -> tuple[Block, ...]:
    unit_rows = tuple((name, *map(str, counts)) for name, *counts in data["by_unit"])
    return (
        Paragraph(
            f"{issuer} báo cáo kết quả công tác thi đua, khen thưởng {report.title} ({_span_text(data)}) như sau:"
        ),
        *_provisional(report, on),
        Heading(HeadingLevel.roman, 1, "KẾT QUẢ THỰC HIỆN"),
        *_summary(data),
        Heading(HeadingLevel.number, 1, "Số liệu tổng hợp"),
        Paragraph(COUNTING_RULE),
        _numbers(data),
        Heading(HeadingLevel.number, 2, "Kết quả của từng đơn vị"),
        Table(UNIT_COLUMNS, unit_rows),
        *_fields(data),
        *_adjustments(data, 4 if data["by_field"] else 3),
        Heading(HeadingLevel.roman, 2, "ĐÁNH GIÁ CHUNG"),
        *_typed_paragraphs(report.assessment),
        Heading(HeadingLevel.roman, 3, "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
        *_typed_paragraphs(report.shortcomings),
        Heading(HeadingLevel.roman, 4, "PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ SAU"),
        *_typed_paragraphs(report.plan),
        Paragraph(with_end_mark(f"Trên đây là báo cáo công tác thi đua, khen thưởng {report.title} của {issuer}")),
    )


def _summary(data: dict[str, Any]) -> tuple[Block, ...]:
    def value(key: str) -> int:
        figure = figure_by_key(data, key)
        return figure["value"] if figure else 0

    units = value("units_sent") + value("units_none") + value("units_silent")
    return (
        Paragraph(
            f"Trong quý, {value('units_sent')}/{units} đơn vị đã gửi điển hình, {value('units_none')} đơn vị báo không có, "
            f"{value('units_silent')} đơn vị chưa gửi; có {value('exemplars'):02d} điển hình được lựa chọn để nêu gương."
        ),
        Paragraph(
            f"Đã nhận {value('nominations'):02d} hồ sơ đề nghị khen thưởng; Hội đồng họp {value('sessions'):02d} phiên. "
            f"{_awards_text(data, value)}"
        ),
    )


def _awards_text(data: dict[str, Any], value: Callable[[str], int]) -> str:
    """ "Có 03 lượt khen thưởng: 02 Giấy khen …; 01 danh hiệu …. Trong tổng số có …; tiền thưởng …"."""
    granted = value("granted")
    if not granted:
        return "Trong quý chưa có quyết định khen thưởng."
    parts = [f"{value('awards'):02d} Giấy khen của Chủ tịch Ủy ban nhân dân xã"] if value("awards") else []
    titles = [figure for _, figure in figures_by_section(data) if figure["key"].startswith("titles_")]
    parts += [f"{figure['value']:02d} danh hiệu {figure['label']}" for figure in titles if figure["value"]]
    if value("granted_above"):
        parts.append(f"{value('granted_above'):02d} lượt cấp trên khen theo đề nghị của xã")
    direct = value("granted_direct")
    women = f"{value('granted_women'):02d} phụ nữ" if value("granted_women") else "không có phụ nữ"
    return (
        f"Có {granted:02d} lượt khen thưởng: {'; '.join(parts)}. Trong tổng số có {direct:02d} người trực tiếp lao động, học "
        f"tập (chiếm {format_percent(direct * 100 / granted)}), {women}; tiền thưởng do xã chi {format_vnd(value('money'))} đồng."
    )


def _numbers(data: dict[str, Any]) -> Table:
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for part in data["sections"]:
        rows.append(TableRowGroup(part["title"]))
        for figure in part["figures"]:
            so_far = "-" if figure["year_value"] is None else format_vnd(figure["year_value"])
            rows.append((figure["label"], figure["unit"], format_vnd(figure["value"]), so_far))
    return Table(FIGURE_COLUMNS, tuple(rows))


def _fields(data: dict[str, Any]) -> tuple[Block, ...]:
    if not data["by_field"]:
        return ()
    return (
        Heading(HeadingLevel.number, 3, "Điển hình theo lĩnh vực"),
        *(Bullet(f"{name}: {count} điển hình") for name, count in data["by_field"]),
    )


def _typed_paragraphs(text: str) -> tuple[Block, ...]:
    return typed_paragraphs(text) or (Paragraph("(chưa viết)", italic=True),)


def _span_text(data: dict[str, Any]) -> str:
    """ "từ 01/10/2026 đến 31/12/2026; lũy kế năm thống kê từ 01/12/2025 đến 30/11/2026"."""
    first, last, year_first, year_last = (
        format_date(date.fromisoformat(day)) for day in (*data["counted"], *data["year_counted"])
    )
    return f"từ {first} đến {last}; lũy kế năm thống kê từ {year_first} đến {year_last}"


def _provisional(report: PeriodReport, on: date) -> tuple[Block, ...]:
    """The mark of a draft before its count day."""
    if report.figures is not None or on >= report.count_day:
        return ()
    text = (
        f"Bản soạn trước ngày chốt số liệu {format_date(report.count_day)}: số liệu tạm tính đến {format_date(on)}, "
        "chưa dùng để báo cáo."
    )
    return (Paragraph(text, italic=True),)


def _adjustments(data: dict[str, Any], number: int) -> tuple[Block, ...]:
    """What changed in periods that were reported, with the names of those added and removed."""
    if not data["compared"]:
        return ()
    heading = Heading(HeadingLevel.number, number, "Điều chỉnh số liệu đã báo cáo")
    if not data["adjustments"]:
        return heading, Paragraph(f"Số liệu đã báo cáo của {', '.join(data['compared'])} không thay đổi.")
    rows = tuple(
        (
            line["period"],
            f"{line['label']} ({line['unit']})",
            format_vnd(line["said"]),
            format_vnd(line["now"]),
            format_change(line["now"] - line["said"]),
        )
        for line in data["adjustments"]
    )
    names = [Bullet(text) for text in adjusted_names(data["adjustments"])]
    return heading, Paragraph(ADJUSTMENT_RULE), Table(ADJUSTMENT_COLUMNS, rows), *names


def _name_lists(report: PeriodReport, data: dict[str, Any], of: str) -> tuple[Appendix, ...]:
    lists = (
        (
            "granted",
            f"DANH SÁCH ĐƯỢC KHEN THƯỞNG {report.title.upper()}",
            "Danh hiệu, hình thức; quyết định; thành tích",
        ),
        ("exemplars", f"DANH SÁCH ĐIỂN HÌNH ĐƯỢC LỰA CHỌN {report.title.upper()}", "Kỳ; lĩnh vực"),
    )
    found = []
    for key, title, note in lists:
        figure = figure_by_key(data, key)
        if figure and figure["names"]:
            columns = (TableColumn("Họ và tên, tên hộ, tập thể", 30), TableColumn("Đơn vị", 20), TableColumn(note, 50))
            found.append((title, Table(columns, tuple(tuple(name) for name in figure["names"]))))
    # A single appendix has no number; "I" and "II" are Roman numerals.
    labels = [f"Phụ lục {'I' * place}" if len(found) > 1 else "" for place in range(1, len(found) + 1)]
    return tuple(
        Appendix(title, (table,), label=label, of=of) for (title, table), label in zip(found, labels, strict=True)
    )


def period_report_sample() -> Paper:
    """The demo report with the most giấy khen, as a document. LookupError when there is no demo report."""
    reports = PeriodReport.objects.filter(commune__is_demo=True, figures__isnull=False)
    report = max(reports, key=_giay_khen_and_pk, default=None)
    if report is None:
        raise LookupError("chưa có báo cáo minh họa")
    paper = report.document.paper if report.document else period_report_paper(report, report.span.last)
    assert isinstance(paper, Paper)
    return paper


def _giay_khen_and_pk(report: PeriodReport) -> tuple[int, int]:
    figure = figure_by_key(figures_of_report(report), "awards")
    return figure["value"] if figure else 0, report.pk
