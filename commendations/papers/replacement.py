"""The quyết định thay thế: awards of an issued decision granted again, why, and what becomes of the money of the old one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from commendations.models import Amendment, Award, Decision
from commendations.papers.amendment_parts import (
    NAMED_ON_LIST,
    dated_decision,
    decision_in_words,
    named_recipients,
    numbered_decision,
)
from commendations.papers.decision import NAMED_IN_ARTICLE, decision_paper, default_execution_clause
from commendations.queries.amendment import awards_of, is_whole_decision, replacement_lines
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import with_bodies_on
from commendations.rules.amendment import reason_in_sentence
from emulation.core.formatting import format_dong
from emulation.core.text import filled_lines
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import Article
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import with_end_mark
from emulation.legal import current

IN_FORCE = "Quyết định này có hiệu lực kể từ ngày ký."
_RECIPIENTS = re.compile(
    r"(?:các )?(?:tập thể|hộ gia đình|cá nhân)(?:, (?:các )?(?:tập thể|hộ gia đình|cá nhân))* có tên(?: tại Điều 1)?"
)
_REPLACED = re.compile(r"^(?:Quyết định này thay thế [^.]*\. )+")


def replacing_decision(amendment: Amendment, listed: list[AwardLine]) -> Decision:
    """The decision, not saved yet, that a replacement issues: the old one with the wording of the amendment."""
    old = amendment.decision
    return Decision(
        commune=amendment.commune,
        chair_submission=old.chair_submission,
        award_code=old.award_code,
        subject=amendment.subject,
        signer_title=_signer_title(amendment),
        signer_name=amendment.signer,
        expected_on=amendment.expected_on,
        grounds=_basis_lines(amendment),
        recipients=amendment.recipients,
        funding=old.funding,
        list_order=old.list_order,
        carried_out_by=_execution(old, listed, amendment.expected_on),
        replaces=old,
    )


def _signer_title(amendment: Amendment) -> str:
    old = amendment.decision
    if amendment.deputy:
        return Decision.DEPUTY
    return old.signer_title if old.signer_title != Decision.DEPUTY else Decision.CHAIR


def _basis_lines(amendment: Amendment) -> str:
    """The căn cứ, with the decision that is replaced and why before the proposal that it was based on."""
    lines = filled_lines(amendment.grounds)
    reason = reason_in_sentence(amendment.explanation)
    why = f" và lý do phải thay thế: {reason}" if reason else ""
    place = next((number for number, line in enumerate(lines) if line.startswith("Theo đề nghị")), len(lines))
    return "\n".join([*lines[:place], f"Xét {decision_in_words(amendment.decision)}{why}", *lines[place:]])


def _execution(old: Decision, listed: list[AwardLine], on: date) -> str:
    """Who carries it out, as the office wrote it in the old decision, with the bodies of the day and the new recipients."""
    offices = current.commune_offices_for(old.commune_id, on)
    default = default_execution_clause(listed, offices)
    clause = with_bodies_on(old, _REPLACED.sub("", old.carried_out_by), old.issued_on or old.expected_on, on)
    named = _RECIPIENTS.search(default)
    if named is None or (offices.accounts in clause) != (offices.accounts in default):
        return default
    return _RECIPIENTS.sub(named[0], clause, count=1)


def replacement_paper(amendment: Amendment, on: date) -> Paper:
    """The quyết định thay thế: the awards again, with their new words and the money of that day."""
    listed = replacement_lines(amendment, on)
    awards = awards_of(amendment)
    decision = replacing_decision(amendment, listed)
    execution: str = decision.carried_out_by
    money = _replaced_money(amendment.decision, awards, listed)
    replaced = _replaced(amendment, awards)
    decision.carried_out_by = " ".join([money, replaced, execution])  # so that it is counted when the page is measured
    paper = decision_paper(decision, listed, on)
    body = list(_articles(paper.body, money, (replaced, f"{IN_FORCE} {execution}"), on_list=bool(paper.appendices)))
    return replace(paper, body=tuple(body))


def _articles(body: tuple[Block, ...], money: str, last: tuple[str, str], *, on_list: bool) -> Iterator[Block]:
    """The body of the decision: Điều 2 with the money of the old one, Điều 3 and 4 instead of the last Điều."""
    texts = [_on_list(text) if on_list else text for text in last]
    for block in body:
        if not isinstance(block, Article) or block.number == 1:
            yield block
        elif block.number == 2:
            yield Article(2, f"{block.text} {money}".rstrip())
        else:
            yield Article(3, texts[0])
            yield Article(4, with_end_mark(texts[1]))


def _on_list(text: str) -> str:
    """The text for recipients on a list, without "trong … trong"."""
    return text.replace(f"{NAMED_IN_ARTICLE} trong", f"{NAMED_ON_LIST} tại").replace(NAMED_IN_ARTICLE, NAMED_ON_LIST)


def _replaced(amendment: Amendment, awards: Sequence[Award]) -> str:
    which = decision_in_words(amendment.decision)
    if is_whole_decision(amendment):
        return f"Quyết định này thay thế {which}."
    return f"Quyết định này thay thế phần khen thưởng {named_recipients(awards, on_list=False)} trong {which}."


def _replaced_money(old: Decision, awards: Sequence[Award], listed: list[AwardLine]) -> str:
    """What becomes of the money of the old decision, whether or not it was paid; "" when there was none."""
    if not any(award.payable for award in awards):
        return ""
    lead = f"Tiền thưởng đã ghi tại {dated_decision(old)} không còn được chi"
    if any(line.amount for line in listed):
        lead = f"Mức tiền thưởng này thay thế mức đã ghi tại {dated_decision(old)}"
    before = {award.nomination_id: award.payable for award in awards}
    then = _settled([line.to_pay - before[line.nomination.pk] for line in listed])
    return f"{lead}; nếu tiền thưởng đã chi theo {numbered_decision(old)} thì {then}."


def _settled(differences: list[int]) -> str:
    """What is done with what the recipients have, given how much more (or less) each is awarded now."""
    words = "phần chênh lệch" if len(differences) == 1 else "phần chênh lệch, tổng số"
    more = sum(max(0, one) for one in differences)
    less = sum(max(0, -one) for one in differences)
    then = [f"chỉ chi thêm {words} {format_dong(more)}"] if more else []
    if less:
        then.append(f"thu hồi {words} {format_dong(less)}, nộp về Quỹ thi đua, khen thưởng của xã")
    return " và ".join(then) or "không chi lần hai"
