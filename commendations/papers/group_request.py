"""The papers of a unit's request for many cases: giấy đề nghị or tờ trình, minutes of its meeting, one list."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from commendations.models import GroupRequest, Nomination
from commendations.papers.award_list import NOMINEE_KIND_HEADINGS, ROMAN, nominee_columns
from commendations.papers.commendation_request import brief_deed, unit_meeting_basis
from commendations.papers.nomination_data import SIGN_WITH_NAME, UNITS_WITHOUT_LETTERHEAD, NominationPaperData
from commendations.queries.award_lines import nominee_counts_text, nominee_list_name
from commendations.queries.nominee_place import nominee_place
from commendations.rules.wording import lead_in_once
from emulation.core.formatting import date_in_words
from emulation.core.text import clean_lines
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Heading,
    HeadingLevel,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    fact_line,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.legal import current
from villages.rules.name_marks import marked_name

LIST_TITLE = "DANH SÁCH"
DEED_COLUMN = TableColumn("Tóm tắt thành tích", 50)
NOTE_COLUMN = TableColumn("Ghi chú", 18)


def group_request_paper(request: GroupRequest, cases: Sequence[Nomination], on: date) -> Paper:
    """Giấy đề nghị of a village, tờ trình of other units, for all these cases, with their list as an annex."""
    data = NominationPaperData(cases[0], on)
    plain = request.unit.kind in UNITS_WITHOUT_LETTERHEAD
    above = f"trình {data.superior} quyết định" if data.superior else "quyết định"
    return Paper(
        kind="giay_de_nghi",
        letterhead=replace(data.letterhead(), hand_number="" if plain else "TTr"),
        doc_type="GIẤY ĐỀ NGHỊ" if plain else "TỜ TRÌNH",
        subject=f"Tặng {data.requested}" if plain else f"Về việc đề nghị tặng {data.requested}",
        addressees=(data.chair,),
        body=(
            *(LegalBasisLine(line) for line in current.legal_basis_lines_for(request.commune_id, "giay_de_nghi", on)),
            LegalBasisLine(unit_meeting_basis(data.unit_name, request.met_on, on)),
            Paragraph(f"{data.unit_name} {_asked(data, cases)} (có Danh sách kèm theo)."),
            *_common_deed(cases),
            Paragraph(
                with_end_mark(
                    f"{data.unit_name} chịu trách nhiệm về tính chính xác của thành tích nêu trong Danh sách; kính "
                    f"{'đề nghị' if plain else 'trình'} {data.chair} xem xét, {above}"
                )
            ),
        ),
        signatures=(data.head(),),
        recipients=() if plain else ("Như trên", "Lưu: VT"),
        appendices=(_list(data, cases, deeds=not _common_deed(cases)),),
        one_page=True,
    )


def unit_minutes_paper(request: GroupRequest, cases: Sequence[Nomination]) -> Paper:
    """Biên bản họp bình xét of the unit on the day `met_on`; what was not filled in has dots for the pen."""
    assert request.met_on is not None
    data = NominationPaperData(cases[0], request.met_on)
    head = data.letterhead()
    return Paper(
        kind="bien_ban",
        letterhead=Letterhead(issuer=head.issuer, parent=head.parent, place=head.place, year=request.met_on.year),
        doc_type="BIÊN BẢN",
        subject=f"Họp bình xét, đề nghị tặng {data.requested}",
        body=(
            fact_line("Thời gian", date_in_words(request.met_on)),
            fact_line("Địa điểm", request.place),
            Heading(HeadingLevel.roman, 1, "THÀNH PHẦN"),
            fact_line("Chủ trì", request.presider),
            fact_line("Thư ký", request.secretary),
            fact_line("Số người có mặt", _present(request)),
            *_attendees(request),
            Heading(HeadingLevel.roman, 2, "NỘI DUNG, KẾT QUẢ"),
            *typed_paragraphs(request.discussion),
            Paragraph(f"Cuộc họp thống nhất {_asked(data, cases)} (có Danh sách kèm theo)."),
            *_common_deed(cases),
            Paragraph(with_end_mark("Biên bản được đọc lại cho mọi người dự họp nghe, nhất trí thông qua")),
        ),
        signatures=(
            Signature(("THƯ KÝ",), "", SIGN_WITH_NAME),
            Signature(("CHỦ TRÌ",), "", SIGN_WITH_NAME),
        ),
        appendices=(_list(data, cases, deeds=not _common_deed(cases)),),
    )


def _asked(data: NominationPaperData, cases: Sequence[Nomination]) -> str:
    """ "đề nghị Chủ tịch … tặng danh hiệu “Lao động tiên tiến” năm 2026 cho 30 cá nhân"."""
    request = f"xét, trình {data.superior} tặng" if data.superior else "tặng"
    counts = nominee_counts_text(case.nominee_kind for case in cases)
    return f"đề nghị {data.chair} {request} {data.requested} cho {counts}"


def _present(request: GroupRequest) -> str:
    if request.present is None:
        return ""
    return f"{request.present}/{request.invited} người được mời" if request.invited else f"{request.present} người"


def _attendees(request: GroupRequest) -> tuple[Block, ...]:
    attendees = clean_lines(request.attendees)
    return (Paragraph(attendees, lead="Người dự họp:"),) if attendees else ()


def _common_deed(cases: Sequence[Nomination]) -> tuple[Paragraph, ...]:
    """The deed in a sentence if all have the same, () otherwise: then each is on the list."""
    deeds = {lead_in_once(" ".join(case.deed.split())) for case in cases}
    return (Paragraph(f"{deeds.pop().rstrip(' .')}.", lead="Thành tích chung:"),) if len(deeds) == 1 else ()


def _list(data: NominationPaperData, cases: Sequence[Nomination], *, deeds: bool) -> Appendix:
    """The cases by kind of nominee, each kind with its sub-total, on landscape."""
    kinds = list(dict.fromkeys(case.nominee_kind for case in cases))
    columns = (
        (*nominee_columns(kinds, 25, 25), DEED_COLUMN) if deeds else (*nominee_columns(kinds, 38, 44), NOTE_COLUMN)
    )
    total = f"Tổng cộng: {nominee_counts_text(case.nominee_kind for case in cases)}"
    rows = chain.from_iterable(_rows_of_kind(data, cases, kinds, place, deeds) for place in range(len(kinds)))
    return Appendix(
        LIST_TITLE,
        (Table(columns, tuple(rows), total=(total, *("" for _ in columns[1:]))),),
        subtitle=f"Đề nghị tặng {data.requested}",
        of=data.unit_name,
        wide=True,
    )


def _rows_of_kind(
    data: NominationPaperData, cases: Sequence[Nomination], kinds: list[str], place: int, deeds: bool
) -> list[tuple[str, ...] | TableRowGroup]:
    """The cases of one kind of nominee, under a heading with their number if there are several kinds."""
    listed = [case for case in cases if case.nominee_kind == kinds[place]]
    rows: list[tuple[str, ...] | TableRowGroup] = []
    if len(kinds) > 1:
        count = nominee_counts_text(case.nominee_kind for case in listed)
        rows.append(TableRowGroup(f"{ROMAN[place]}. {NOMINEE_KIND_HEADINGS[kinds[place]]}: {count}"))
    return [*rows, *(_row(data, case, deeds) for case in listed)]


def _row(data: NominationPaperData, case: Nomination, deeds: bool) -> tuple[str, ...]:
    name = marked_name(nominee_list_name(case, data.on), case.nominee_mark)
    return name, nominee_place(case, data.identity, data.on), brief_deed(case.deed) if deeds else ""
