"""Đạt hay chưa đạt, vì sao, theo điều nào: one case judged by the law of its dates, condition by condition. Pure.

`judge` gives the verdict; `outlook` says in which year a subject may become eligible and what is missing until then.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from emulation.core.formatting import format_date
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.cited_result import CitedResult
from emulation.legal.engine.rules.conditions import WEIGHT_NAMES, run_condition_test, unbroken_run, unused_initiatives
from emulation.legal.engine.rules.facts import AwardRecord, EligibilityCase, InitiativeFact, PriorAward
from emulation.legal.engine.rules.requirements import Decider, award_decider

SUBJECT_NAMES = {"person": "cá nhân", "household": "hộ gia đình", "collective": "tập thể"}


@dataclass(frozen=True)
class Finding(CitedResult):
    """One condition: met, not met (False) or not known (None); `says` the evidence, `needs` what would be needed.

    `weighs`: block and lenient decide (lenient: what is not known does not hold the case up); warning and judgement never do.
    """

    code: str
    label: str
    met: bool | None
    weighs: str
    says: str
    needs: str
    reason: bool = False  # a warning over which one goes with a written reason only

    @property
    def decides(self) -> bool:
        return self.weighs in ("block", "lenient")

    @property
    def is_blocking(self) -> bool:
        """Not met, and the law leaves no room: the case is blocked."""
        return self.decides and self.met is False

    @property
    def is_mandatory(self) -> bool:
        """Whether the case is blocked when it is not met or not known."""
        return self.weighs == "block"

    @property
    def warns(self) -> bool:
        """Not met, but for people to weigh."""
        return self.weighs == "warning" and self.met is False

    @property
    def needs_reason(self) -> bool:
        """Not met, and one may go on with a written reason: a warning that asks for it, or a rule that is not confirmed."""
        return (self.warns and self.reason) or (self.is_blocking and not self.confirmed)

    @property
    def weight(self) -> str:
        return WEIGHT_NAMES[self.weighs]


@dataclass(frozen=True)
class EligibilityVerdict(CitedResult):
    """Whether the subject may be given the award: True, False, or None when something that decides is not known."""

    award: str
    name: str
    eligible: bool | None
    decider: Decider
    findings: tuple[Finding, ...]
    received: date
    decided: date

    @property
    def review(self) -> str:
        """What is to be reviewed of the law that was used ("Cần rà soát …"), or "": said once, above the conditions."""
        said = next((ground.note for ground in self.grounds if ground.needs_review), "")
        return said[said.find("Cần rà soát") :] if "Cần rà soát" in said else said

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
    """The law before which a case comes; `seen` keeps a title from asking for itself in a circle."""

    def __init__(self, law: Law, seen: frozenset[str] = frozenset()) -> None:
        self.law, self.seen = law, seen

    def meets(self, case: EligibilityCase) -> bool | None:
        if case.award in self.seen:
            return None
        inner = _LawContext(self.law, self.seen | {case.award})
        found = _findings(inner, case, without=("once",))
        return _eligible(found)


def judge(law: Law, case: EligibilityCase) -> EligibilityVerdict:
    """The verdict on a case: criteria by the law of the day on which the file was received, decider by the day of the decision.

    UnknownCode for an award that the catalogue does not list, RuleBroken for dates before the law kept here.
    """
    award = law.award(case.award)
    who = award_decider(law, case.award, case.decided)
    findings = (
        _is_still_given(law, who, case),
        _right_subject(law, case),
        *(_findings(_LawContext(law, frozenset({case.award})), case) if case.subject.kind in award.subjects else ()),
    )
    grounds = tuple(dict.fromkeys(ground for finding in findings for ground in finding.grounds))
    name = law.award_name(case.award, case.decided)
    return EligibilityVerdict(
        grounds, case.award, name, _eligible(findings), who, findings, case.received, case.decided
    )


def _findings(context: _LawContext, case: EligibilityCase, without: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    rules = context.law.conditions(case.award, case.subject.kind, case.received)
    return tuple(
        _finding(context, value, case)
        for value in rules
        if _asked(value.content, case) and value.code.partition(".")[2] not in without
    )


def _asked(content: dict[str, Any], case: EligibilityCase) -> bool:
    """Conditions for officials are not asked of farmers; a kind of work that is not known is asked what officials are."""
    work = content.get("work")
    return case.kind in content.get("kinds", (case.kind,)) and (
        work is None or (case.subject.work or "official") in work
    )


def _finding(context: _LawContext, value: DatedValue, case: EligibilityCase) -> Finding:
    content = value.content
    outcome = run_condition_test(content["test"], case, context)
    law = context.law
    grounds = tuple(law.legal_basis(one) for one in {one.version: one for one in (value, *outcome.rests_on)}.values())
    says = content.get("asks", "") if content["test"]["name"] == "judgement" else ""
    text = " ".join(filter(None, [says, outcome.says]))
    code = value.code.partition(".")[2]
    return Finding(
        grounds,
        code,
        content["label"],
        outcome.met,
        content["weighs"],
        text,
        outcome.needs,
        content.get("reason", False),
    )


def _is_still_given(law: Law, who: Decider, case: EligibilityCase) -> Finding:
    met = who.here != "none"
    name, day = law.award_name(case.award, case.decided), format_date(case.decided)
    says = f"Ngày {day} do {who.label} quyết định." if met else f"Ngày {day} không còn hoặc chưa có {name}."
    return Finding(who.grounds, "decider", "Thẩm quyền quyết định", met, "block", says, "")


def _right_subject(law: Law, case: EligibilityCase) -> Finding:
    award = law.award(case.award)
    met = case.subject.kind in award.subjects
    for_whom = ", ".join(SUBJECT_NAMES[kind] for kind in award.subjects)
    says = f"{law.award_name(case.award, case.decided)} dành cho {for_whom}."
    rule = law.find(f"{case.award}.decider", case.decided)
    grounds = (law.legal_basis(rule),) if rule else ()
    return Finding(grounds, "subject", "Đối tượng", met, "block", says, "")


def _eligible(findings: Iterable[Finding]) -> bool | None:
    found = list(findings)
    if any(finding.is_blocking for finding in found):
        return False
    return None if any(finding.weighs == "block" and finding.met is None for finding in found) else True


def initiatives_used(law: Law, case: EligibilityCase) -> tuple[InitiativeFact, ...]:
    """The initiatives that an award of this case uses up: each is used once (Công văn số 5007/BNV-TĐKT năm 2023).

    Where an initiative is one of several ways to meet a condition, only if none of the others is met.
    """
    context = _LawContext(law, frozenset({case.award}))
    rules = law.conditions(case.award, case.subject.kind, case.received)
    found = [
        one
        for rule in rules
        if _asked(rule.content, case)
        for one in _initiatives_spent(rule.content["test"], case, context)
    ]
    return tuple(dict.fromkeys(found))


def _initiatives_spent(test: dict[str, Any], case: EligibilityCase, context: _LawContext) -> list[InitiativeFact]:
    if test["name"] == "initiative":
        return unused_initiatives(test, case)[: test.get("times", 1)]
    if test["name"] == "all_of":
        return [one for part in test["of"] for one in _initiatives_spent(part, case, context)]
    if test["name"] == "any_of":
        met = [part for part in test["of"] if run_condition_test(part, case, context).met]
        ways = [_initiatives_spent(part, case, context) for part in met]
        return min(ways, key=len, default=[])
    return []


# ── nearly there ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class EligibilityProspect(CitedResult):
    """An award within reach: in how many years at best, in which year, and what is missing, a sentence each."""

    award: str
    name: str
    years: int
    year: int
    missing: tuple[str, ...]


def eligibility_outlook(law: Law, case: EligibilityCase, most_years: int = 3) -> EligibilityProspect | None:
    """When the subject of the case may become eligible if every year to come goes well; None: not within `most_years`.

    "Goes well": evaluated excellent, an initiative of the scope asked for, the lower titles given each year. The case itself
    (0 years) is not looked at again; nothing is said of awards that need no earlier award.
    """
    chains = [
        rule for rule in law.conditions(case.award, case.subject.kind, case.received) if _chains(rule.content["test"])
    ]
    if case.record is None or not chains:
        return None
    for years in range(0 if _open(case) else 1, most_years + 1):
        hoped = _best_case(law, case, years)
        if judge(law, hoped).eligible:
            missing = tuple(text for rule in chains for text in _missing(law, rule, case, hoped))
            grounds = tuple(law.legal_basis(rule) for rule in chains)
            name = law.award_name(case.award, case.received)
            return EligibilityProspect(grounds, case.award, name, years, case.year + years, missing)
    return None


def _chains(test: dict[str, Any]) -> list[dict[str, Any]]:
    """The chain tests within a test."""
    if test["name"] == "chain":
        return [test]
    inner = test["of"] if test["name"] in ("any_of", "all_of") else ()
    return [found for part in inner for found in _chains(part)]


def _open(case: EligibilityCase) -> bool:
    """The case's own year is not over: what is not decided of it may still come."""
    return case.year >= case.received.year


