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
    """A verdict for each case, in order; a case that cannot be judged gets `error` (and `field`) without stopping the others."""
    seen_ids: set[str] = set()
    return [_judge_or_error(law, data, seen_ids) for data in cases]


def _judge_or_error(law: Law, data: Any, seen_ids: set[str]) -> dict[str, Any]:
    name = data.get("id") if isinstance(data, dict) else None
    try:
        if not isinstance(data, dict):
            raise RuleBroken("Mỗi trường hợp phải là một đối tượng {…}.")
        if name is None:
            raise RuleBroken("Thiếu khóa “id”.", field="id")
        if str(name) in seen_ids:
            raise RuleBroken(f"Mã “{name}” đã dùng cho trường hợp khác trong tệp.", field="id")
        seen_ids.add(str(name))
        return {"id": name, **judge_json_case(law, data)}
    except RuleBroken as broken:
        return {"id": name, "error": broken.message, **({"field": broken.field} if broken.field else {})}


def judge_json_case(law: Law, data: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one case as JSON. RuleBroken when the case cannot be judged."""
    case = parse_case(law, data)
    votes = parse_votes(data.get("votes"))
    verdict = judge(law, case)
    money = prize_money(law, case.award, case.subject.kind, case.decided) if _has_money(law, case) else None
    has_vote = f"{case.award}.vote" in law.codes
    vote = vote_verdict(law, case.award, case.received, **votes) if votes and has_vote else None
    results = [result for result in (verdict, verdict.decider, money, vote) if result]
    ignored = unknown_keys(data)
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
        "vote": _vote(vote),
        "money": _money(money),
        "basis": _basis(law, case),
        "needs_review": any(result.needs_review for result in results),
        **({"ignored": ignored} if ignored else {}),
    }


def _has_money(law: Law, case: EligibilityCase) -> bool:
    return has_prize_money(law, case.award) and case.subject.kind in law.award(case.award).subjects


def _basis(law: Law, case: EligibilityCase) -> list[str]:
    try:
        return legal_basis_lines(law, "quyet_dinh", case.decided)
    except NoValue:
        return []


def _vote(vote: VoteVerdict | None) -> dict[str, Any] | None:
    if vote is None:
        return None
    return {
        "needed": vote.needed,
        "share": round(float(vote.share), 2),
        "passed": vote.passed,
        "citation": vote.citation,
        "confirmed": vote.confirmed,
        "says": vote.arithmetic,
    }


def _money(money: PrizeMoney | None) -> dict[str, Any] | None:
    if money is None:
        return None
    calculation = money.money
    return {
        "coefficient": json_number(calculation.coefficient),
        "base": calculation.base,
        "raw": json_number(calculation.raw),
        "rounded": calculation.rounded,
        "words": calculation.words,
        "rule": calculation.rule,
        "citation": money.citation,
        "confirmed": money.confirmed,
    }


def json_number(exact: Decimal | Fraction) -> int | float:
    """The number for JSON: int when it is whole, float otherwise."""
    return int(exact) if exact == int(exact) else float(exact)
