"""Checks of an amendment: its awards, its words, its signer, the money of a replacement."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from commendations.models import Amendment, Award, Decision
from commendations.papers.replacement import replacing_decision
from commendations.queries.amendment import awards_in_force, awards_of, replacement_lines, words_in_force
from commendations.queries.decision import authority_faults, basis_faults, changes_of_day
from commendations.queries.open_amendments import awards_in_open_amendments
from commendations.rules.amendment import changed_words, word_fault
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_dong
from emulation.core.text import clean

SUBMIT_AGAIN = "Hãy đưa về Văn phòng, sửa ngày dự kiến ban hành và trình lại."


def checked_lines(
    decision: Decision, kind: str, lines: Iterable[dict[str, Any]], amendment: Amendment | None
) -> list[dict[str, Any]]:
    """The lines in the order of the register, each with all its words; a word left out is the one in force.

    Raises RuleBroken without an award, for an award not in force or in another open amendment, and for words that
    cannot be printed; the field is "awards", or the word's name and the award: "name_12".
    """
    chosen = {line["award"]: line for line in lines}
    ordered = [award for award in awards_in_force(decision) if award.pk in chosen]
    _check_awards(ordered, len(chosen), awards_in_open_amendments(decision, amendment))
    if kind == Amendment.CANCELLATION:
        return [{"award": award.pk} for award in ordered]
    return [_checked_line(award, chosen[award.pk]) for award in ordered]


def _check_awards(in_force: list[Award], chosen: int, busy: dict[int, Amendment]) -> None:
    """`in_force` are the chosen awards that are in force, `busy` the other open amendments by the id of an award."""
    if not chosen:
        raise RuleBroken("Hãy chọn ít nhất một khen thưởng.", "awards")
    if len(in_force) < chosen:
        raise RuleBroken("Có khen thưởng đã bị hủy bỏ hoặc được thay thế; hãy bỏ khỏi văn bản này.", "awards")
    if taken := [award.current_name for award in in_force if award.pk in busy]:
        raise RuleBroken(f"Đang có văn bản khác chưa ban hành về {', '.join(taken)}.", "awards")


def _checked_line(award: Award, line: dict[str, Any]) -> dict[str, Any]:
    words = {field: clean(str(line.get(field, text))) for field, text in words_in_force(award).items()}
    if fault := word_fault(words, award.current_certificate is not None):
        field, reason = fault
        raise RuleBroken(f"{award.current_name}: {reason}", f"{field}_{award.pk}")
    return {"award": award.pk, **words}


def check_signer(amendment: Amendment) -> None:
    """The signer has at least the rank of the one who signed the decision. Raises RuleBroken for a deputy below the chair."""
    if amendment.deputy and amendment.decision.signer_title != Decision.DEPUTY:
        raise RuleBroken(
            "Quyết định do Chủ tịch ký thì Phó Chủ tịch không ký thay văn bản này được. Bỏ ô này, ghi tên Chủ tịch đương nhiệm "
            "hoặc người được giao quyền Chủ tịch ở ô “Người ký”.",
            "deputy",
        )


def require_changes(amendment: Amendment) -> None:
    """Raises RuleBroken, naming the award, when a correction leaves one of its awards as it is."""
    words = {line["award"]: line for line in amendment.lines}
    for award in awards_of(amendment):
        if not changed_words(words_in_force(award), words[award.pk]):
            raise RuleBroken(
                f"{award.current_name}: chưa sửa chữ nào. Hãy sửa, hoặc bỏ người này khỏi văn bản.", f"name_{award.pk}"
            )


def check_day(amendment: Amendment, on: date, field: str) -> None:
    """Raises RuleBroken for a day before that of the decision."""
    decided = amendment.decision.issued_on
    if decided and on < decided:
        raise RuleBroken(f"Ngày ban hành không được trước ngày quyết định ({format_date(decided)}).", field)


def check_basis_lines(amendment: Amendment, on: date, field: str = "grounds") -> None:
    """Raises RuleBroken with each căn cứ that is not in force on that day."""
    if faults := basis_faults(amendment.grounds, on):
        raise RuleBroken(" ".join(faults), field)


def check_issue_day(amendment: Amendment, on: date) -> None:
    """Raises RuleBroken where the law or the names of the day differ from those of the paper that the chair approved."""
    if amendment.kind == Amendment.CORRECTION:
        return
    award_code = amendment.decision.award_code
    approved = Decision(commune=amendment.commune, award_code=award_code, expected_on=amendment.expected_on)
    if changes := changes_of_day(approved, on):
        raise RuleBroken(f"{' '.join(changes)} {SUBMIT_AGAIN}", "issued_on")
    check_basis_lines(amendment, on, "issued_on")


def check_replacement(amendment: Amendment, on: date) -> None:
    """Raises RuleBroken where the commune no longer decides, or the money is not that of the approved paper."""
    listed = replacement_lines(amendment, on)
    if faults := authority_faults(replacing_decision(amendment, listed), on):
        raise RuleBroken(" ".join(faults), "issued_on")
    now = sum(line.to_pay for line in listed)
    approved = sum(line.to_pay for line in replacement_lines(amendment, amendment.expected_on))
    if approved != now:
        raise RuleBroken(
            f"Tiền thưởng theo quy định ngày {format_date(on)} là {format_dong(now)}, bản Chủ tịch duyệt ghi "
            f"{format_dong(approved)}. {SUBMIT_AGAIN}",
            "issued_on",
        )
