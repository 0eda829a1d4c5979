"""The chair submission as a paper: phiếu trình of the standing member, or tờ trình of the council."""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from commendations.models import ChairSubmission
from commendations.papers.award_list import nominee_columns
from commendations.papers.list_composition import composition_notes
from commendations.papers.submission_notes import cancelled_earlier_notes, left_out_note
from commendations.queries.award_lines import nominee_counts_text
from commendations.queries.chair_submission import SubmissionGroup, SubmissionRow, cited_laws, group_by_award
from commendations.queries.nominee_words import line_name_in_sentence
from commendations.rules.amendment import reason_in_sentence
from commendations.rules.wording import opinion_without_request
from emulation.core.formatting import (
    date_in_words,
    format_percent,
    format_vnd,
    money_in_words,
    upper_first,
)
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Bullet,
    DottedLines,
    Heading,
    HeadingLevel,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import punctuated_items, roman_numeral, with_end_mark
from emulation.documents.letterheads import council_letterhead
from emulation.legal import current
from villages.models import Seat

_PLACE_IN_INSTRUMENT = re.compile(r"^(?:điểm \w+ )?(?:khoản [\d, ]+ )?(?:Điều \d+ )?(?=\S)")
MAX_SUBJECT_LENGTH = 300
NOMINEE_WIDTHS = (22, 19)
OTHER_COLUMNS = (
    TableColumn("Nội dung khen", 30),
    TableColumn("Số\nđồng ý", 10, TextAlign.center),
    TableColumn("Tiền thưởng dự kiến (đồng)", 12, TextAlign.right),
)


def chair_submission_paper(chair_submission: ChairSubmission, rows: list[SubmissionRow], on: date, by: str) -> Paper:
    """The draft paper as of that day; `by` signs when the council has no such member."""
    identity = chair_submission.commune.identity_on(on)
    numbered = chair_submission.form == ChairSubmission.PROPOSAL
    council = chair_submission.session.version_of_council
    return Paper(
        kind="to_trinh",
        letterhead=council_letterhead(chair_submission.commune, on, "to_trinh_hoi_dong" if numbered else ""),
        doc_type="TỜ TRÌNH" if numbered else "PHIẾU TRÌNH",
        subject=_subject(group_by_award(rows)),
        addressees=(f"Chủ tịch Ủy ban nhân dân {identity.name}",),
        body=_body(chair_submission, rows, on),
        signatures=(_signature(list(council.seats.select_related("person")), numbered, by),),
        recipients=("Như trên", f"Lưu: {'VT, HĐTĐKT' if numbered else 'hồ sơ khen thưởng'}"),
    )


def _body(chair_submission: ChairSubmission, rows: list[SubmissionRow], on: date) -> tuple[Block, ...]:
    groups = group_by_award(rows)
    blocks: list[Block] = [
        *_basis_lines(chair_submission, on),
        Paragraph(
            "Hội đồng Thi đua - Khen thưởng xã đã họp xét và thống nhất trình Chủ tịch Ủy ban nhân dân xã "
            f"{'; '.join(_requested(group) for group in groups)}, như sau:"
        ),
        *_list_and_votes(groups, rows, on),
        *left_out_note(chair_submission, rows, on),
        *_money(rows, on),
        Heading(HeadingLevel.number, 4, "Căn cứ áp dụng"),
        *_citations(rows),
    ]
    if opinion := opinion_without_request(chair_submission.opinion):
        blocks.append(Heading(HeadingLevel.number, 5, "Ý kiến của Ủy viên thường trực"))
        blocks += typed_paragraphs(opinion)
    blocks.append(Paragraph(with_end_mark("Kính trình Chủ tịch xem xét, quyết định")))
    if chair_submission.form != ChairSubmission.PROPOSAL:
        blocks.append(DottedLines("Ý kiến của Chủ tịch:", 3))
    return tuple(blocks)


def _basis_lines(chair_submission: ChairSubmission, on: date) -> list[Block]:
    session = chair_submission.session
    number = f" số {session.minutes.reference}" if session.minutes and session.minutes.number else ""
    minutes = f"Căn cứ Biên bản họp{number} {date_in_words(session.held_on)} của {session.version_of_council.name}"
    lines = [*current.legal_basis_lines_for(chair_submission.commune_id, "to_trinh", on), minutes]
    return [LegalBasisLine(line) for line in lines]


