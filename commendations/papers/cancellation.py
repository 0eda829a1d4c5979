"""The quyết định hủy bỏ about awards of an issued decision: whom, for what reason, what is recovered."""

from collections.abc import Sequence
from datetime import date

from commendations.models import Amendment, Award
from commendations.papers.amendment_parts import certificate_word, decision_in_words
from commendations.papers.decision import NOMINEE_KIND_HEADINGS
from commendations.queries.amendment import awards_of, is_whole_decision, words_in_force
from commendations.queries.award_lines import NOMINEE_KIND_ORDER, nominee_counts_text
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from commendations.rules.wording import recipient_in_sentence
from emulation.core.formatting import format_vnd, lower_first, money_in_words, upper_first
from emulation.core.text import filled_lines
from emulation.documents.blocks.body import (
    Article,
    CenteredLine,
    EnactingLine,
    LegalBasisLine,
    Table,
    TableColumn,
    TextAlign,
)
from emulation.documents.blocks.letterhead import Signature, chair_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.letterheads import committee_letterhead, demo_note

CANCELLATION_COLUMNS = (
    TableColumn("Họ và tên, tên hộ, tập thể", 28),
    TableColumn("Chức vụ, đơn vị", 30),
    TableColumn("Số sổ vàng", 12, TextAlign.center),
    TableColumn("Tiền thưởng thu hồi (đồng)", 18, TextAlign.right),
)
CANCELLATION_EXECUTION = "Văn phòng - Thống kê, {accountant}các đơn vị liên quan và {kinds} có tên tại Điều 1"


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
            *(LegalBasisLine(line) for line in filled_lines(amendment.grounds)),
            EnactingLine(),
            Article(1, _cancelled(amendment, awards)),
            Article(2, _recovered(awards, total)),
            Article(3, _in_force(awards, total)),
        ),
        signatures=(amendment_signature(amendment),),
        recipients=filled_lines(amendment.recipients),
        appendices=(_cancelled_list(awards, total, identity.name),) if len(awards) > 1 else (),
        note=demo_note(amendment.commune),
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
    things = [lower_first(certificate_word(awards))] if any(award.certificate_id for award in awards) else []
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
