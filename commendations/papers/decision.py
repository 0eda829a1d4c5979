"""The decision (quyết định) that grants one award: signed CHỦ TỊCH without TM., because the chair decides alone.

Up to four recipients are named in Điều 1, more on a list; the decision itself is to fit one page.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from commendations.models import Decision
from commendations.papers.award_list import NOMINEE_KIND_HEADINGS, ListColumns, list_rows, nominee_kinds_text
from commendations.queries.award_lines import AwardLine, nominee_counts_text
from commendations.queries.decision import commune_identity_on, outgoing_award_name
from commendations.rules.award_names import AwardName, years_in_words
from commendations.rules.wording import recipient_in_sentence
from emulation.communes.models import CommuneIdentity
from emulation.core.formatting import format_vnd, lower_first, money_in_words, upper_first
from emulation.core.text import filled_lines
from emulation.documents.blocks.body import (
    Article,
    CenteredLine,
    Clause,
    EnactingLine,
    LegalBasisLine,
    Paragraph,
    Table,
)
from emulation.documents.blocks.letterhead import Signature, chair_signature
from emulation.documents.blocks.paper import Appendix, Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.documents.engines import layout
from emulation.documents.letterheads import committee_letterhead
from emulation.legal.current import CommuneOffices
from villages.rules.name_marks import marked_name

MAX_NAMES_IN_TEXT = 4
NAMED_IN_ARTICLE = "có tên tại Điều 1"
COMMON_BEGINNINGS = ("đã có thành tích xuất sắc trong phong trào thi đua", "đã có thành tích xuất sắc")


def decision_signature(decision: Decision) -> Signature:
    """CHỦ TỊCH; KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; Q. CHỦ TỊCH."""
    if decision.signer_title == Decision.ACTING:
        return Signature((Decision.ACTING,), decision.signer_name)
    return chair_signature(decision.signer_name, deputy=decision.signer_title == Decision.DEPUTY)


def decision_paper(decision: Decision, listed: list[AwardLine], on: date) -> Paper:
    """The decision with the names, money and letterhead of that day, as a draft.

    The recipients are named in Điều 1, or on a list when there are more than four or the decision would not fit one page.
    """
    if len(listed) <= MAX_NAMES_IN_TEXT:
        paper = _paper(decision, listed, on, in_text=True)
        if len(listed) == 1 or layout.fits_one_page(paper):
            return paper
    return _paper(decision, listed, on, in_text=False)


def _paper(decision: Decision, listed: list[AwardLine], on: date, in_text: bool) -> Paper:
    identity = commune_identity_on(decision, on)
    award = outgoing_award_name(decision, on)
    total = sum(line.amount for line in listed)
    return Paper(
        kind="quyet_dinh",
        letterhead=committee_letterhead(decision.commune, on, "quyet_dinh"),
        doc_type="QUYẾT ĐỊNH",
        subject=decision.subject,
        body=(
            CenteredLine(f"CHỦ TỊCH {identity.issuer}"),
            *(LegalBasisLine(line) for line in filled_lines(decision.grounds)),
            EnactingLine(),
            *_awarded(listed, award, in_text),
            Article(2, _money(listed, total, decision.funding, award, in_text)),
            Article(3, with_end_mark(f"Quyết định này có hiệu lực kể từ ngày ký. {_execution(decision, in_text)}")),
        ),
        signatures=(decision_signature(decision),),
        recipients=filled_lines(decision.recipients),
        appendices=() if in_text else (_list(listed, total, identity, decision, award),),
        one_page=True,
    )


def _execution(decision: Decision, in_text: bool) -> str:
    """Who carries it out; the recipients are where their names are printed."""
    clause: str = decision.carried_out_by
    return clause if in_text else clause.replace(NAMED_IN_ARTICLE, "có tên trong Danh sách kèm theo")


def _awarded(listed: list[AwardLine], award: AwardName, in_text: bool) -> tuple[Article | Clause, ...]:
    """Điều 1; the recipients, if they are in the text, are its khoản."""
    lead = f"Tặng {award.quoted(*line_years(listed))} cho"
    if len(listed) == 1:
        line = listed[0]
        return (Article(1, f"{lead} {line.in_sentence}, {_deed_in_sentence(line)}."),)
    deeds = {line.deed for line in listed}
    common = f" {_deed_in_sentence(listed[0])}" if len(deeds) == 1 else ""
    lead = f"{lead} {nominee_counts_text(line.subject for line in listed)}"
    if not in_text:
        deed = common or ("" if award.title else f" {common_achievement(listed)}")
        return (Article(1, f"{lead}{deed} (có Danh sách kèm theo)."),)
    return (Article(1, f"{lead}{common}, gồm:"), *_named(listed, own_deeds=not common and not award.title))


def _named(listed: list[AwardLine], *, own_deeds: bool) -> Iterator[Clause]:
    """The recipients as khoản, each with its achievement when they are not the same."""
    for number, line in enumerate(listed, 1):
        deed = f", {_deed_in_sentence(line)}" if own_deeds else ""
        end = ";" if number < len(listed) else "."
        yield Clause(number, f"{upper_first(line.in_sentence)}{deed}{end}")


def _deed_in_sentence(line: AwardLine) -> str:
    return lower_first(line.deed.rstrip(" ."))


def line_years(listed: list[AwardLine]) -> set[int]:
    """The years of the awards on the list."""
    return {line.year for line in listed}


def common_achievement(listed: list[AwardLine]) -> str:
    """ "đã có thành tích …": the achievement if all lines have the same, otherwise what is true of all of them."""
    deeds = {_deed_in_sentence(line) for line in listed}
    if len(deeds) == 1:
        return deeds.pop()
    of_the_year = f"đã có thành tích trong {years_in_words(line_years(listed))}"
    return next((words for words in COMMON_BEGINNINGS if all(deed.startswith(words) for deed in deeds)), of_the_year)


def default_decision_subject(listed: list[AwardLine]) -> str:
    """The trích yếu of a new draft: "Về việc tặng Giấy khen cho tập thể, cá nhân có thành tích …".

    For a title it names the year instead: "Về việc tặng danh hiệu “Lao động tiên tiến” năm 2026 cho cá nhân".
    """
    kinds_text = nominee_kinds_text(listed)
    award = listed[0].award
    if award.title:
        return f"Về việc tặng {award.quoted(*line_years(listed))} cho {kinds_text}"
    subject = f"Về việc tặng {award.short} cho {kinds_text} {common_achievement(listed).removeprefix('đã ')}"
    if len(subject) <= 300:
        return subject
    return f"Về việc tặng {award.short} cho {kinds_text} có thành tích trong {years_in_words(line_years(listed))}"


def default_execution_clause(listed: list[AwardLine], offices: CommuneOffices) -> str:
    """Who carries out the decision: the accounts only where there is money, the kinds of recipients that are listed."""
    several = "các " if len(listed) > 1 else ""
    accounts = f", {offices.accounts}" if any(line.amount for line in listed) else ""
    return (
        f"{offices.awards}{accounts}, các đơn vị liên quan và {several}{nominee_kinds_text(listed)} {NAMED_IN_ARTICLE} "
        "chịu trách nhiệm thi hành Quyết định này."
    )


def _money(listed: list[AwardLine], total: int, funding: str, award: AwardName, in_text: bool) -> str:
    if not total:
        return "; ".join(dict.fromkeys(_no_money(line) for line in listed)) + "."
    source = f"Kinh phí chi từ {funding.removeprefix('Từ ').removeprefix('từ ').rstrip(' .')}."
    in_figures = f"{format_vnd(total)} đồng (Bằng chữ: {money_in_words(total)})"
    if len(listed) == 1:
        name = award.quoted() if award.title else award.short
        return f"Tiền thưởng kèm theo {name}: {in_figures}. {source}"
    rates = f"{_rates(listed)}." if in_text else "Mức tiền thưởng của từng trường hợp theo Danh sách."
    return f"{rates} Tổng số tiền thưởng: {in_figures}. {source}"


def _no_money(line: AwardLine) -> str:
    """Why a decision without money gives none: "Không chi tiền thưởng do cùng thời gian được hưởng …"."""
    if line.payability.unpaid:
        return f"Không chi tiền thưởng do {lower_first(line.sum_explanation)}"
    return line.sum_explanation


def _unpaid(line: AwardLine) -> str:
    """ "bà Đỗ Thị Êm không nhận tiền thưởng do cùng thời gian được hưởng …": who is paid nothing although others are."""
    return f"{_name_in_sentence(line)} không nhận tiền thưởng do {lower_first(line.sum_explanation)}"


def _name_in_sentence(line: AwardLine) -> str:
    return recipient_in_sentence(marked_name(line.recipient, line.mark), "")


def _rates(listed: list[AwardLine]) -> str:
    """ "Mức tiền thưởng: hộ gia đình 1.140.000 đồng, mỗi cá nhân 760.000 đồng", and who receives none and why.

    Next to recipients who receive none "cá nhân" is not clear: those who receive money are named.
    """
    paid = [line for line in listed if line.amount]
    unpaid = [_unpaid(line) for line in listed if not line.amount]
    if unpaid:
        rates = ", ".join(f"{_name_in_sentence(line)} {format_vnd(line.amount)} đồng" for line in paid)
    else:
        rates = ", ".join(
            f"{'mỗi ' if count > 1 else ''}{NOMINEE_KIND_HEADINGS[kind].lower()} {format_vnd(amount)} đồng"
            for (kind, amount), count in Counter((line.subject, line.amount) for line in paid).items()
        )
    return "; ".join((f"Mức tiền thưởng: {rates}", *unpaid))


def _list(
    listed: list[AwardLine], total: int, identity: CommuneIdentity, decision: Decision, award: AwardName
) -> Appendix:
    kinds_text = nominee_kinds_text(listed)
    years = line_years(listed)
    kinds = frozenset(line.subject for line in listed)
    columns = ListColumns(kinds, deed=not award.title, year=award.title and len(years) > 1, money=bool(total))
    rows = list_rows(listed, columns, decision.list_order == Decision.BY_NAME)
    money_notes = []
    if total:
        money_notes.append(Paragraph(f"{money_in_words(total)}.", lead="Bằng chữ:"))
        money_notes += [Paragraph(f"{upper_first(_unpaid(line))}.") for line in listed if line.payability.unpaid]
    name = award.quoted(*years) if award.title else award.short
    return Appendix(
        "DANH SÁCH",
        (Table(columns.heads, rows, total=columns.total(total)), *money_notes),
        subtitle=f"{upper_first(kinds_text)} được tặng {name}",
        of=f"Chủ tịch Ủy ban nhân dân {identity.name}",
    )
