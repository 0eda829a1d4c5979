"""List of supplements (danh sách chi bổ sung): money due for titles of one decision after another title was cancelled."""

from collections.abc import Sequence
from datetime import date

from commendations.models import AwardSupplement, Decision
from commendations.papers.award_list import nominee_columns
from commendations.papers.decision import decision_signature
from commendations.papers.payment_list import OTHER_COLUMNS, place_on_list
from commendations.queries.decision import outgoing_award_name
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import date_in_words, format_date, format_vnd, money_in_words, upper_first
from emulation.documents.blocks.body import CenteredLine, Paragraph, Table
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.documents.blocks.paper import Paper
from emulation.legal import current


def supplement_list_paper(
    decision: Decision, supplements: Sequence[AwardSupplement], identity: CommuneIdentity, by: str, on: date
) -> Paper:
    """The list of these supplements, awards of the issued decision; `by` prepared it on the day `on`.

    It does not repeat the payment list of the decision, which stays as it was signed. A row that was paid has the day in the
    column to sign; the rest is summed up, because that is what is still signed for.
    """
    document = decision.document
    assert document is not None
    total = sum(row.amount for row in supplements)
    awards = [row.award for row in supplements]
    award_words = outgoing_award_name(decision, document.issued_on).quoted(*{award.year for award in awards})
    nominees = nominee_columns((award.nominee_kind for award in awards), 25, 20)
    return Paper(
        kind="danh_sach_chi_tien",
        letterhead=Letterhead(issuer=identity.issuer, place=identity.place_name, year=on.year),
        doc_type="DANH SÁCH",
        subject=f"Chi bổ sung tiền thưởng kèm theo {award_words}",
        body=(
            CenteredLine(
                f"(Theo Quyết định số {document.reference} {date_in_words(document.issued_on)})\n(Lập {date_in_words(on)})",
                bold=False,
                italic=True,
            ),
            Table(
                (*nominees, *OTHER_COLUMNS),
                tuple(_row(row, identity) for row in supplements),
                total=("Tổng cộng", "", "", format_vnd(total), ""),
            ),
            Paragraph(f"{money_in_words(total)}.", lead="Bằng chữ:"),
            *_still_to_pay(supplements, total),
        ),
        signatures=(Signature(("NGƯỜI LẬP DANH SÁCH",), by), decision_signature(decision)),
        recipients=("Kế toán", current.commune_offices_for(decision.commune_id, on).file_line),
    )


def _row(supplement: AwardSupplement, identity: CommuneIdentity) -> tuple[str, ...]:
    award = supplement.award
    reason = upper_first(supplement.reason)
    paid = f"Đã chi {format_date(supplement.answer.answered_on)}" if supplement.answer else ""
    return award.current_name, place_on_list(award, identity), reason, format_vnd(supplement.amount), paid


def _still_to_pay(supplements: Sequence[AwardSupplement], total: int) -> tuple[Paragraph, ...]:
    """What of the total was paid and what is left; nothing while nothing was paid."""
    paid = sum(row.amount for row in supplements if row.is_paid)
    if not paid:
        return ()
    left = total - paid
    rest = f"còn phải chi {format_vnd(left)} đồng ({money_in_words(left)})" if left else "không còn khoản nào phải chi"
    return (Paragraph(f"Trong đó đã chi {format_vnd(paid)} đồng; {rest}."),)
