"""The list to post (thông báo niêm yết) and the minutes of the result of posting it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from commendations.models import Nomination, Objection, Posting
from commendations.papers.award_list import nominee_columns
from commendations.papers.nomination_data import SIGN_WITH_NAME, UNITS_WITHOUT_LETTERHEAD, NominationPaperData
from commendations.queries.award_lines import nominee_counts_text, nominee_list_name
from commendations.queries.nominee_place import nominee_place
from emulation.core.formatting import date_in_words, lower_first
from emulation.documents.blocks.body import LegalBasisLine, Paragraph, Table, TableColumn, fact_line
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.legal import current
from villages.rules.name_marks import marked_name


def posting_paper(posting: Posting, cases: Sequence[Nomination], on: date) -> Paper:
    """The notice to put up: from when to when, where to object, the list. It names nobody who objects."""
    data = NominationPaperData(cases[0], on)
    plain = posting.unit.kind in UNITS_WITHOUT_LETTERHEAD
    return Paper(
        kind="thong_bao",
        letterhead=data.letterhead(),
        doc_type="THÔNG BÁO",
        subject=f"Niêm yết công khai danh sách đề nghị tặng {data.requested}",
        body=(
            LegalBasisLine(f"Căn cứ {current.citation_on_paper(posting.citation)}"),
            Paragraph(
                f"{data.unit_name} niêm yết công khai danh sách {_counted(cases)} được đề nghị tặng {data.requested} (có "
                "Danh sách kèm theo)."
            ),
            Paragraph(f"{_days(posting)}, tại {lower_first(posting.place)}.", lead="Thời gian:"),
            Paragraph(
                with_end_mark(
                    f"Ai có ý kiến về các trường hợp trong danh sách thì phản ánh với {data.unit_name} hoặc "
                    f"Ủy ban nhân dân {data.identity.name} trong thời gian trên, trực tiếp hoặc bằng văn bản"
                )
            ),
        ),
        signatures=(data.head(),),
        recipients=() if plain else ("Lưu: VT",),
        appendices=(_list(data, cases),),
    )


def posting_result_paper(
    posting: Posting, cases: Sequence[Nomination], objections: Iterable[Objection], on: date
) -> Paper:
    """Biên bản: the posting took place, what was objected to and how it was answered; who objected is not named."""
    data = NominationPaperData(cases[0], on)
    head = data.letterhead()
    rows = tuple((one.nomination.nominee_name, one.content, _settled(one)) for one in objections)
    columns = (TableColumn("Trường hợp", 26), TableColumn("Nội dung phản ánh", 37), TableColumn("Giải quyết", 37))
    struck = {one.nomination_id for one in objections if one.outcome == Objection.STRUCK}
    return Paper(
        kind="bien_ban",
        letterhead=Letterhead(issuer=head.issuer, parent=head.parent, place=head.place, year=on.year),
        doc_type="BIÊN BẢN",
        subject=f"Kết quả niêm yết công khai danh sách đề nghị tặng {data.requested}",
        body=(
            fact_line("Thời gian niêm yết", _days(posting)),
            fact_line("Nơi niêm yết", posting.place),
            fact_line("Danh sách niêm yết", _counted(cases)),
            fact_line("Số phản ánh nhận được", f"{len(rows):02d}" if rows else "không có"),
            *((Table(columns, rows),) if rows else ()),
            Paragraph(with_end_mark(_conclusion(cases, struck))),
        ),
        signatures=(Signature(("ĐẠI DIỆN BAN CÔNG TÁC", "MẶT TRẬN"), "", SIGN_WITH_NAME), data.head()),
    )


def _days(posting: Posting) -> str:
    return f"từ {date_in_words(posting.starts_on)} đến hết {date_in_words(posting.ends_on)}"


def _counted(cases: Sequence[Nomination]) -> str:
    return nominee_counts_text(case.nominee_kind for case in cases)


def _settled(objection: Objection) -> str:
    """The outcome and the answer; the answer alone if it ends with the words of the outcome."""
    outcome = "Giữ trong danh sách." if objection.outcome == Objection.KEPT else "Đưa ra khỏi danh sách."
    answer = objection.answer.strip()
    last_clause = re.split("[.;,:] ", answer.rstrip(". "))[-1]
    return answer if f"{last_clause}.".casefold() == outcome.casefold() else f"{outcome} {answer}".strip()


def _conclusion(cases: Sequence[Nomination], struck: set[int]) -> str:
    left = [case for case in cases if case.pk not in struck]
    if not struck:
        return f"Sau niêm yết, giữ nguyên danh sách {_counted(left)}"
    out = [case for case in cases if case.pk in struck]
    rest = f"còn {_counted(left)}" if left else "không còn trường hợp nào"
    return f"Sau niêm yết, đưa {_counted(out)} ra khỏi danh sách; {rest}"


def _list(data: NominationPaperData, cases: Sequence[Nomination]) -> Appendix:
    kinds = dict.fromkeys(case.nominee_kind for case in cases)
    rows = tuple(
        (
            marked_name(nominee_list_name(case, data.on), case.nominee_mark),
            nominee_place(case, data.identity, data.on),
        )
        for case in cases
    )
    table = Table(nominee_columns(kinds, 45, 48), rows, total=(f"Tổng cộng: {_counted(cases)}", ""))
    return Appendix("DANH SÁCH", (table,), subtitle=f"Đề nghị tặng {data.requested}", of=data.unit_name)