def _years_ahead(case: EligibilityCase, years: int) -> range:
    """The years from which good may still be hoped."""
    return range(case.year + (0 if _open(case) else 1), case.year + years + 1)


def _best_case(law: Law, case: EligibilityCase, years: int) -> EligibilityCase:
    """The case so many years later, after good years: only the subject's own record is taken from what is known."""
    year = case.year + years
    coming = _years_ahead(case, years)
    rules = law.conditions(case.award, case.subject.kind, case.received)
    bases = {code for rule in rules for test in _chains(rule.content["test"]) for code in test["awards"]}
    subject = case.subject
    hoped = replace(
        subject,
        evaluation={**dict.fromkeys(coming, "excellent"), **subject.evaluation},
        initiatives=(
            *(subject.initiatives or ()),
            *(InitiativeFact(one, "nation", title="sáng kiến mới") for one in coming),
        ),
        discipline=tuple(row for row in subject.discipline or () if row.end is not None),
        pending=(),
        leave=(),
        joined=subject.joined or date(case.year - 10, 1, 1),
    )
    record = (case.record or AwardRecord()) | [PriorAward(code, one) for code in bases for one in coming]
    day = max(date(year, 12, 31), case.received)
    return replace(case, year=year, subject=hoped, record=record, received=day, decided=day)


