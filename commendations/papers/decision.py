"""The decision (quyết định) that grants one award: signed CHỦ TỊCH without TM., because the chair decides alone.

Up to four recipients are named in Điều 1, more on a list; the decision itself is to fit one page.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import Enum, auto

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


class NamesPlace(Enum):
    """Where a decision names its recipients."""

    CLAUSES = auto()
    SENTENCE = auto()
    LIST = auto()


def decision_signature(decision: Decision) -> Signature:
    """CHỦ TỊCH; KT. CHỦ TỊCH / PHÓ CHỦ TỊCH; Q. CHỦ TỊCH."""
    if decision.signer_title == Decision.ACTING:
        return Signature((Decision.ACTING,), decision.signer_name)
    return chair_signature(decision.signer_name, deputy=decision.signer_title == Decision.DEPUTY)


def decision_paper(decision: Decision, listed: list[AwardLine], on: date) -> Paper:
    """The decision with the names, money and letterhead of that day, as a draft.

    The recipients are the khoản of Điều 1; if the decision would not fit one page, they follow each other in its sentence,
    and they are on a list if that is still too long or there are more than four.
    """
    if len(listed) <= MAX_NAMES_IN_TEXT:
        for names in (NamesPlace.CLAUSES, NamesPlace.SENTENCE):
            paper = _paper(decision, listed, on, names)
            if len(listed) == 1 or layout.fits_one_page(paper):
                return paper
    return _paper(decision, listed, on, NamesPlace.LIST)


def _paper(decision: Decision, listed: list[AwardLine], on: date, names: NamesPlace) -> Paper:
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
            *_awarded(listed, award, names),
            Article(2, _money(listed, total, decision.funding, award, names)),
            Article(3, with_end_mark(f"Quyết định này có hiệu lực kể từ ngày ký. {_execution(decision, names)}")),
        ),
        signatures=(decision_signature(decision),),
        recipients=filled_lines(decision.recipients),
        appendices=(_list(listed, total, identity, decision, award),) if names is NamesPlace.LIST else (),
        one_page=True,
    )


def _execution(decision: Decision, names: NamesPlace) -> str:
    """Who carries it out; the recipients are where their names are printed."""
    clause: str = decision.carried_out_by
    return clause.replace(NAMED_IN_ARTICLE, "có tên trong Danh sách kèm theo") if names is NamesPlace.LIST else clause


def _awarded(listed: list[AwardLine], award: AwardName, names: NamesPlace) -> tuple[Article | Clause, ...]:
    """Điều 1, with its khoản if they name the recipients."""
    lead = f"Tặng {award.quoted(*line_years(listed))} cho"
    if len(listed) == 1:
        line = listed[0]
        return (Article(1, f"{lead} {line.in_sentence}, {_deed_in_sentence(line)}."),)
    deeds = {line.deed for line in listed}
    common = f" {_deed_in_sentence(listed[0])}" if len(deeds) == 1 else ""
    lead = f"{lead} {nominee_counts_text(line.subject for line in listed)}"
    if names is NamesPlace.LIST:
        deed = common or ("" if award.title else f" {common_achievement(listed)}")
        return (Article(1, f"{lead}{deed} (có Danh sách kèm theo)."),)
    named = list(_named(listed, own_deeds=not common and not award.title))
    if names is NamesPlace.SENTENCE:
        return (Article(1, f"{lead}{common}, gồm: {' '.join(named)}"),)
    clauses = (Clause(number, upper_first(text)) for number, text in enumerate(named, 1))
    return (Article(1, f"{lead}{common}, gồm:"), *clauses)


def _named(listed: list[AwardLine], *, own_deeds: bool) -> Iterator[str]:
    """The recipients with ";" or ".", each with its achievement when they are not the same."""
    for number, line in enumerate(listed, 1):
        deed = f", {_deed_in_sentence(line)}" if own_deeds else ""
        end = ";" if number < len(listed) else "."
        yield f"{line.in_sentence}{deed}{end}"


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


def default_decision_subject(listed: list[AwardLine], by_name: bool = False) -> str:
    """The trích yếu of a new draft: "Về việc tặng Giấy khen cho tập thể, cá nhân có thành tích …".

    For a title it names the year instead: "Về việc tặng danh hiệu “Lao động tiên tiến” năm 2026 cho cá nhân". `by_name`: with
    the recipients in place of their kinds, so that the decision about the chair's own case has another title than the general one.
    """
    kinds_text = recipients_in_words(listed) if by_name else nominee_kinds_text(listed)
    award = listed[0].award
    if award.title:
        return f"Về việc tặng {award.quoted(*line_years(listed))} cho {kinds_text}"
    subject = f"Về việc tặng {award.short} cho {kinds_text} {common_achievement(listed).removeprefix('đã ')}"
    if len(subject) <= 300:
        return subject
    return f"Về việc tặng {award.short} cho {kinds_text} có thành tích trong {years_in_words(line_years(listed))}"


def recipients_in_words(listed: list[AwardLine]) -> str:
    """ "ông Lê Đăng Trường, hộ gia đình ông Lê Đăng Trường"."""
    return ", ".join(recipient_in_sentence(line.recipient, "") for line in listed)


def default_execution_clause(listed: list[AwardLine], offices: CommuneOffices) -> str:
    """Who carries out the decision: the accounts only where there is money, the kinds of recipients that are listed."""
    several = "các " if len(listed) > 1 else ""
    accounts = f", {offices.accounts}" if any(line.amount for line in listed) else ""
    return (
        f"{offices.awards}{accounts}, các đơn vị liên quan và {several}{nominee_kinds_text(listed)} {NAMED_IN_ARTICLE} "
        "chịu trách nhiệm thi hành Quyết định này."
    )


def _money(listed: list[AwardLine], total: int, funding: str, award: AwardName, names: NamesPlace) -> str:
    if not total:
        return "; ".join(dict.fromkeys(_no_money(line) for line in listed)) + "."
    source = f"Kinh phí chi từ {funding.removeprefix('Từ ').removeprefix('từ ').rstrip(' .')}."
    in_figures = f"{format_vnd(total)} đồng (Bằng chữ: {money_in_words(total)})"
    if len(listed) == 1:
        name = award.quoted() if award.title else award.short
        return f"Tiền thưởng kèm theo {name}: {in_figures}. {source}"
    rates = "Mức tiền thưởng của từng trường hợp theo Danh sách." if names is NamesPlace.LIST else f"{_rates(listed)}."
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
