"""Eligibility (đạt hay chưa đạt, vì sao, theo điều nào): checks a case against the conditions in force on its dates. Pure.

`judge` returns the verdict; `eligibility_outlook` the year in which a subject may become eligible and what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any

from emulation.core.formatting import format_date
from emulation.legal.engine.law import DatedValue, Law, LegalBasis
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.rules.conditions import run_condition_test
from emulation.legal.engine.rules.facts import AwardRecord, CaseSubject, EligibilityCase, InitiativeFact, PriorAward
from emulation.legal.engine.rules.finding import Finding, unknown_work_finding
from emulation.legal.engine.rules.record_conditions import unbroken_run
from emulation.legal.engine.rules.requirements import Decider, award_decider
from emulation.legal.engine.rules.subject_conditions import unused_initiatives
from emulation.legal.engine.value_text import SUBJECT_LABELS

UNKNOWN_WORK = "unknown"


@dataclass(frozen=True)
class EligibilityVerdict(CitedResult):
    """Whether the subject may be given the award: True, False, or None when a blocking condition is not known."""

    award: str
    name: str
    eligible: bool | None
    decider: Decider
    findings: tuple[Finding, ...]
    received: date
    decided: date

    @property
    def review(self) -> str:
        """Note on the legal values copied from an earlier period, or ""; shown once, above the conditions."""
        note = next((basis.note for basis in self.grounds if basis.needs_review), "")
        return note[note.find("Cần rà soát") :] if "Cần rà soát" in note else note  # as the values store it

    @property
    def against(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_blocking]

    @property
    def unknown(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.weighs == "block" and finding.met is None]

    @property
    def warnings(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.warns]


class _LawContext:
    """The law for the tests of a case; `seen` are the awards being judged, to stop circular references between titles."""

    def __init__(self, law: Law, seen: frozenset[str] = frozenset()) -> None:
        self.law = law
        self.seen = seen

    def meets(self, case: EligibilityCase) -> bool | None:
        if case.award in self.seen:
            return None
        inner = _LawContext(self.law, self.seen | {case.award})
        return _eligible(_findings(inner, case, without=("once",)))


def judge(law: Law, case: EligibilityCase) -> EligibilityVerdict:
    """The verdict on a case: criteria by the law on the day of receipt, decider by the law on the day of the decision.

    UnknownCode when the catalogue does not list the award, NoValue (a RuleBroken) for dates that the statutes do not cover.
    """
    award = law.award(case.award)
    decider = award_decider(law, case.award, case.decided)
    findings: tuple[Finding, ...] = (_is_still_given(law, decider, case), _right_subject(law, case))
    if case.subject.kind in award.subjects:
        findings += _findings(_LawContext(law, frozenset({case.award})), case)
    legal_bases: dict[LegalBasis, None] = {}
    for finding in findings:
        legal_bases |= dict.fromkeys(finding.grounds)
    return EligibilityVerdict(
        grounds=tuple(legal_bases),
        award=case.award,
        name=law.award_name(case.award, case.decided),
        eligible=_eligible(findings),
        decider=decider,
        findings=findings,
        received=case.received,
        decided=case.decided,
    )


def _findings(context: _LawContext, case: EligibilityCase, without: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    rules = context.law.conditions(case.award, case.subject.kind, case.received)
    asked = (
        _finding(context, value, case)
        for value in rules
        if _applies(value.content, case) and value.code.partition(".")[2] not in without
    )
    return (*_work_unknown(context, rules, case), *asked)


def _applies(content: dict[str, Any], case: EligibilityCase) -> bool:
    """Whether a condition applies to the kind of commendation and of work; work that is None counts as official."""
    work = content.get("work")
    return _is_for_kind(content, case) and (work is None or (case.subject.work or "official") in work)


def _is_for_kind(content: dict[str, Any], case: EligibilityCase) -> bool:
    return case.kind in content.get("kinds", (case.kind,))


def _work_unknown(context: _LawContext, rules: Sequence[DatedValue], case: EligibilityCase) -> tuple[Finding, ...]:
    """One finding in place of the conditions that depend on the kind of work, while it is "unknown"; none without them."""
    if case.subject.work != UNKNOWN_WORK:
        return ()
    waiting = [rule for rule in rules if "work" in rule.content and _is_for_kind(rule.content, case)]
    return (unknown_work_finding(context.law, waiting),) if waiting else ()


def _finding(context: _LawContext, value: DatedValue, case: EligibilityCase) -> Finding:
    content = value.content
    result = run_condition_test(content["test"], case, context)
    used = {one.version: one for one in (value, *result.based_on)}  # each version once
    demand = content.get("asks", "") if content["test"]["name"] == "judgement" else ""
    return Finding(
        grounds=tuple(context.law.legal_basis(one) for one in used.values()),
        code=value.code.partition(".")[2],
        label=content["label"],
        met=result.met,
        weighs=content["weighs"],
        says=" ".join(filter(None, [demand, result.says])),
        needs=result.needs,
        reason=content.get("reason", False),
    )


def _is_still_given(law: Law, decider: Decider, case: EligibilityCase) -> Finding:
    met = decider.here != "none"
    name = law.award_name(case.award, case.decided)
    day = format_date(case.decided)
    words = f"Ngày {day} do {decider.label} quyết định." if met else f"Ngày {day} không còn hoặc chưa có {name}."
    return Finding(decider.grounds, "decider", "Thẩm quyền quyết định", met, "block", words, "")


def _right_subject(law: Law, case: EligibilityCase) -> Finding:
    award = law.award(case.award)
    met = case.subject.kind in award.subjects
    subjects = ", ".join(SUBJECT_LABELS[kind] for kind in award.subjects)
    words = f"{law.award_name(case.award, case.decided)} dành cho {subjects}."
    rule = law.find(f"{case.award}.decider", case.decided)
    legal_bases = (law.legal_basis(rule),) if rule else ()
    return Finding(legal_bases, "subject", "Đối tượng", met, "block", words, "")


def _eligible(findings: Sequence[Finding]) -> bool | None:
    if any(finding.is_blocking for finding in findings):
        return False
    return None if any(finding.weighs == "block" and finding.met is None for finding in findings) else True


def initiatives_used(law: Law, case: EligibilityCase) -> tuple[InitiativeFact, ...]:
    """The initiatives that an award of this case uses; each can be used once (Công văn số 5007/BNV-TĐKT năm 2023).

    When an initiative is one of several ways to meet a condition, it is used only if no other way is met.
    """
    context = _LawContext(law, frozenset({case.award}))
    if case.subject.work == UNKNOWN_WORK:  # as official, of whom the law asks an initiative
        case = replace(case, subject=replace(case.subject, work="official"))
    used: dict[InitiativeFact, None] = {}
    for rule in law.conditions(case.award, case.subject.kind, case.received):
        if _applies(rule.content, case):
            used |= dict.fromkeys(_initiatives_spent(rule.content["test"], case, context))
    return tuple(used)


def _initiatives_spent(test: dict[str, Any], case: EligibilityCase, context: _LawContext) -> list[InitiativeFact]:
    if test["name"] == "initiative":
        return unused_initiatives(test, case)[: test.get("times", 1)]
    if test["name"] == "all_of":
        spent: list[InitiativeFact] = []
        for part in test["of"]:
            spent += _initiatives_spent(part, case, context)
        return spent
    if test["name"] == "any_of":
        met = [part for part in test["of"] if run_condition_test(part, case, context).met]
        ways = [_initiatives_spent(part, case, context) for part in met]
        return min(ways, key=len, default=[])
    return []


# ── outlook: when a subject may become eligible ──────────────────────────────────────────────────


@dataclass(frozen=True)
class EligibilityProspect(CitedResult):
    """An award that is possible soon: in how many years at the earliest, in which year, and what is missing."""

    award: str
    name: str
    years: int
    year: int
    missing: tuple[str, ...]


def eligibility_outlook(law: Law, case: EligibilityCase, most_years: int = 3) -> EligibilityProspect | None:
    """When the subject of the case may become eligible in the best case; None: not within `most_years`.

    Best case: in each coming year an excellent evaluation, an initiative of the required scope and the lower titles.
    The year of the case (0 years) counts only while it is not over; None also for awards that need no earlier award.
    """
    chains = [
        rule for rule in law.conditions(case.award, case.subject.kind, case.received) if _chains(rule.content["test"])
    ]
    if case.record is None or not chains:
        return None
    for years in range(0 if _year_is_open(case) else 1, most_years + 1):
        best_case = _best_case(law, case, years)
        if judge(law, best_case).eligible:
            missing: list[str] = []
            for rule in chains:
                missing += _missing(law, rule, case, best_case)
            return EligibilityProspect(
                grounds=tuple(law.legal_basis(rule) for rule in chains),
                award=case.award,
                name=law.award_name(case.award, case.received),
                years=years,
                year=case.year + years,
                missing=tuple(missing),
            )
    return None


def _chains(test: dict[str, Any]) -> list[dict[str, Any]]:
    """The chain tests within a test."""
    if test["name"] == "chain":
        return [test]
    found: list[dict[str, Any]] = []
    for part in test["of"] if test["name"] in ("any_of", "all_of") else ():
        found += _chains(part)
    return found


def _year_is_open(case: EligibilityCase) -> bool:
    """Whether the year of the case is not over, so that its results may still change."""
    return case.year >= case.received.year


def _years_ahead(case: EligibilityCase, years: int) -> range:
    """The years, up to `years` after the case, whose results are still open."""
    return range(case.year + (0 if _year_is_open(case) else 1), case.year + years + 1)


def _best_case(law: Law, case: EligibilityCase, years: int) -> EligibilityCase:
    """The case `years` years later, with the best results in each year ahead."""
    year = case.year + years
    ahead = _years_ahead(case, years)
    lower_awards = product(_awards_in_chains(law, case), ahead)
    prior_awards = [
        PriorAward(code, ahead_year) for code, ahead_year in lower_awards if _is_open(law, case, code, ahead_year)
    ]
    day = max(date(year, 12, 31), case.received)
    return replace(
        case,
        year=year,
        subject=_best_subject(case, ahead),
        record=(case.record or AwardRecord()) | prior_awards,
        received=day,
        decided=day,
    )


def _is_open(law: Law, case: EligibilityCase, code: str, year: int) -> bool:
    """Whether the lower award is not excluded in that year ahead: it may need earlier awards itself, or be for others."""
    if code == case.award:
        return True
    return judge(law, _best_case(law, replace(case, award=code), year - case.year)).eligible is not False


def _awards_in_chains(law: Law, case: EligibilityCase) -> set[str]:
    """The awards that the chain tests of the award count."""
    codes: set[str] = set()
    for rule in law.conditions(case.award, case.subject.kind, case.received):
        for test in _chains(rule.content["test"]):
            codes.update(test["awards"])
    return codes


def _best_subject(case: EligibilityCase, ahead: range) -> CaseSubject:
    """The subject after the best years ahead; recorded evaluations, initiatives and ended discipline stay."""
    subject = case.subject
    new_initiatives = [InitiativeFact(year, "nation", title="sáng kiến mới") for year in ahead]
    return replace(
        subject,
        evaluation={**dict.fromkeys(ahead, "excellent"), **subject.evaluation},
        initiatives=(*(subject.initiatives or ()), *new_initiatives),
        discipline=tuple(row for row in subject.discipline or () if row.end is not None),
        pending=(),
        leave=(),
        joined=subject.joined or date(case.year - 10, 1, 1),
    )


def _missing(law: Law, rule: DatedValue, case: EligibilityCase, best_case: EligibilityCase) -> list[str]:
    """What is missing until the best case, a sentence each."""
    found = []
    for test in _chains(rule.content["test"])[:1]:
        years = _missing_years(test, case, best_case, _LawContext(law))
        name = " hoặc ".join(law.award_name(code, case.received) for code in test["awards"])
        if years is None:
            found.append(f"Đủ theo cách còn lại của điều kiện “{rule.content['label']}”.")
        elif years:
            found.append(f"Còn {len(years)} lần {name} liên tục ({', '.join(map(str, years))}).")
        else:
            found.append(f"Đã đủ {test['times']} lần {name} liên tục.")
    if _needs_initiative(law, case):
        found.append(f"Có sáng kiến, đề tài theo yêu cầu trong năm {best_case.year}.")
    return found


def _missing_years(
    test: dict[str, Any], case: EligibilityCase, best_case: EligibilityCase, context: _LawContext
) -> list[int] | None:
    """The years of the chain without an award on record. Of several possible chains, the one that needs the fewest.

    None if there is no chain in the best case, which then meets the condition in its other way.
    """
    run, _ = unbroken_run(test, best_case, context)
    times = test["times"]
    every = test.get("every", 1)
    chains = [run[start : start + times] for start in range(len(run) - times + 1)]
    ways = [
        # A year is on record when the run that ends there, without the best case, includes it.
        [year for year in years if year not in unbroken_run(test, replace(case, year=year), context)[0]]
        for years in chains
        if best_case.year - years[-1] <= every
    ]
    return min(ways, key=len, default=None)


def _needs_initiative(law: Law, case: EligibilityCase) -> bool:
    rules = law.conditions(case.award, case.subject.kind, case.received)
    return any(rule.content["test"]["name"] == "initiative" for rule in rules)


def accepts_initiative(law: Law, award: str, subject: str, on: date) -> bool:
    """Whether an initiative is one of the ways to meet a condition of the award."""
    return any(_contains_test(rule.content["test"], "initiative") for rule in law.conditions(award, subject, on))


def _contains_test(test: dict[str, Any], name: str) -> bool:
    parts = test["of"] if test["name"] in ("any_of", "all_of") else ()
    return test["name"] == name or any(_contains_test(part, name) for part in parts)


def verdict_differences(before: EligibilityVerdict, after: EligibilityVerdict) -> list[str]:
    """The differences between two verdicts on the same subject (the same case on another day), a sentence each."""
    words = {True: "đạt", False: "chưa đạt", None: "chưa đủ thông tin"}
    found = []
    if before.eligible is not after.eligible:
        found.append(f"Kết quả: {words[before.eligible]} → {words[after.eligible]}.")
    if before.decider.code != after.decider.code:
        found.append(f"Thẩm quyền: {before.decider.label} → {after.decider.label}.")
    old = {finding.code: finding for finding in before.findings}
    new = {finding.code: finding for finding in after.findings}
    for code in dict.fromkeys([*old, *new]):
        if code not in new:
            found.append(f"Không còn điều kiện “{old[code].label}”.")
        elif code not in old:
            found.append(f"Thêm điều kiện “{new[code].label}”: {words[new[code].met]}.")
        elif old[code].met is not new[code].met:
            found.append(f"“{new[code].label}”: {words[old[code].met]} → {words[new[code].met]}.")
        elif old[code].citation != new[code].citation:
            found.append(f"“{new[code].label}”: căn cứ {old[code].citation} → {new[code].citation}.")
    return found