def _missing(law: Law, rule: DatedValue, case: EligibilityCase, hoped: EligibilityCase) -> list[str]:
    found = []
    for test in _chains(rule.content["test"])[:1]:
        coming = _to_come(test, case, hoped, _LawContext(law))
        name = " hoặc ".join(law.award_name(code, case.received) for code in test["awards"])
        if coming:
            found.append(f"Còn {len(coming):02d} lần {name} liên tục ({', '.join(map(str, coming))}).")
        else:
            found.append(f"Đã đủ {test['times']:02d} lần {name} liên tục.")
    found += [f"Có sáng kiến, đề tài theo yêu cầu trong năm {hoped.year}."] if _wants_initiative(law, case) else []
    return found


def _to_come(test: dict[str, Any], case: EligibilityCase, hoped: EligibilityCase, context: _LawContext) -> list[int]:
    """The years of the chain whose award is not on record yet, the fewest of all ways: a broken run counts from its break."""
    run, _ = unbroken_run(test, hoped, context)
    times, every = test["times"], test.get("every", 1)
    chains = [run[start : start + times] for start in range(len(run) - times + 1)]
    ways = [
        [year for year in one if year not in unbroken_run(test, replace(case, year=year), context)[0]]
        for one in chains
        if hoped.year - one[-1] <= every
    ]
    return min(ways, key=len, default=list(_years_ahead(case, hoped.year - case.year)))


def _wants_initiative(law: Law, case: EligibilityCase) -> bool:
    rules = law.conditions(case.award, case.subject.kind, case.received)
    return any(rule.content["test"]["name"] == "initiative" for rule in rules)


def accepts_initiative(law: Law, award: str, subject: str, on: date) -> bool:
    """Whether an initiative is one of the ways to meet a condition of the award."""
    return any(_names(rule.content["test"], "initiative") for rule in law.conditions(award, subject, on))


def _names(test: dict[str, Any], name: str) -> bool:
    inner = test["of"] if test["name"] in ("any_of", "all_of") else ()
    return test["name"] == name or any(_names(part, name) for part in inner)


def verdict_differences(before: EligibilityVerdict, after: EligibilityVerdict) -> list[str]:
    """What changes between two verdicts on the same subject (the same case on another day), a sentence each."""
    words = {True: "đạt", False: "chưa đạt", None: "chưa đủ thông tin"}
    found = []
    if before.eligible is not after.eligible:
        found.append(f"Kết quả: {words[before.eligible]} → {words[after.eligible]}.")
    if before.decider.code != after.decider.code:
        found.append(f"Thẩm quyền: {before.decider.label} → {after.decider.label}.")
    old, new = ({finding.code: finding for finding in verdict.findings} for verdict in (before, after))
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
