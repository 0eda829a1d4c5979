"""The quyết định hủy bỏ about awards of an issued decision: whom, for what reason, what is recovered."""

from collections.abc import Sequence
from datetime import date

from commendations.models import Amendment, Award
from commendations.papers.amendment_parts import (
    award_of_decision,
    counted_certificates,
    decision_in_words,
    kinds_of_recipients,
    named_recipients,
)
from commendations.papers.award_list import nominee_columns
from commendations.queries.amendment import addressed_recipient, awards_of, is_whole_decision
from commendations.queries.award_lines import nominee_counts_text
from commendations.queries.decision import commune_identity_on
from commendations.rules.amendment import reason_in_sentence
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
from emulation.documents.letterheads import committee_letterhead
from emulation.legal import current
from villages.rules.name_marks import marked_name

CANCELLATION_COLUMNS = (
    TableColumn("Số sổ vàng", 12, TextAlign.center),
    TableColumn("Tiền thưởng thu hồi (đồng)", 18, TextAlign.right),
)
CANCELLATION_EXECUTION = "{offices}, các đơn vị liên quan và {recipients}"


def cancellation_paper(amendment: Amendment, on: date) -> Paper:
    """The quyết định hủy bỏ, with the money and certificates to recover; several recipients stand on a list."""
    decision = amendment.decision
    identity = commune_identity_on(decision, on)
    awards = awards_of(amendment)
    total = sum(award.money_given for award in awards)
    return Paper(
        kind="huy_bo",
        letterhead=committee_letterhead(amendment.commune, on, "quyet_dinh"),
        doc_type="QUYẾT ĐỊNH",
        subject=amendment.subject,
        body=(
            CenteredLine(f"CHỦ TỊCH {identity.issuer}"),
            *(LegalBasisLine(line) for line in filled_lines(amendment.grounds)),
            EnactingLine(),
            Article(1, _cancelled(amendment, awards, on)),
            Article(2, _recovered(awards, total)),
            Article(3, with_end_mark(_in_force(amendment, awards, total, on))),
        ),
        signatures=(amendment_signature(amendment),),
        recipients=filled_lines(amendment.recipients),
        appendices=(_cancelled_list(awards, total, identity.name),) if len(awards) > 1 else (),
        one_page=True,
    )


def amendment_signature(amendment: Amendment) -> Signature:
    """CHỦ TỊCH, or KT. CHỦ TỊCH / PHÓ CHỦ TỊCH."""
    return chair_signature(amendment.signer, deputy=amendment.deputy)


def _cancelled(amendment: Amendment, awards: Sequence[Award], on: date) -> str:
    decision = amendment.decision
    which = decision_in_words(decision)
    whom = _whom(awards, on)
    if is_whole_decision(amendment):
        what = f"Hủy bỏ {which} {lower_first(decision.subject)}{'' if len(awards) > 1 else f' ({whom})'}"
    else:
        what = f"Hủy bỏ việc tặng {award_of_decision(decision, awards)} tại {which} đối với {whom}"
    listed = " (có Danh sách kèm theo)" if len(awards) > 1 else ""
    return f"{what}{listed}. Lý do: {reason_in_sentence(amendment.explanation)}."


def _whom(awards: Sequence[Award], on: date) -> str:
    if len(awards) > 1:
        return nominee_counts_text(award.nominee_kind for award in awards)
    award = awards[0]
    recipient = marked_name(addressed_recipient(award, on), award.name_mark or "")
    return recipient_in_sentence(recipient, award.current_place)


def _recovered(awards: Sequence[Award], total: int) -> str:
    things = [one] if (one := counted_certificates(awards)) else []
    if total:
        in_words = f"(Bằng chữ: {upper_first(money_in_words(total))})"
        things.append(f"tiền thưởng {format_vnd(total)} đồng {in_words}, nộp về Quỹ thi đua, khen thưởng của xã")
    if not things:
        return "Danh hiệu bị hủy bỏ không được dùng làm căn cứ xét khen thưởng."
    return upper_first("; ".join(f"thu hồi {thing}" for thing in things)) + "."


def _in_force(amendment: Amendment, awards: Sequence[Award], total: int, on: date) -> str:
    offices = current.commune_offices_for(amendment.commune_id, on)
    named = f"{offices.awards}, {offices.accounts}" if total else offices.awards
    recipients = named_recipients(awards, on_list=len(awards) > 1)
    who = CANCELLATION_EXECUTION.format(offices=named, recipients=recipients)
    return f"Quyết định này có hiệu lực kể từ ngày ký. {who} chịu trách nhiệm thi hành Quyết định này."


def _cancelled_list(awards: Sequence[Award], total: int, commune: str) -> Appendix:
    rows = tuple(
        (
            award.current_name,
            award.current_place or upper_first(commune),
            f"{award.decision_serial:02d}",
            format_vnd(award.money_given),
        )
        for award in awards
    )
    nominees = nominee_columns((award.nominee_kind for award in awards), 28, 30)
    return Appendix(
        "DANH SÁCH",
        (Table((*nominees, *CANCELLATION_COLUMNS), rows, total=("Tổng cộng", "", "", format_vnd(total))),),
        subtitle=f"{upper_first(kinds_of_recipients(awards).removeprefix('các '))} bị hủy bỏ khen thưởng",
        of=f"Chủ tịch Ủy ban nhân dân {commune}",
    )
