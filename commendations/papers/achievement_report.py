"""Báo cáo thành tích of a person, a household or a collective. Restricted data is never printed."""

from datetime import date

from commendations.models import Nomination
from commendations.papers.minutes import hour_in_words
from commendations.papers.nomination_data import SIGN_WITH_NAME, NominationPaperData
from commendations.queries.nomination import past_awards_in_register
from commendations.queries.nominee_place import person_post, person_unit
from commendations.rules.past_awards import PastAwardLine, past_award_tables
from commendations.rules.wording import lead_in_once
from emulation.core.formatting import date_range_in_words, upper_first
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Heading,
    HeadingLevel,
    KeyValue,
    Paragraph,
    Table,
    TableColumn,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.engines import layout
from villages.models import Person, Unit
from villages.queries.same_people import members_of


def achievement_report(nomination: Nomination, on: date) -> Paper:
    """Báo cáo thành tích of a person, a household or a collective; a summary for khen thưởng đột xuất."""
    case = NominationPaperData(nomination, on)
    kind = nomination.nominee_kind
    describe_nominee = {"person": _person, "household": _household, "collective": _collective}[kind]
    plain_letterhead = Letterhead(place=case.identity.place_name, year=on.year)
    summary = "TÓM TẮT " if nomination.kind == "DX" else ""
    return Paper(
        kind="bao_cao_thanh_tich",
        letterhead=case.letterhead() if _reports_itself(nomination) else plain_letterhead,
        doc_type=f"BÁO CÁO {summary}THÀNH TÍCH",
        subject=f"Đề nghị tặng {case.requested}",
        body=(*describe_nominee(case), *_deeds(nomination), *_past(nomination, on)),
        signatures=_report_signatures(case, kind),
        note=case.form_number,
        one_page=True,
    )


def _reports_itself(nomination: Nomination) -> bool:
    """Whether the nominee is the proposing unit, whose head signs alone."""
    return nomination.collective_id == nomination.unit_id


def _person(case: NominationPaperData) -> tuple[Block, ...]:
    person = case.nomination.person
    assert person is not None
    return (
        Heading(HeadingLevel.roman, 1, "SƠ LƯỢC LÝ LỊCH"),
        KeyValue("Họ và tên", person.full_name.upper()),
        *_sex_and_birth_year(person),
        KeyValue("Nơi thường trú", case.place_line if person.unit.kind == Unit.VILLAGE else ""),
        KeyValue("Đơn vị công tác, sinh hoạt", person_unit(person, case.identity, case.on)),
        KeyValue("Chức vụ, nghề nghiệp", person_post(person, case.on)),
        KeyValue("Trình độ chuyên môn"),
    )


def _sex_and_birth_year(person: Person) -> tuple[KeyValue, ...]:
    """One line; two if one of them is filled in by hand."""
    if person.sex and person.birth_year:
        return (KeyValue("Giới tính", f"{person.get_sex_display()}; năm sinh: {person.birth_year}"),)
    return KeyValue("Giới tính", person.get_sex_display()), KeyValue("Năm sinh", str(person.birth_year or ""))


def _household(case: NominationPaperData) -> tuple[Block, ...]:
    household = case.nomination.household
    assert household is not None
    members = members_of(household).count()
    return (
        Heading(HeadingLevel.roman, 1, "SƠ LƯỢC VỀ HỘ GIA ĐÌNH"),
        KeyValue("Họ và tên chủ hộ", household.head_name.upper()),
        KeyValue("Địa chỉ", ", ".join(part for part in (household.address, case.place_line) if part)),
        KeyValue("Số thành viên trong hộ", str(members or "")),
        KeyValue("Nghề nghiệp, nguồn thu nhập chính"),
    )


def _collective(case: NominationPaperData) -> tuple[Block, ...]:
    return (
        Heading(HeadingLevel.roman, 1, "ĐẶC ĐIỂM, TÌNH HÌNH"),
        KeyValue("Tên tập thể", case.nominee_name),
        KeyValue("Địa chỉ", upper_first(case.place_line)),
        KeyValue("Đặc điểm, tình hình chung"),
    )


DUTIES_HEADINGS = {
    "person": "Quyền hạn, nhiệm vụ được giao",
    "household": "Công việc, trách nhiệm của gia đình",
    "collective": "Chức năng, nhiệm vụ được giao",
}


def _deeds(nomination: Nomination) -> tuple[Block, ...]:
    body: list[Block] = [Heading(HeadingLevel.roman, 2, "THÀNH TÍCH ĐẠT ĐƯỢC")]
    number = 1
    if nomination.duties:
        heading = DUTIES_HEADINGS[nomination.nominee_kind]
        body += [Heading(HeadingLevel.number, number, heading), *typed_paragraphs(nomination.duties)]
        number += 1
    field = nomination.field_name
    in_field = f" trong lĩnh vực {field[:1].lower()}{field[1:]}" if field else ""
    body.append(Heading(HeadingLevel.number, number, f"Thành tích đạt được{in_field}"))
    start = nomination.period_from
    end = nomination.period_to
    if start and end:
        at = f"{hour_in_words(nomination.deed_time)}, " if nomination.deed_time and start == end else ""
        body.append(Paragraph(f"Thời gian lập thành tích: {at}{date_range_in_words(start, end)}."))
    body += typed_paragraphs(lead_in_once(nomination.deed))
    return tuple(body)


def _past(nomination: Nomination, on: date) -> tuple[Block, ...]:
    titles, forms = past_award_tables(nomination.past_awards, past_awards_in_register(nomination, before=on))
    return (
        Heading(HeadingLevel.roman, 3, "CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"),
        *_awards_table(1, "Danh hiệu thi đua", titles),
        *_awards_table(2, "Hình thức khen thưởng", forms),
    )


def _awards_table(number: int, title: str, rows: list[PastAwardLine]) -> tuple[Block, ...]:
    """The awards under their heading; one line without any. The column promises the issuing body if every row names it."""
    if not rows:
        return (Paragraph("chưa có.", lead=f"{number}. {title}:"),)
    issuers = "; cơ quan ban hành" if all(row.names_issuer for row in rows) else ""
    columns = (
        TableColumn("Năm", 12),
        TableColumn(title, 38),
        TableColumn(f"Số, ngày, tháng, năm của quyết định{issuers}", 50),
    )
    return (
        Heading(HeadingLevel.number, number, title),
        Table(columns, tuple(row.row for row in rows), numbered=False),
    )


def _report_signatures(case: NominationPaperData, kind: str) -> tuple[Signature, ...]:
    head = case.head()
    nomination = case.nomination
    if _reports_itself(nomination):
        return (head,)
    confirms = Signature((*_confirmed_by(case.unit_lines), *head.capacity), head.name, head.note)
    if kind == "household":
        return confirms, Signature(("ĐẠI DIỆN HỘ GIA ĐÌNH",), nomination.household.head_name)
    if kind == "collective":
        return confirms, Signature(("ĐẠI DIỆN TẬP THỂ",), "", SIGN_WITH_NAME)
    return confirms, Signature(("NGƯỜI BÁO CÁO",), nomination.person.full_name)


def _confirmed_by(unit_lines: list[str]) -> list[str]:
    """ "XÁC NHẬN CỦA TRẠM Y TẾ", "XÃ BÌNH LƯƠNG"; a long name of the unit is on a line of its own."""
    unit, *place = unit_lines
    line = f"XÁC NHẬN CỦA {unit}"
    fits = layout.longest_line_width((line,), layout.BODY_PT, bold=True) < layout.TEXT_WIDTH / 2
    return [line, *place] if fits else ["XÁC NHẬN CỦA", unit, *place]