def _list_and_votes(groups: list[SubmissionGroup], rows: list[SubmissionRow], on: date) -> list[Block]:
    total = sum(row.line.amount for row in rows)
    nominees = nominee_columns((row.line.subject for row in rows), *NOMINEE_WIDTHS)
    return [
        Heading(HeadingLevel.number, 1, "Danh sách đề nghị"),
        *composition_notes(groups, on),
        Table((*nominees, *OTHER_COLUMNS), _rows(groups), total=("Tổng cộng", "", "", "", format_vnd(total))),
        Heading(HeadingLevel.number, 2, "Kết quả biểu quyết"),
        *_merged_lines((_row_name(row, rows, on), _vote(row)) for row in rows),
        *cancelled_earlier_notes(rows),
    ]


def _money(rows: list[SubmissionRow], on: date) -> list[Block]:
    """The total and how each sum comes about; only the reasons where nothing is paid."""
    total = sum(row.line.amount for row in rows)
    blocks: list[Block] = [Heading(HeadingLevel.number, 3, "Tiền thưởng dự kiến")]
    if total:
        blocks.append(
            Paragraph(
                f"Tổng cộng {format_vnd(total)} đồng (Bằng chữ: {money_in_words(total)}), tính theo mức lương cơ sở tại "
                f"{date_in_words(on)}, chi từ Quỹ thi đua, khen thưởng của xã; số tiền chính thức theo mức lương cơ sở tại "
                "ngày ban hành quyết định."
            )
        )
    blocks += _merged_lines((_row_name(row, rows, on), reason_in_sentence(row.line.written_sum)) for row in rows)
    return blocks


def _vote(row: SubmissionRow) -> str:
    """ "06/07 thành viên Hội đồng đồng ý (85,7%), đạt mức quy định (ít nhất 04/07)"."""
    verdict = row.vote.verdict if row.vote else {}
    if not row.vote or row.vote.agree is None or "needed" not in verdict:
        return "theo Biên bản họp"
    members = verdict["members"]
    result = "đạt" if verdict["passed"] else "không đạt"
    share = format_percent(Fraction(verdict["share"]))
    return (
        f"{row.vote.agree:02d}/{members:02d} thành viên Hội đồng đồng ý ({share}), "
        f"{result} mức quy định (ít nhất {verdict['needed']:02d}/{members:02d})"
    )


def _citations(rows: list[SubmissionRow]) -> list[Bullet]:
    """The articles behind the list, each label once. A place in an instrument that is not confirmed is not printed."""
    titles = {row.line.award.name: row.line.award.quoted() for row in rows if row.line.award.title}
    cited: dict[str, list[str]] = {}
    for law in cited_laws(rows):
        question, _, award = law["label"].replace("Người quyết định", "Thẩm quyền quyết định").partition(": ")
        label = f"{question} {titles.get(award, award)}".rstrip()
        citation = law["citation"].removeprefix(f"{label}, ")  # "Mức lương cơ sở, Nghị định số …" of the same label
        citation = citation if law["confirmed"] else instruments_alone(citation)
        cited.setdefault(label, []).append(current.cited_by_day(citation))
    texts = punctuated_items(tuple(f"{label}: {', '.join(_most_exact(texts))}" for label, texts in cited.items()))
    return [Bullet(text) for text in texts]


def _most_exact(citations: list[str]) -> list[str]:
    """The citations, each once, without those that are the end of another: "Điều 54 …" next to "khoản 1 Điều 54 …"."""
    distinct = list(dict.fromkeys(citations))
    return [one for one in distinct if not any(other.endswith(f" {one}") for other in distinct)]


def instruments_alone(citation: str) -> str:
    """ "Nghị định số 152/2025/NĐ-CP", from "khoản 2 Điều 49 Nghị định số 152/2025/NĐ-CP"."""
    return "; ".join(_PLACE_IN_INSTRUMENT.sub("", part) for part in citation.split("; "))


