"""The quarterly report as an official document (báo cáo)."""

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
from reports.queries.report_figures import figure_by_key, figures_by_section, quarter_figures
from reports.rules import quarters

FIGURE_COLUMNS = (
    TableColumn("Nội dung", 44),
    TableColumn("Đơn vị tính", 16, TextAlign.center),
    TableColumn("Trong quý", 18, TextAlign.right),
    TableColumn("Lũy kế năm thống kê", 20, TextAlign.right),
)
UNIT_COLUMNS = (
    TableColumn("Đơn vị", 40),
    TableColumn("Điển hình được chấp nhận", 20, TextAlign.center),
    TableColumn("Số kỳ báo không có", 20, TextAlign.center),
    TableColumn("Giấy khen", 20, TextAlign.center),
)
NAME_COLUMNS = (TableColumn("Họ và tên, tên hộ, tập thể", 32), TableColumn("Đơn vị", 24), TableColumn("Ghi chú", 44))
REPORT_RECIPIENTS = (
    "Như trên (b/c)",
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)",
    "Chủ tịch, các Phó Chủ tịch UBND xã (c/đ)",
    "Thành viên Hội đồng TĐKT xã (t/h)",
    "Lưu: VT, VP",
)


def figures_of_report(report: PeriodReport) -> dict[str, Any]:
    """The frozen figures of a submitted report; otherwise calculates them."""
    return report.figures or quarter_figures(report.commune_id, report.year, report.quarter)


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
        appendices=_name_lists(data, f"Ủy ban nhân dân {identity.name}"),
        note="Dữ liệu minh họa: người và số liệu là hư cấu." if report.commune.is_demo else "",
    )


def _body(report: PeriodReport, data: dict[str, Any], on: date, issuer: str) -> tuple[Block, ...]:
    quarter = report.span
    so_far = quarters.statistical_year_to_date(report.year, report.quarter)
    unit_rows = tuple((name, *map(str, counts)) for name, *counts in data["by_unit"])
    return (
        Paragraph(
            f"{issuer} báo cáo kết quả công tác thi đua, khen thưởng {report.title} (từ {format_date(quarter.first)} đến "
            f"{format_date(quarter.last)}; lũy kế năm thống kê từ {format_date(so_far.first)} đến {format_date(so_far.last)}) như sau:"
        ),
        Heading(HeadingLevel.roman, 1, "KẾT QUẢ THỰC HIỆN"),
        *_summary(data),
        Heading(HeadingLevel.number, 1, "Số liệu tổng hợp"),
        _numbers(data),
        Heading(HeadingLevel.number, 2, "Kết quả của từng đơn vị"),
        Table(UNIT_COLUMNS, unit_rows),
        *_fields(data),
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

    awards = value("awards")
    direct = value("awards_direct")
    share = f" (chiếm {format_percent(direct * 100 / awards)})" if awards else ""
    units = value("units_sent") + value("units_none") + value("units_silent")
    return (
        Paragraph(
            f"Trong quý, {value('units_sent')}/{units} đơn vị đã gửi điển hình, {value('units_none')} đơn vị báo không có, "
            f"{value('units_silent')} đơn vị chưa gửi; Văn phòng chấp nhận {value('exemplars')} điển hình."
        ),
        Paragraph(
            f"Đã nhận {value('nominations')} hồ sơ đề nghị khen thưởng; Hội đồng họp {value('sessions')} phiên. Chủ tịch Ủy ban "
            f"nhân dân xã tặng {awards} Giấy khen, trong đó {direct} người trực tiếp lao động, học tập{share}, "
            f"{value('awards_women')} phụ nữ{_titles(data)}; tổng tiền thưởng {format_vnd(value('money'))} đồng."
        ),
    )


def _titles(data: dict[str, Any]) -> str:
    """ "; tặng 02 danh hiệu Lao động tiên tiến", or nothing."""
    titles = [figure for _, figure in figures_by_section(data) if figure["key"].startswith("titles_")]
    texts = [f"{figure['value']:02d} danh hiệu {figure['label']}" for figure in titles if figure["value"]]
    return f"; tặng {', '.join(texts)}" if texts else ""


def _numbers(data: dict[str, Any]) -> Table:
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for part in data["sections"]:
        rows.append(TableRowGroup(part["title"]))
        for figure in part["figures"]:
            so_far = "" if figure["year_value"] is None else format_vnd(figure["year_value"])
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


def _name_lists(data: dict[str, Any], of: str) -> tuple[Appendix, ...]:
    lists = (
        ("awards", "DANH SÁCH ĐƯỢC TẶNG GIẤY KHEN TRONG QUÝ"),
        ("exemplars", "DANH SÁCH ĐIỂN HÌNH ĐƯỢC CHẤP NHẬN TRONG QUÝ"),
    )
    found = []
    for key, title in lists:
        figure = figure_by_key(data, key)
        if figure and figure["names"]:
            found.append((title, Table(NAME_COLUMNS, tuple(tuple(name) for name in figure["names"]))))
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
