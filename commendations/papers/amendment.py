"""Papers about awards of an issued decision: công văn đính chính, quyết định hủy bỏ, quyết định thay thế.

Wording errors are corrected by a công văn, other errors by a paper of the same kind (NĐ 30/2020 Điều 17).
"""

from collections.abc import Sequence
from datetime import date

from commendations.models import Amendment, Award, Decision
from commendations.papers.decision import NOMINEE_KIND_HEADINGS, decision_paper
from commendations.queries.amendment import (
    awards_of,
    changed_words_of,
    is_whole_decision,
    replacement_lines,
    words_in_force,
)
from commendations.queries.award_lines import NOMINEE_KIND_ORDER, nominee_counts_text
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from commendations.rules.wording import recipient_in_sentence
from emulation.core.formatting import format_date, format_vnd, lower_first, money_in_words, upper_first
from emulation.documents.blocks.body import (
    Article,
    CenteredLine,
    EnactingLine,
    LegalBasisLine,
    Paragraph,
    Table,
    TableColumn,
    TextAlign,
    typed_paragraphs,
)
from emulation.documents.blocks.letterhead import Signature, chair_signature, committee_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead

CORRECTION_COLUMNS = (
    TableColumn("Tên, số sổ vàng", 22),
    TableColumn("Nội dung", 18),
    TableColumn("Đã ghi", 30),
    TableColumn("Đính chính thành", 30),
)
CANCELLATION_COLUMNS = (
    TableColumn("Họ và tên, tên hộ, tập thể", 28),
    TableColumn("Chức vụ, đơn vị", 30),
    TableColumn("Số sổ vàng", 12, TextAlign.center),
    TableColumn("Tiền thưởng thu hồi (đồng)", 18, TextAlign.right),
)
CANCELLATION_EXECUTION = "Văn phòng - Thống kê, {accountant}các đơn vị liên quan và {kinds} có tên tại Điều 1"


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
    which = f"Quyết định số {_reference(decision)}"
    if amendment.kind == Amendment.CORRECTION:
        return f"Về việc đính chính {which}"
    awards = awards_of(amendment)
    award = outgoing_award_name(decision, awards[0].awarded_on)
    if amendment.kind == Amendment.CANCELLATION:
        if is_whole_decision(amendment):
            return f"Về việc hủy bỏ {which}"
        return f"Về việc hủy bỏ việc tặng {award.quoted(*{one.year for one in awards})}"
    return decision.subject


def decision_in_words(decision: Decision) -> str:
    """ "Quyết định số 05/QĐ-UBND ngày 05/02/2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương"."""
    assert decision.issued_on is not None
    identity = commune_identity_on(decision, decision.issued_on)
    day = format_date(decision.issued_on)
    return f"Quyết định số {_reference(decision)} ngày {day} của Chủ tịch Ủy ban nhân dân {identity.name}"


def _reference(decision: Decision) -> str:
    return decision.document.reference if decision.document else ""


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
        recipients=_lines(amendment.recipients),
        note=_demo_note(amendment),
    )


def _addressees(awards: Sequence[Award]) -> tuple[str, ...]:
    units = dict.fromkeys(award.unit.name for award in awards)
    return (*units, "Các tập thể, hộ gia đình, cá nhân có tên dưới đây")


def _unchanged_rest(awards: Sequence[Award]) -> str:
    unchanged = "Các nội dung khác của Quyết định không thay đổi."
    if not any(award.certificate_id for award in awards):
        return unchanged
    return f"{unchanged} {_certificate_word(awards)} đã cấp cho các trường hợp trên được thu hồi và cấp lại."


# ── cancellation ─────────────────────────────────────────────────────────────────────────────────


