"""Papers about awards of an issued decision: công văn đính chính, quyết định thay thế, and the choice of the paper by kind.

Wording errors are corrected by a công văn, other errors by a paper of the same kind (NĐ 30/2020 Điều 17).
"""

from collections.abc import Sequence
from datetime import date

from commendations.models import Amendment, Award, Decision
from commendations.papers.amendment_parts import certificate_word, decision_in_words, decision_reference
from commendations.papers.cancellation import cancellation_paper
from commendations.papers.decision import decision_paper
from commendations.queries.amendment import awards_of, changed_words_of, is_whole_decision, replacement_lines
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from emulation.core.formatting import lower_first, upper_first
from emulation.core.text import filled_lines
from emulation.documents.blocks.body import Paragraph, Table, TableColumn, typed_paragraphs
from emulation.documents.blocks.letterhead import committee_signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.letterheads import committee_letterhead, demo_note

CORRECTION_COLUMNS = (
    TableColumn("Tên, số sổ vàng", 22),
    TableColumn("Nội dung", 18),
    TableColumn("Đã ghi", 30),
    TableColumn("Đính chính thành", 30),
)


def amendment_paper(amendment: Amendment, on: date) -> Paper:
    """The paper of an amendment with the letterhead of that day, as a draft. Raises InvalidPaper when a required part is missing."""
    make = {
        Amendment.CORRECTION: correction_paper,
        Amendment.REPLACEMENT: replacement_paper,
        Amendment.CANCELLATION: cancellation_paper,
    }
    return make[amendment.kind](amendment, on)


def amendment_subject(amendment: Amendment) -> str:
    """The default trích yếu."""
    decision = amendment.decision
    which = f"Quyết định số {decision_reference(decision)}"
    if amendment.kind == Amendment.CORRECTION:
        return f"Về việc đính chính {which}"
    awards = awards_of(amendment)
    award = outgoing_award_name(decision, awards[0].awarded_on)
    if amendment.kind == Amendment.CANCELLATION:
        if is_whole_decision(amendment):
            return f"Về việc hủy bỏ {which}"
        return f"Về việc hủy bỏ việc tặng {award.quoted(*{one.year for one in awards})}"
    return decision.subject


# ── correction ───────────────────────────────────────────────────────────────────────────────────


def correction_paper(amendment: Amendment, on: date) -> Paper:
    """The công văn đính chính: each changed word as it was and as it is."""
    awards = awards_of(amendment)
    rows = tuple(
        (f"{one.award.name}, số {one.award.decision_serial:02d}", upper_first(one.label), one.old, one.new)
        for one in changed_words_of(amendment)
    )
    identity = commune_identity_on(amendment.decision, on)
    lead = f"Ủy ban nhân dân {identity.name} đính chính một số nội dung tại {decision_in_words(amendment.decision)}"
    return Paper(
        kind="dinh_chinh",
        letterhead=committee_letterhead(amendment.commune, on, "cong_van"),
        subject=amendment.subject,
        addressees=_addressees(awards),
        body=(
            *typed_paragraphs(amendment.explanation),
            Paragraph(f"{lead} {lower_first(amendment.decision.subject)} như sau:"),
            Table(CORRECTION_COLUMNS, rows),
            Paragraph(_unchanged_rest(awards)),
        ),
        signatures=(committee_signature(amendment.signer, deputy=amendment.deputy),),
        recipients=filled_lines(amendment.recipients),
        note=demo_note(amendment.commune),
    )


def _addressees(awards: Sequence[Award]) -> tuple[str, ...]:
    units = dict.fromkeys(award.unit.name for award in awards)
    return (*units, "Các tập thể, hộ gia đình, cá nhân có tên dưới đây")


def _unchanged_rest(awards: Sequence[Award]) -> str:
    unchanged = "Các nội dung khác của Quyết định không thay đổi."
    if not any(award.certificate_id for award in awards):
        return unchanged
    return f"{unchanged} {certificate_word(awards)} đã cấp cho các trường hợp trên được thu hồi và cấp lại."


# ── replacement ──────────────────────────────────────────────────────────────────────────────────


def replacing_decision(amendment: Amendment) -> Decision:
    """The decision, not saved yet, that a replacement issues: the old one with the wording of the amendment."""
    old = amendment.decision
    scope = "" if is_whole_decision(amendment) else "phần khen thưởng các trường hợp có tên tại Điều 1 trong "
    return Decision(
        commune=amendment.commune,
        chair_submission=old.chair_submission,
        award_code=old.award_code,
        subject=amendment.subject,
        signer_title=_signer_title(amendment),
        signer_name=amendment.signer,
        expected_on=old.expected_on,
        grounds=amendment.grounds,
        recipients=amendment.recipients,
        funding=old.funding,
        list_order=old.list_order,
        carried_out_by=f"Quyết định này thay thế {scope}{decision_in_words(old)}. {old.carried_out_by}",
        replaces=old,
    )


def _signer_title(amendment: Amendment) -> str:
    old = amendment.decision
    if amendment.deputy:
        return Decision.DEPUTY
    return old.signer_title if old.signer_title != Decision.DEPUTY else Decision.CHAIR


def replacement_paper(amendment: Amendment, on: date) -> Paper:
    """The quyết định thay thế: the awards again, with their new words and the money of that day."""
    return decision_paper(replacing_decision(amendment), replacement_lines(amendment, on), on)
