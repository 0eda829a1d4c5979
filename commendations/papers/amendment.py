"""Papers about awards of an issued decision: the công văn đính chính, and the choice of the paper by kind.

Wording errors are corrected by a công văn, other errors by a paper of the same kind (NĐ 30/2020 Điều 17).
"""

from collections.abc import Sequence
from datetime import date

from commendations.models import Amendment, Award, Decision
from commendations.models.nomination import units_once
from commendations.papers.amendment_parts import counted_certificates, decision_in_words, kinds_of_recipients
from commendations.papers.cancellation import cancellation_paper
from commendations.papers.replacement import replacement_paper
from commendations.queries.amendment import ChangedWord, addressed_recipient, awards_of, changed_words_of
from commendations.queries.decision import commune_identity_on
from commendations.rules.wording import joined_place, recipient_in_sentence
from emulation.core.formatting import lower_first, upper_first
from emulation.core.text import filled_lines
from emulation.documents.blocks.body import Paragraph, Table, TableColumn, typed_paragraphs
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead
from villages.rules.name_marks import marked_name

CORRECTION_COLUMNS = (
    TableColumn("Tên, số sổ vàng", 22),
    TableColumn("Nội dung", 17),
    TableColumn("Đã ghi", 27),
    TableColumn("Đính chính thành", 27),
)


def amendment_paper(amendment: Amendment, on: date) -> Paper:
    """The paper of an amendment with the letterhead of that day, as a draft. Raises InvalidPaper when a required part is missing."""
    make = {
        Amendment.CORRECTION: correction_paper,
        Amendment.REPLACEMENT: replacement_paper,
        Amendment.CANCELLATION: cancellation_paper,
    }
    return make[amendment.kind](amendment, on)


def correction_paper(amendment: Amendment, on: date) -> Paper:
    """The công văn đính chính: each changed word as it was and as it is."""
    awards = awards_of(amendment)
    in_text = _names_in_text(amendment.decision)
    rows = tuple(_changed(one, in_text) for one in changed_words_of(amendment))
    identity = commune_identity_on(amendment.decision, on)
    recipient = _only_recipient(amendment, awards, on)
    what = "nội dung" if len(rows) == 1 else "một số nội dung"
    lead = f"Ủy ban nhân dân {identity.name} đính chính {what} tại {decision_in_words(amendment.decision)}"
    return Paper(
        kind="dinh_chinh",
        letterhead=committee_letterhead(amendment.commune, on, "cong_van"),
        subject=amendment.subject,
        addressees=_addressees(awards, recipient),
        body=(
            *typed_paragraphs(amendment.explanation),
            Paragraph(f"{lead} {lower_first(amendment.decision.subject)} như sau:"),
            Table(CORRECTION_COLUMNS, rows),
            *_unchanged_rest(awards, recipient),
        ),
        signatures=(committee_signature(amendment.signer, deputy=amendment.deputy),),
        recipients=filled_lines(amendment.recipients),
    )


def _names_in_text(decision: Decision) -> bool:
    """Whether the decision names its recipients in Điều 1, not on a list."""
    paper = decision.document.paper if decision.document else None
    return isinstance(paper, Paper) and not paper.appendices


def _changed(one: ChangedWord, in_text: bool) -> tuple[str, ...]:
    """A row of the table; post and unit as the decision writes them, without a comma between them in its text."""
    joined = in_text and one.field == "place"
    words = (joined_place(text) if joined else text for text in (one.old, one.new))
    return (f"{one.award.name}\nsố {one.award.decision_serial:02d}", upper_first(one.label), *words)


def _only_recipient(amendment: Amendment, awards: Sequence[Award], on: date) -> str:
    """ "Ông Quách Công Định", with the corrected name, "Thôn 2" for a collective; "" for several recipients."""
    if len(awards) > 1:
        return ""
    words = amendment.lines[0]
    award = awards[0]
    if award.nominee_kind == "collective":
        return words["name"]
    return marked_name(addressed_recipient(award, on, words), award.name_mark or "")


def _addressees(awards: Sequence[Award], recipient: str) -> tuple[str, ...]:
    """The units, then the recipient; several are named by the kinds that there are."""
    named = recipient or f"{upper_first(kinds_of_recipients(awards))} có tên dưới đây"
    return tuple(dict.fromkeys([*(unit.name for unit in units_once(award.units for award in awards)), named]))


def _unchanged_rest(awards: Sequence[Award], recipient: str) -> tuple[Paragraph, ...]:
    """Two paragraphs where there are certificates: they go along with the signature, and no row of the table has to."""
    unchanged = "Các nội dung khác của Quyết định không thay đổi."
    if not (certificates := counted_certificates(awards)):
        return (Paragraph(with_end_mark(unchanged)),)
    holder = recipient_in_sentence(recipient, "") if recipient else f"{kinds_of_recipients(awards)} nêu trên"
    return Paragraph(unchanged), Paragraph(
        with_end_mark(f"{certificates} đã cấp cho {holder} được thu hồi và cấp lại.")
    )