def cancellation_paper(amendment: Amendment, on: date) -> Paper:
    """The quyết định hủy bỏ, with the money and certificates to recover; several recipients stand on a list."""
    decision = amendment.decision
    identity = commune_identity_on(decision, on)
    awards = awards_of(amendment)
    total = sum(award.amount for award in awards)
    return Paper(
        kind="huy_bo",
        letterhead=committee_letterhead(amendment.commune, on, "quyet_dinh"),
        doc_type="QUYẾT ĐỊNH",
        subject=amendment.subject,
        body=(
            CenteredLine(f"CHỦ TỊCH {identity.issuer}"),
            *(LegalBasisLine(line) for line in amendment.grounds.split("\n") if line.strip()),
            EnactingLine(),
            Article(1, _cancelled(amendment, awards)),
            Article(2, _recovered(awards, total)),
            Article(3, _in_force(awards, total)),
        ),
        signatures=(amendment_signature(amendment),),
        recipients=_lines(amendment.recipients),
        appendices=(_cancelled_list(awards, total, identity.name),) if len(awards) > 1 else (),
        note=_demo_note(amendment),
    )


def amendment_signature(amendment: Amendment) -> Signature:
    """CHỦ TỊCH, or KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    return chair_signature(amendment.signer, deputy=amendment.deputy)


def _cancelled(amendment: Amendment, awards: Sequence[Award]) -> str:
    decision = amendment.decision
    which = decision_in_words(decision)
    if is_whole_decision(amendment):
        what = f"Hủy bỏ {which} {lower_first(decision.subject)}"
    else:
        award = outgoing_award_name(decision, awards[0].awarded_on).quoted(*{one.year for one in awards})
        what = f"Hủy bỏ việc tặng {award} tại {which} đối với {_whom(awards)}"
    listed = " (có danh sách kèm theo)" if len(awards) > 1 else ""
    return f"{what}{listed}. Lý do: {with_end_mark(lower_first(amendment.explanation))}"


def _whom(awards: Sequence[Award]) -> str:
    if len(awards) > 1:
        return nominee_counts_text(award.nominee_kind for award in awards)
    award = awards[0]
    recipient = words_in_force(award)["recipient"] or award.current_name
    place = f", {award.current_place}" if award.current_place else ""
    return f"{recipient_in_sentence(recipient, '') if award.certificate_id else recipient}{place}"


def _recovered(awards: Sequence[Award], total: int) -> str:
    things = [lower_first(_certificate_word(awards))] if any(award.certificate_id for award in awards) else []
    money = f"tiền thưởng {format_vnd(total)} đồng (Bằng chữ: {upper_first(money_in_words(total))})" if total else ""
    if not things and not money:
        return "Danh hiệu bị hủy bỏ không được dùng làm căn cứ xét khen thưởng."
    recovered = f"Thu hồi {' và '.join([*things, *([money] if money else [])])}"
    return f"{recovered}{', nộp về Quỹ thi đua, khen thưởng của xã' if money else ''}."


def _in_force(awards: Sequence[Award], total: int) -> str:
    kinds = {award.nominee_kind for award in awards}
    named = ", ".join(NOMINEE_KIND_HEADINGS[kind].lower() for kind in NOMINEE_KIND_ORDER if kind in kinds)
    accountant = "công chức Tài chính - Kế toán, " if total else ""
    who = CANCELLATION_EXECUTION.format(accountant=accountant, kinds=named)
    return f"Quyết định này có hiệu lực kể từ ngày ký. {who} chịu trách nhiệm thi hành Quyết định này."


def _cancelled_list(awards: Sequence[Award], total: int, commune: str) -> Appendix:
    rows = tuple(
        (award.current_name, award.current_place, f"{award.decision_serial:02d}", format_vnd(award.amount))
        for award in awards
    )
    return Appendix(
        "DANH SÁCH",
        (Table(CANCELLATION_COLUMNS, rows, total=("Tổng cộng", "", "", format_vnd(total))),),
        subtitle="Các trường hợp bị hủy bỏ khen thưởng",
        of=f"Chủ tịch Ủy ban nhân dân {commune}",
    )


def _certificate_word(awards: Sequence[Award]) -> str:
    return "Bằng chứng nhận" if awards[0].is_title else "Giấy khen"


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


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.split("\n") if line.strip())


def _demo_note(amendment: Amendment) -> str:
    return "Dữ liệu minh họa" if amendment.commune.is_demo else ""
