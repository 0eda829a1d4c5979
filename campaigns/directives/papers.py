"""The letter (công văn) by which the commune carries out a directive, as blocks."""

from datetime import date

from campaigns.directives.models.letter import Letter
from emulation.core.text import filled_lines
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import Bullet, Clause, Paragraph, typed_paragraphs
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead


def letter_paper(letter: Letter, on: date) -> Paper:
    """The letter with the letterhead of that day. Raises InvalidPaper when a required part is missing."""
    return Paper(
        kind="cong_van",
        letterhead=committee_letterhead(letter.commune, on, "cong_van"),
        subject=letter.subject,
        addressees=recipient_lines(letter.addressees),
        body=(*typed_paragraphs(letter.opening), *_groups(letter), *_closing(letter.closing)),
        signatures=(committee_signature(letter.signer, deputy=letter.deputy),),
        recipients=_with_addressees(recipient_lines(letter.recipients)),
    )


def _with_addressees(recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The recipients; "Như trên", for the addressees, is the first."""
    above = [line for line in recipients if line.lower().startswith("như trên")]
    others = [line for line in recipients if line not in above]
    return (*(above or ["Như trên"]), *others)


def _groups(letter: Letter) -> list[Block]:
    blocks: list[Block] = []
    texts = [text for name, _ in Letter.GROUPS if (text := getattr(letter, name).strip())]
    for number, text in enumerate(texts, 1):
        first, *rest = filled_lines(text)
        blocks.append(_group_head(number, first, has_items=bool(rest)) if len(texts) > 1 else Paragraph(first))
        for line in rest:
            is_bullet = line.lstrip()[:1] in "-–•"
            blocks.append(Bullet(line.lstrip(" -–•")) if is_bullet else Paragraph(line))
    return blocks


def _group_head(number: int, text: str, *, has_items: bool) -> Clause:
    """The first line of a group; the heading of its items, with which it stays on one page."""
    return Clause(number, title=text) if has_items else Clause(number, text)


def _closing(text: str) -> tuple[Paragraph, ...]:
    *before, last = filled_lines(text) or ("",)
    return (*(Paragraph(line) for line in before), *([Paragraph(with_end_mark(last))] if last else []))


def recipient_lines(text: str) -> tuple[str, ...]:
    """One entry per line, without the dashes and punctuation that the document engines add."""
    return tuple(line.strip(" -–•;.") for line in text.split("\n") if line.strip(" -–•;."))
