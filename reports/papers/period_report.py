"""The quarterly report as an official document (báo cáo)."""

from datetime import date
from typing import Any

from emulation.accounts.queries import chair_name
from emulation.core.formatting import date_in_words, date_range_in_words, format_percent, format_vnd, lower_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Heading,
    HeadingLevel,
    Paragraph,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead
from emulation.legal import current
from reports.models import PeriodReport
from reports.papers.report_charts import chart_annex
from reports.papers.report_tables import (
    KIND_WORDS,
    adjustment_blocks,
    figure_value,
    name_lists,
    numbered_appendices,
    numbers_table,
    units_table,
)
from reports.queries.report_figures import (
    figure_by_key,
    figures_by_section,
    is_current_form,
    quarter_figures,
)

REPORT_RECIPIENTS = (
    "Như trên (b/c)",
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)",
    "Chủ tịch, các Phó Chủ tịch UBND xã (c/đ)",
    "Thành viên Hội đồng TĐKT xã (t/h)",
)


DIRECT_WORDS = "người trực tiếp lao động, học tập"
COUNTING_RULE = (
    "Số liệu được tính như sau: khen thưởng theo ngày của quyết định (cấp trên khen: theo ngày quyết định của cấp trên), hồ sơ "
    "theo ngày nhận, phiên họp theo ngày họp, điển hình theo tháng, quý mà đơn vị gửi; người trực tiếp lao động và phụ nữ tính "
    "trên mọi danh hiệu, hình thức khen thưởng."
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
    issuer = f"Ủy ban nhân dân {identity.name}"
    return Paper(
        kind="bao_cao",
        letterhead=committee_letterhead(report.commune, on, "bao_cao"),
        doc_type="BÁO CÁO",
        subject=f"Công tác thi đua, khen thưởng {report.title}",
        addressees=(identity.superior_office,),
        body=_body(report, data, on, issuer),
        signatures=(
            committee_signature(report.signer or chair_name(report.commune_id, on) or "…", deputy=report.deputy),
        ),
        recipients=(*REPORT_RECIPIENTS, current.commune_offices_for(report.commune_id, on).file_line),
        appendices=numbered_appendices((*name_lists(report, data, issuer), *chart_annex(report, data, issuer))),
    )


def _body(report: PeriodReport, data: dict[str, Any], on: date, issuer: str) -> tuple[Block, ...]:
    quarter, year = (
        date_range_in_words(*map(date.fromisoformat, days)) for days in (data["counted"], data["year_counted"])
    )
    return (
        Paragraph(
            f"{issuer} báo cáo kết quả công tác thi đua, khen thưởng {report.title} ({quarter}; lũy kế năm thống kê "
            f"{year}) như sau:"
        ),
        *_provisional(report, on),
        Heading(HeadingLevel.roman, 1, "KẾT QUẢ THỰC HIỆN"),
        *_summary(data),
        Heading(HeadingLevel.number, 1, "Số liệu tổng hợp"),
        Paragraph(COUNTING_RULE),
        numbers_table(data),
        Heading(HeadingLevel.number, 2, "Kết quả của từng đơn vị"),
        units_table(data),
        *_fields(data),
        *adjustment_blocks(data, 4 if data["by_field"] else 3),
        Heading(HeadingLevel.roman, 2, "ĐÁNH GIÁ CHUNG"),
        *_typed_paragraphs(report.assessment),
        Heading(HeadingLevel.roman, 3, "TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN"),
        *_typed_paragraphs(report.shortcomings),
        Heading(HeadingLevel.roman, 4, "PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ SAU"),
        *_typed_paragraphs(report.plan),
        Paragraph(with_end_mark(f"Trên đây là báo cáo công tác thi đua, khen thưởng {report.title} của {issuer}")),
    )


def _summary(data: dict[str, Any]) -> tuple[Block, ...]:
    return Paragraph(_answers(data)), Paragraph(f"{_council_work(data)}. {_granted(data)}.")


def _answers(data: dict[str, Any]) -> str:
    """How many units answered, and how; what did not occur is not mentioned."""
    sent, none, silent, exemplars = (
        figure_value(data, key) for key in ("units_sent", "units_none", "units_silent", "exemplars")
    )
    units = [f"{sent:02d}/{sent + none + silent:02d} đơn vị giới thiệu điển hình"] if sent else []
    units += [f"{none:02d} đơn vị báo cáo không có điển hình"] if none else []
    units += [f"{silent:02d} đơn vị chưa gửi báo cáo"] if silent else []
    chosen = f"có {exemplars:02d} điển hình" if exemplars else "chưa có điển hình"
    return f"Trong quý có {', '.join(units)}; {chosen} được lựa chọn để nêu gương."


def _council_work(data: dict[str, Any]) -> str:
    nominations, sessions = (figure_value(data, key) for key in ("nominations", "sessions"))
    received = f"Đã tiếp nhận {nominations:02d} hồ sơ" if nominations else "Trong quý không phát sinh hồ sơ"
    met = f"họp {sessions:02d} phiên" if sessions else "không họp"
    return f"{received} đề nghị khen thưởng; Hội đồng Thi đua - Khen thưởng xã {met}"


def _granted(data: dict[str, Any]) -> str:
    """ "Có 03 lượt khen thưởng (01 hộ gia đình, 02 cá nhân): 02 Giấy khen …; 01 danh hiệu …. Trong tổng số có …"."""
    granted = figure_value(data, "granted")
    if not granted:
        return "Trong quý chưa có quyết định khen thưởng"
    kinds = {word: figure_value(data, f"granted_{kind}") for kind, word in KIND_WORDS.items()}
    forms = [
        ("awards", "Giấy khen của Chủ tịch Ủy ban nhân dân xã"),
        ("granted_above", "lượt cấp trên khen theo đề nghị của xã"),
    ]
    given, above = ([f"{figure_value(data, key):02d} {word}"] if figure_value(data, key) else [] for key, word in forms)
    women = _women(data)
    return (
        f"Có {granted:02d} lượt khen thưởng ({', '.join(f'{count:02d} {word}' for word, count in kinds.items() if count)}): "
        f"{'; '.join([*given, *_titles(data), *above])}. Trong tổng số {_direct(data, granted)}, "
        f"{women}; tổng số tiền thưởng do xã chi "
        f"{format_vnd(figure_value(data, 'money'))} đồng"
    )


def _direct(data: dict[str, Any], granted: int) -> str:
    """ "có 04 người trực tiếp lao động, học tập (chiếm 80%)"; "không có người …" without any; without a share while the group
    of some is unknown.
    """
    direct, unknown = (figure_value(data, key) for key in ("granted_direct", "granted_group_unknown"))
    if unknown:
        found = [f"{direct:02d} {DIRECT_WORDS}"] if direct else []
        return f"có {', '.join([*found, f'{unknown:02d} người chưa rõ nhóm đối tượng'])}"
    if not direct:
        return f"không có {DIRECT_WORDS}"
    return f"có {direct:02d} {DIRECT_WORDS} (chiếm {format_percent(direct * 100 / granted)})"


def _women(data: dict[str, Any]) -> str:
    """ "02 phụ nữ"; "không có phụ nữ"; with how many have no sex recorded, if any."""
    women, unknown = (figure_value(data, key) for key in ("granted_women", "granted_sex_unknown"))
    if unknown:
        return f"{women:02d} phụ nữ, {unknown:02d} người chưa rõ giới tính"
    return f"{women:02d} phụ nữ" if women else "không có phụ nữ"


def _titles(data: dict[str, Any]) -> list[str]:
    """ "02 danh hiệu “Lao động tiên tiến”" for each title that was given."""
    titles = [figure for _, figure in figures_by_section(data) if figure["key"].startswith("titles_")]
    return [f"{figure['value']:02d} danh hiệu “{figure['label']}”" for figure in titles if figure["value"]]


def _fields(data: dict[str, Any]) -> tuple[Block, ...]:
    if not data["by_field"]:
        return ()
    fields = "; ".join(f"{count:02d} điển hình về {lower_first(name)}" for name, count in data["by_field"])
    return (Heading(HeadingLevel.number, 3, "Điển hình theo lĩnh vực"), Paragraph(f"Có {fields}."))


def _provisional(report: PeriodReport, on: date) -> tuple[Block, ...]:
    """The mark of a draft before its count day."""
    if report.figures is not None or on >= report.count_day:
        return ()
    text = (
        f"Bản soạn trước khi chốt số liệu ({date_in_words(report.count_day)}): số liệu tạm tính đến {date_in_words(on)}, "
        "chưa dùng để báo cáo."
    )
    return (Paragraph(text, italic=True),)


def _typed_paragraphs(text: str) -> tuple[Block, ...]:
    return typed_paragraphs(text) or (Paragraph("(chưa viết)", italic=True),)


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
