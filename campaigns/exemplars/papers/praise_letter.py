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
        subject=f"Của Chủ tịch {identity.issuer_short}",
        body=(Paragraph(f"Thân gửi: {letter.addressee}", bold=True), *typed_paragraphs(letter.text)),
        signatures=(chair_signature(letter.signer, deputy=letter.deputy),),
        note="Dữ liệu minh họa" if letter.commune.is_demo else "",
    )


def praise_letter_sample() -> Paper:
    """The demo's thư khen, for `manage.py sample_papers`. Raises LookupError when there is none."""
    row = PraiseLetter.objects.filter(commune__is_demo=True, document__isnull=False).order_by("pk").first()
    if row is None or row.document is None:
        raise LookupError("no thư khen was signed in the demo")
    paper = row.document.paper
    assert isinstance(paper, Paper)
    return paper
