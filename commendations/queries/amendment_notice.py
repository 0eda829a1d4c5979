"""What the notification of an issued amendment says: to everybody, and to a unit about its own awards."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.http import urlencode

from commendations.models import Amendment, Award
from commendations.queries.handovers import received_by
from emulation.core.formatting import format_names, lower_first
from villages.rules.name_marks import marked_name

VERBS = {
    Amendment.CORRECTION: "Xã đính chính",
    Amendment.REPLACEMENT: "Xã ban hành quyết định thay thế về",
    Amendment.CANCELLATION: "Xã hủy bỏ",
}
TO_RETURN = {
    Amendment.CORRECTION: "Thu giấy khen, bằng cũ, trao bản cấp lại",
    Amendment.REPLACEMENT: "Thu giấy khen, bằng cũ, trao bản mới",
    Amendment.CANCELLATION: "Nộp lại Văn phòng giấy khen, bằng và tiền thưởng đã nhận",
}
"""What a unit does about awards of which something was handed over."""
NOT_RECORDED = "Ai đã nhận mà Sổ vàng chưa ghi thì nộp lại Văn phòng giấy khen, bằng và tiền thưởng."
"""What it does about cancelled awards of which the register does not say that anything was handed over."""


def notice_to_all(amendment: Amendment, awards: Sequence[Award]) -> tuple[str, str]:
    """Which awards of whom; leads to the paper."""
    assert amendment.document is not None
    return _text(amendment, awards), amendment.document.get_absolute_url()


def notice_to_unit(amendment: Amendment, awards: Sequence[Award]) -> tuple[str, str]:
    """The same about the awards of one unit, with what it has to do; leads to the award, of several to the register.

    Read before the amendment is carried out.
    """
    held = received_by(amendment, awards)
    text = _text(amendment, awards)
    if held:
        text = f"{text}. {TO_RETURN[amendment.kind]}: {', '.join(held)}."
    if amendment.is_cancellation and len(held) < len(awards):
        text = f"{text.removesuffix('.')}. {NOT_RECORDED}"
    if len(awards) == 1:
        return text, awards[0].get_absolute_url()
    decision = amendment.decision.document
    assert decision is not None
    query = urlencode({"nam": str(decision.issued_on.year), "q": decision.reference})
    return text, f"{reverse('commendations:register')}?{query}"


def _text(amendment: Amendment, awards: Sequence[Award]) -> str:
    assert amendment.document is not None
    kinds = dict.fromkeys(lower_first(award.in_short) for award in awards)
    names = format_names([_name(amendment, award) for award in awards], "trường hợp")
    decision = amendment.decision.document
    assert decision is not None
    return f"{VERBS[amendment.kind]} {', '.join(kinds)} của {names} theo {decision.dated}: {amendment.document.dated}"


def _name(amendment: Amendment, award: Award) -> str:
    """The name in force, and when the amendment changes it the new one before it."""
    words = next(line for line in amendment.lines if line["award"] == award.pk)
    new = marked_name(words.get("name", award.word("name")), award.name_mark or "")
    return new if new == award.current_name else f"{new} (đã ghi: {award.current_name})"
