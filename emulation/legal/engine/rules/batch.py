"""Judges a list of JSON cases, for `manage.py judge` and for auditors. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from emulation.core.errors import RuleBroken
from emulation.legal.engine.law import Law, NoValue
from emulation.legal.engine.rules.case_parser import parse_case, parse_votes, unknown_keys
from emulation.legal.engine.rules.council import VoteVerdict, vote_verdict
from emulation.legal.engine.rules.eligibility import judge
from emulation.legal.engine.rules.facts import EligibilityCase
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from emulation.legal.engine.rules.requirements import legal_basis_lines


def judge_batch(law: Law, cases: Iterable[Any]) -> list[dict[str, Any]]:
    """A verdict for each case, in order; a case that cannot be judged gets `error` (and `field`), the others are judged all the same."""
    seen: set[str] = set()
    return [_judge_or_error(law, case, seen) for case in cases]


def _judge_or_error(law: Law, said: Any, seen: set[str]) -> dict[str, Any]:
    name = said.get("id") if isinstance(said, dict) else None
    try:
        if not isinstance(said, dict):
            raise RuleBroken("Mỗi trường hợp phải là một đối tượng {…}.")
        if name is None:
            raise RuleBroken("Thiếu khóa “id”.", field="id")
        if str(name) in seen:
            raise RuleBroken(f"Mã “{name}” đã dùng cho trường hợp khác trong tệp.", field="id")
        seen.add(str(name))
        return {"id": name, **judge_json_case(law, said)}
    except RuleBroken as broken:
        return {"id": name, "error": broken.message, **({"field": broken.field} if broken.field else {})}


def judge_json_case(law: Law, said: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one case as JSON. RuleBroken when the case cannot be judged."""
    case, votes = parse_case(law, said), parse_votes(said.get("votes"))
    verdict = judge(law, case)
    money = prize_money(law, case.award, case.subject.kind, case.decided) if _priced(law, case) else None
    counted = (
        vote_verdict(law, case.award, case.received, **votes) if votes and f"{case.award}.vote" in law.codes else None
    )
    grounded = [part for part in (verdict, verdict.decider, money, counted) if part]
    ignored = unknown_keys(said)
    return {
        "eligible": verdict.eligible,
        "decider": verdict.decider.code,
        "decider_name": verdict.decider.label,
        "conditions": [
            {
                "code": finding.code,
                "label": finding.label,
                "met": finding.met,
                "weighs": finding.weighs,
                "citation": finding.citation,
                "confirmed": finding.confirmed,
                "says": finding.says,
                "needs": finding.needs,
            }
            for finding in verdict.findings
        ],
        "vote": _vote(counted),
        "money": _money(money),
        "basis": _basis(law, case),
        "needs_review": any(part.needs_review for part in grounded),
        **({"ignored": ignored} if ignored else {}),
    }


def _priced(law: Law, case: EligibilityCase) -> bool:
    return has_prize_money(law, case.award) and case.subject.kind in law.award(case.award).subjects


def _basis(law: Law, case: EligibilityCase) -> list[str]:
    try:
        return legal_basis_lines(law, "quyet_dinh", case.decided)
    except NoValue:
        return []


def _vote(counted: VoteVerdict | None) -> dict[str, Any] | None:
    if counted is None:
        return None
    share = round(float(counted.share), 2)
    return {
        "needed": counted.needed,
        "share": share,
        "passed": counted.passed,
        "citation": counted.citation,
        "confirmed": counted.confirmed,
        "says": counted.arithmetic,
    }


def _money(money: PrizeMoney | None) -> dict[str, Any] | None:
    if money is None:
        return None
    paid = money.money
    return {
        "coefficient": json_number(paid.coefficient),
        "base": paid.base,
        "raw": json_number(paid.raw),
        "rounded": paid.rounded,
        "words": paid.words,
        "rule": paid.rule,
        "citation": money.citation,
        "confirmed": money.confirmed,
    }


def json_number(exact: Decimal | Fraction) -> int | float:
    """The number as JSON has it: whole where it is whole."""
    return int(exact) if exact == int(exact) else float(exact)
