"""Tests of conditions about earlier awards of the subject: once a year, lower titles, chains. Pure."""

from dataclasses import replace

from emulation.legal.engine.law import DatedValue
from emulation.legal.engine.rules import facts
from emulation.legal.engine.rules.condition_base import ConditionContext, ConditionResult, ConditionTest
from emulation.legal.engine.rules.facts import EligibilityCase, PriorAward


def once_a_year(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Not yet given for the same year: an achievement is commended only once."""
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.")
    rows = [row for row in _awards_given(case, case.award, case.year) if row.kind == case.kind]
    if not rows:
        return ConditionResult(True, f"Chưa được tặng cho năm {case.year}.")
    decision = f" ({rows[0].decision})" if rows[0].decision else ""
    return ConditionResult(False, f"Đã được tặng cho năm {case.year}{decision}.", "Một thành tích chỉ tặng một lần.")


def meets(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Has the lower title for the year, or meets all its conditions (the two are often considered together)."""
    code = test["awards"][0]
    name = context.law.award_name(code, case.received)
    _, excluded = _excluded(case, context)
    if any(row.kind not in excluded for row in _awards_given(case, code, case.year)):
        return ConditionResult(True, f"Đã được tặng {name} năm {case.year}.")
    met = context.meets(replace(case, award=code))
    result = {True: "đạt", False: "không đạt", None: "chưa đủ thông tin để biết đạt hay không"}[met]
    return ConditionResult(
        met, f"Năm {case.year} {result} tiêu chuẩn {name}.", "" if met else f"Đạt tiêu chuẩn {name}."
    )


def chain(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Awarded `times` times in a row: award years at most `every` years apart, also the last one and the year of the case."""
    name = " hoặc ".join(context.law.award_name(code, case.received) for code in test["awards"])
    times = test["times"]
    needs = f"{times:02d} lần liên tục được tặng {name}" if times > 1 else f"Đã được tặng {name}"
    if case.record is None:
        return ConditionResult(None, "Chưa tra các lần đã được khen.", f"{needs}.")
    run, left_out = unbroken_run(test, case, context)
    rule, _ = _excluded(case, context)
    based_on = (rule,) if rule and left_out else ()
    not_counted = "".join(f"; không tính lần khen năm {year} ({kind})" for year, kind in left_out)
    if len(run) >= times:
        years = ", ".join(map(str, run[-times:]))
        return ConditionResult(True, f"{name}: {years}{not_counted}.", based_on=based_on)
    found = f"{name}: liên tục {len(run)} lần ({', '.join(map(str, run))})" if run else f"Chưa có {name} liền trước"
    missing = f"{needs}; còn thiếu {times - len(run)} lần."
    return ConditionResult(False, f"{found}{not_counted}.", missing, based_on)


def unbroken_run(
    test: ConditionTest, case: EligibilityCase, context: ConditionContext
) -> tuple[list[int], list[tuple[int, str]]]:
    """The years of the unbroken run that ends at the year of the case, and the awards not counted because of their kind.

    The latter are pairs of year and name of the kind (đột xuất, chuyên đề).
    """
    assert case.record is not None
    every = test.get("every", 1)
    _, excluded = _excluded(case, context)
    first_year = case.year - every * (test["times"] + 1)
    counted: set[int] = set()
    left_out: list[tuple[int, str]] = []
    for code in test["awards"]:
        for year in case.record.years(code, first_year, case.year):
            rows = _awards_given(case, code, year)
            if any(row.kind not in excluded for row in rows):
                counted.add(year)
            elif rows:
                left_out.append((year, facts.KIND_NAMES[rows[0].kind]))
    run: list[int] = []
    next_year = case.year
    for year in sorted(counted, reverse=True):
        if next_year - year > every:
            break
        run.append(year)
        next_year = year
    return run[::-1], left_out


def _awards_given(case: EligibilityCase, award: str, year: int) -> list[PriorAward]:
    """The awards of that year given by the day of the decision; later ones cannot count."""
    rows = case.record.in_year(award, year) if case.record else []
    return [row for row in rows if row.on is None or row.on <= case.decided]


def _excluded(case: EligibilityCase, context: ConditionContext) -> tuple[DatedValue | None, set[str]]:
    """The kinds of commendation that do not count for a higher award of công trạng, with the legal value, if any."""
    rule = context.law.find("record.excluded", case.received)
    return rule, set(rule.content) if rule else set()