def _row_name(row: SubmissionRow, rows: list[SubmissionRow], on: date) -> str:
    """ "bà Đỗ Thị Êm", "hộ gia đình Lê Văn Bảy".

    With the post and unit if somebody else on the list has the name, with the award if the nominee is on it for several.
    """
    name = line_name_in_sentence(row.line, [other.line for other in rows], on)
    who = row.line.nomination.nominee_identity
    several = sum(other.line.nomination.nominee_identity == who for other in rows) > 1
    return f"{name} ({_award_name([row])})" if several else name


def _subject(groups: list[SubmissionGroup]) -> str:
    """ "Về việc tặng Giấy khen, danh hiệu “Lao động tiên tiến” năm 2025; trình Chủ tịch … tỉnh tặng Bằng khen"."""
    requests: dict[str, list[str]] = {}
    for group in groups:
        request = f"trình {group.line.decider.label} tặng" if group.above else "tặng"
        alone = len(groups) == 1 and not group.above
        requests.setdefault(request, []).append(group.quoted if alone else _award_name(group.rows))
    subject = "Về việc " + "; ".join(f"{request} {', '.join(names)}" for request, names in requests.items())
    return subject if len(subject) <= MAX_SUBJECT_LENGTH else "Về việc tặng danh hiệu thi đua, hình thức khen thưởng"


def _award_name(rows: list[SubmissionRow]) -> str:
    """The award where the body that grants it is known: a title with its years, "Bằng khen" for a form."""
    years = {row.line.year for row in rows}
    award = rows[0].line.award
    return award.quoted(*years) if award.title else award.short


def _requested(group: SubmissionGroup) -> str:
    """ "tặng Giấy khen cho 03 cá nhân"; "trình Chủ tịch … tỉnh tặng Bằng khen … cho 01 tập thể"."""
    nominees = nominee_counts_text(row.line.subject for row in group.rows)
    if group.above:
        return f"xem xét, trình {group.line.decider.label} tặng {_award_name(group.rows)} cho {nominees}"
    return f"tặng {_award_name(group.rows)} cho {nominees}"


def _rows(groups: list[SubmissionGroup]) -> tuple[tuple[str, ...] | TableRowGroup, ...]:
    """The nominees; if there are several awards, each under its own heading."""
    rows: list[tuple[str, ...] | TableRowGroup] = []
    for place, group in enumerate(groups, 1):
        if len(groups) > 1:
            rows.append(TableRowGroup(f"{roman_numeral(place)}. {group.heading}"))
        rows += [
            (row.line.listed_name, row.line.place_in_list, row.line.deed, _agreed(row), _amount(row))
            for row in group.rows
        ]
    return tuple(rows)


def _amount(row: SubmissionRow) -> str:
    """ "760.000"; "-" where a higher authority decides and pays."""
    return "-" if row.line.price is None else format_vnd(row.line.amount)


def _agreed(row: SubmissionRow) -> str:
    """ "05/07": the votes in favour, of all members."""
    return "/".join(f"{int(number):02d}" for number in row.votes.split("/")) if row.votes else ""


def _merged_lines(pairs: Iterable[tuple[str, str]]) -> tuple[Bullet, ...]:
    """Merge (name, text) pairs: one line for each text, and one line for all if the text is the same for all."""
    names: dict[str, list[str]] = {}
    for name, text in pairs:
        names.setdefault(text.rstrip("."), []).append(name)
    if len(names) == 1 and len(next(iter(names.values()))) > 1:
        lines = tuple(f"Tất cả các trường hợp: {text}" for text in names)
    else:
        lines = tuple(f"{upper_first(', '.join(people))}: {text}" for text, people in names.items())
    return tuple(Bullet(text) for text in punctuated_items(lines))


def _signature(seats: list[Seat], numbered: bool, by: str) -> Signature:
    first_by_role = {seat.role: seat.person.full_name for seat in reversed(seats)}
    if numbered:
        return Signature(("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), first_by_role.get(Seat.VICE, by))
    return Signature(("ỦY VIÊN THƯỜNG TRỰC",), first_by_role.get(Seat.STANDING, by))
