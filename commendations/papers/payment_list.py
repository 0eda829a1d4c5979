"""Payment list (danh sách chi tiền thưởng): amounts per recipient of one decision, with a column to sign."""

from collections.abc import Sequence
from datetime import date

from commendations.models import Award, Decision
from commendations.papers.award_list import nominee_columns
from commendations.papers.decision import decision_signature
from commendations.queries.decision import outgoing_award_name
from commendations.queries.payments import Payment, payments_of
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import date_in_words, format_date, format_vnd, lower_first, money_in_words, upper_first
from emulation.documents.blocks.body import CenteredLine, Paragraph, Table, TableColumn, TextAlign
from emulation.documents.blocks.letterhead import Letterhead, Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.models import IssuedDocument
from emulation.legal import current
from emulation.legal.engine.rules.money import exact_calculation, round_prize, rounding_in_words

NOT_PAID = "Không chi"
"""In the column to sign, of a recipient who is paid nothing."""
PAID_SEPARATELY = "Chi riêng"
"""In the column to sign, of a recipient who is paid by a list of supplements."""
SUM = TableColumn("Số tiền (đồng)", 13, TextAlign.right)
OTHER_COLUMNS = (TableColumn("Cách tính", 27), SUM, TableColumn("Ký nhận", 15))


def payment_list_paper(
    decision: Decision, identity: CommuneIdentity, by: str, on: date, amended_by: Sequence[IssuedDocument]
) -> Paper:
    """The payment list of an issued decision, from its awards in force; `by` prepared it on the day `on`.

    What was paid under a decision that this one replaces is not paid again. `amended_by`: the papers that changed awards of
    the decision, in their order; lists made before the last are no longer used.
    """
    payments = payments_of(decision)
    document = decision.document
    assert document is not None
    total = sum(payment.amount for payment in payments)
    award_words = outgoing_award_name(decision, document.issued_on).quoted(*{one.award.year for one in payments})
    return Paper(
        kind="danh_sach_chi_tien",
        letterhead=Letterhead(issuer=identity.issuer, place=identity.place_name, year=on.year),
        doc_type="DANH SÁCH",
        subject=f"Chi tiền thưởng kèm theo {award_words}",
        body=(
            CenteredLine(
                f"(Theo Quyết định số {document.reference} {date_in_words(document.issued_on)})\n(Lập {date_in_words(on)})",
                bold=False,
                italic=True,
            ),
            *_amended(amended_by),
            Table(
                _columns(payments),
                tuple(_row(payment, identity) for payment in payments),
                total=("Tổng cộng", "", "", format_vnd(total), ""),
            ),
            Paragraph(f"{money_in_words(total)}.", lead="Bằng chữ:"),
            *_how_calculated(payments),
        ),
        signatures=(Signature(("NGƯỜI LẬP DANH SÁCH",), by), decision_signature(decision)),
        recipients=("Kế toán", current.commune_offices_for(decision.commune_id, on).file_line),
    )


def _columns(payments: Sequence[Payment]) -> tuple[TableColumn, ...]:
    """The columns; that of the calculation is wider where it has a reason in words, of a recipient who is not paid."""
    kinds = (payment.award.nominee_kind for payment in payments)
    if any(payment.award.unpaid for payment in payments):
        return *nominee_columns(kinds, 20, 20), TableColumn("Cách tính", 32), SUM, TableColumn("Ký nhận", 15)
    return *nominee_columns(kinds, 25, 20), *OTHER_COLUMNS


def _amended(by: Sequence[IssuedDocument]) -> tuple[CenteredLine, ...]:
    if not by:
        return ()
    named = ", ".join(f"{paper} {date_in_words(paper.issued_on)}" for paper in by)
    text = f"(Còn hiệu lực sau {named}; thay cho danh sách lập trước đó, nếu có)"
    return (CenteredLine(text, bold=False, italic=True),)


def _how_calculated(payments: Sequence[Payment]) -> tuple[Paragraph, ...]:
    """The rounding that was used, once for the whole list: the awards of a decision have the values of its day."""
    rules = {payment.award.rounding_rule for payment in payments if _is_rounded(payment.award)}
    return tuple(
        Paragraph(f"hệ số × mức lương cơ sở, {rounding_in_words(rule)}.", lead="Cách tính:") for rule in sorted(rules)
    )


def _row(payment: Payment, identity: CommuneIdentity) -> tuple[str, ...]:
    award = payment.award
    more = award.payable - award.to_pay
    supplement = f"nay chi bổ sung {format_vnd(more)} đồng theo danh sách riêng" if more else ""
    calculation = "; ".join(part for part in (_sum(award), _paid(payment), supplement) if part)
    unsigned = PAID_SEPARATELY if more else NOT_PAID
    signature = "" if payment.amount else unsigned
    return award.current_name, place_on_list(award, identity), calculation, format_vnd(payment.amount), signature


def place_on_list(award: Award, identity: CommuneIdentity) -> str:
    """The post and unit, or the address; of a collective that is a unit of the commune itself, the commune."""
    return award.current_place or upper_first(identity.name)


def _paid(payment: Payment) -> str:
    """What was paid under the replaced decision, "" for nothing."""
    earlier = payment.earlier
    if earlier is None or earlier.decision.document is None:
        return ""
    document = earlier.decision.document
    under = f"theo Quyết định số {document.reference} ngày {format_date(document.issued_on)}"
    return f"đã chi {format_vnd(payment.already_paid)} đồng {under}"


def _is_rounded(award: Award) -> bool:
    if award.unpaid or not award.coefficient:
        return False
    exact = award.coefficient * award.base_salary
    return round_prize(exact, award.rounding_rule) != exact


def _sum(award: Award) -> str:
    """The calculation before rounding, or why nothing is paid."""
    if award.unpaid and award.payable:
        return f"Khi quyết định không chi: {lower_first(award.unpaid)}"
    if award.unpaid:
        return award.unpaid
    if not award.coefficient:
        return "Không kèm tiền thưởng"
    calculation = exact_calculation(award.coefficient, award.base_salary)
    return "; ".join(part for part in (calculation, award.legal.get("note", "")) if part)
