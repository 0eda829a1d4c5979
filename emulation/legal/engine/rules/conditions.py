"""The tests named in the conditions of the statutes: each returns met, not met or not known, with the reason. Pure."""

from collections.abc import Callable, Sequence

from emulation.legal.engine.law import DatedValue
from emulation.legal.engine.rules.condition_base import (
    ALL_OF_ORDER,
    ANY_OF_ORDER,
    ConditionContext,
    ConditionResult,
    ConditionTest,
    strongest_result,
)
from emulation.legal.engine.rules.discipline_conditions import discipline_over, no_discipline, nothing_pending
from emulation.legal.engine.rules.facts import EligibilityCase
from emulation.legal.engine.rules.record_conditions import chain, meets, once_a_year
from emulation.legal.engine.rules.subject_conditions import (
    evaluation,
    evaluation_run,
    exists_still,
    initiative,
    leave_counts,
    members,
    months,
    not_a_pupil,
    registered,
    share,
)


def judgement(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Left to the council: the law gives no figures to check."""
    return ConditionResult(None, "Do Hội đồng xem xét, đánh giá.")


def any_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """At least one part is met. Shows the parts that are met, or all of them when none is."""
    parts = [run_condition_test(part, case, context) for part in test["of"]]
    met = strongest_result([part.met for part in parts], ANY_OF_ORDER)
    shown = [part for part in parts if part.met is True] if met else parts
    needs = "" if met else " Hoặc: ".join(part.needs for part in parts if part.needs)
    return _combined_result(met, shown, needs)


def all_of(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """Every part is met. Shows the parts that decide the result."""
    parts = [run_condition_test(part, case, context) for part in test["of"]]
    met = strongest_result([part.met for part in parts], ALL_OF_ORDER)
    shown = [part for part in parts if part.met is met]
    needs = "" if met else " ".join(part.needs for part in parts if part.needs)
    return _combined_result(met, shown, needs)


def _combined_result(met: bool | None, shown: Sequence[ConditionResult], needs: str) -> ConditionResult:
    based_on: list[DatedValue] = []
    for part in shown:
        based_on += part.based_on
    return ConditionResult(met, " ".join(part.says for part in shown), needs, tuple(based_on))


CONDITION_TESTS: dict[str, Callable[[ConditionTest, EligibilityCase, ConditionContext], ConditionResult]] = {
    test.__name__: test
    for test in (
        judgement,
        evaluation,
        evaluation_run,
        initiative,
        months,
        no_discipline,
        discipline_over,
        nothing_pending,
        leave_counts,
        share,
        members,
        registered,
        exists_still,
        not_a_pupil,
        once_a_year,
        meets,
        chain,
        any_of,
        all_of,
    )
}


def run_condition_test(test: ConditionTest, case: EligibilityCase, context: ConditionContext) -> ConditionResult:
    """The result of one test for a case."""
    return CONDITION_TESTS[test["name"]](test, case, context)
