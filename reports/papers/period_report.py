"""The quarter's report as an official paper (báo cáo) and as a spreadsheet of the same numbers."""

from datetime import date
from io import BytesIO
from typing import Any

from emulation.accounts.models import User
from emulation.communes.roles import Role
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
from emulation.documents.blocks.letterhead import Letterhead, committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from reports.models import PeriodReport
from reports.queries.report_figures import figure_by_key, quarter_figures
from reports.rules import quarters
from villages.queries.people import role_holder_ids

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
    """The frozen figures, or those of this moment."""
    return report.figures or quarter_figures(report.commune_id, report.year, report.quarter)


def period_report_draft_key(report: PeriodReport) -> str:
    """The key of the paper on its way, one an edition."""
    return f"reports.report:{report.pk}:{report.edition}"


def period_report_paper(report: PeriodReport, on: date) -> Paper:
    """The paper as of that day, still a draft."""
    identity, data = report.commune.identity_on(on), figures_of_report(report)
    return Paper(
        kind="bao_cao",
        letterhead=Letterhead(
            issuer=identity.issuer,
            parent=identity.letterhead_parent,
            place=identity.place_name,
            symbol="BC-UBND",
            year=on.year,
        ),
        doc_type="BÁO CÁO",
        subject=f"Công tác thi đua, khen thưởng {report.title}",
        addressees=(identity.superior_office,),
        body=_body(report, data, on, identity.issuer_short),
        signatures=(committee_signature(_chair(report, on)),),
        recipients=REPORT_RECIPIENTS,
        appendices=_name_lists(data, f"Ủy ban nhân dân {identity.name}"),
        note="Dữ liệu minh họa: người và số liệu là hư cấu." if report.commune.is_demo else "",
    )


def _body(report: PeriodReport, data: dict[str, Any], on: date, issuer: str) -> tuple[Block, ...]:
    span, so_far = report.span, quarters.statistical_year_to_date(report.year, report.quarter)
    return (
        Paragraph(
            f"{issuer} báo cáo kết quả công tác thi đua, khen thưởng {report.title} (từ {format_date(span.first)} đến "
            f"{format_date(span.last)}; lũy kế năm thống kê từ {format_date(so_far.first)} đến {format_date(so_far.last)}) như sau:"
        ),
        Heading(HeadingLevel.roman, 1, "KẾT QUẢ THỰC HIỆN"),
        *_summary(data),
        Heading(HeadingLevel.number, 1, "Số liệu tổng hợp"),
        _numbers(data),
        Heading(HeadingLevel.number, 2, "Kết quả của từng đơn vị"),
        Table(UNIT_COLUMNS, tuple((name, *(str(value) for value in values)) for name, *values in data["by_unit"])),
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

    awards, direct = value("awards"), value("awards_direct")
    share = f" (chiếm {format_percent(direct * 100 / awards)})" if awards else ""
    asked = value("units_sent") + value("units_none") + value("units_silent")
    return (
        Paragraph(
            f"Trong quý, {value('units_sent')}/{asked} đơn vị đã gửi điển hình, {value('units_none')} đơn vị báo không có, "
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
    found = [figure for part in data["sections"] for figure in part["figures"] if figure["key"].startswith("titles_")]
    said = [f"{figure['value']:02d} danh hiệu {figure['label']}" for figure in found if figure["value"]]
    return f"; tặng {', '.join(said)}" if said else ""


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
    wanted = (
        ("awards", "DANH SÁCH ĐƯỢC TẶNG GIẤY KHEN TRONG QUÝ"),
        ("exemplars", "DANH SÁCH ĐIỂN HÌNH ĐƯỢC CHẤP NHẬN TRONG QUÝ"),
    )
    found = [
        (title, figure["names"]) for key, title in wanted if (figure := figure_by_key(data, key)) and figure["names"]
    ]
    return tuple(
        Appendix(
            title,
            (Table(NAME_COLUMNS, tuple(tuple(name) for name in names)),),
            label=f"Phụ lục {'I' * place}" if len(found) > 1 else "",
            of=of,
        )
        for place, (title, names) in enumerate(found, 1)
    )


def _chair(report: PeriodReport, on: date) -> str:
    chairs = role_holder_ids(report.commune_id, Role.chair, on=on)
    user = User.objects.filter(pk__in=chairs).order_by("pk").first()
    return user.full_name if user else "…"


def period_report_workbook(report: PeriodReport) -> bytes:
    """The same numbers as XLSX: figures, units, and the names behind each figure."""
    import xlsxwriter

    data, out = figures_of_report(report), BytesIO()
    # Text is written as text: a name that begins with "=" is a name, never a formula.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#F6EFDF"})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    number = book.add_format({"num_format": "#,##0", "valign": "top", "border": 1})

    def sheet(name: str, head: tuple[str, ...], widths: tuple[int, ...], rows: list[tuple[Any, ...]]) -> None:
        page = book.add_worksheet(name)
        page.write_string(0, 0, f"Báo cáo công tác thi đua, khen thưởng {report.title}")
        for column, (title, width) in enumerate(zip(head, widths, strict=True)):
            page.set_column(column, column, width)
            page.write_string(2, column, title, bold)
        for place, row in enumerate(rows, 3):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(place, column, value, number)
                else:
                    page.write_string(place, column, str(value or ""), cell)
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)

    parts = [(part["title"], figure) for part in data["sections"] for figure in part["figures"]]
    sheet(
        "Số liệu",
        ("Phần", "Nội dung", "Đơn vị tính", "Trong quý", "Lũy kế năm thống kê"),
        (34, 48, 14, 16, 20),
        [(part, figure["label"], figure["unit"], figure["value"], figure["year_value"]) for part, figure in parts],
    )
    sheet(
        "Đơn vị",
        ("Đơn vị", "Điển hình được chấp nhận", "Số kỳ báo không có", "Giấy khen"),
        (36, 16, 16, 12),
        [tuple(row) for row in data["by_unit"]],
    )
    sheet("Lĩnh vực", ("Lĩnh vực", "Điển hình"), (48, 12), [tuple(row) for row in data["by_field"]])
    sheet(
        "Tên",
        ("Số liệu", "Tên", "Đơn vị, nơi", "Ghi chú"),
        (44, 36, 28, 60),
        [(figure["label"], *name) for _, figure in parts for name in figure["names"]],
    )
    book.close()
    return out.getvalue()


def period_report_sample() -> Paper:
    """The newest report of the demo with something to count. LookupError when there is none."""
    reports = PeriodReport.objects.filter(commune__is_demo=True, figures__isnull=False)
    report = max(
        reports, key=lambda each: (figures_of_report(each)["sections"][2]["figures"][0]["value"], each.pk), default=None
    )
    if report is None:
        raise LookupError("chưa có báo cáo minh họa")
    paper = report.document.paper if report.document else period_report_paper(report, report.span.last)
    assert isinstance(paper, Paper)
    return paper
