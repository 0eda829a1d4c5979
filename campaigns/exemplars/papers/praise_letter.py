"""The chair's praise letter (thư khen) as a document, without a number."""

from datetime import date

from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.documents.blocks.body import Paragraph, typed_paragraphs
from emulation.documents.blocks.letterhead import chair_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.letterheads import committee_letterhead


def praise_letter_paper(letter: PraiseLetter, on: date) -> Paper:
    """The letter with the letterhead of that day. Raises InvalidPaper when a required part is missing."""
    identity = letter.commune.identity_on(on)
    return Paper(
        kind="thu_khen",
        letterhead=committee_letterhead(letter.commune, on),
        doc_type="THƯ KHEN",
        subject=f"Của Chủ tịch Ủy ban nhân dân {identity.name}",
        body=(Paragraph(f"Thân gửi: {letter.addressee}", bold=True), *typed_paragraphs(letter.text)),
        signatures=(chair_signature(letter.signer, deputy=letter.deputy),),
    )
