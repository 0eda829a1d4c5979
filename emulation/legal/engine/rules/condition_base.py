"""What the tests of conditions have in common: their input, their result, the weights of conditions. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.facts import EligibilityCase

WEIGHT_NAMES = {
    "block": "bắt buộc",
    "lenient": "bắt buộc, chưa biết thì không cản",
    "warning": "cảnh báo, không cản",
    "judgement": "Hội đồng xem xét, đánh giá",
}
ConditionTest = dict[str, Any]
# Which result of several parts is the result of the whole: the first of these that occurs.
ANY_OF_ORDER = (True, None, False)
ALL_OF_ORDER = (False, None, True)


@dataclass(frozen=True)
class ConditionResult:
    """`met` (None: not known), the evidence found, what would be needed, and further legal values that were applied."""

    met: bool | None
    says: str
    needs: str = ""
    based_on: tuple[DatedValue, ...] = ()


class ConditionContext(Protocol):
    """What a test may use besides the case: the law, and whether the subject meets the conditions of another award."""

    law: Law

    def meets(self, case: EligibilityCase) -> bool | None: ...


def strongest_result(results: Sequence[bool | None], order: tuple[bool | None, ...]) -> bool | None:
    """The first of `order` that occurs among the results, which are not empty."""
    return next(result for result in order if result in results)
