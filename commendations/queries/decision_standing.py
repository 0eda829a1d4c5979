"""What became of the awards of an issued decision: all or some of them cancelled or replaced."""

from collections.abc import Sequence

from commendations.models import Award
from emulation.workflow.workflow import State

DECISION_STANDINGS = {
    (False, False): None,
    (True, False): State("Đã hủy một phần", "x-circle", "wait"),
    (False, True): State("Đã thay thế một phần", "arrow-repeat", "wait"),
    (True, True): State("Đã hủy, thay thế một phần", "x-circle", "wait"),
}
ENDED_DECISION_STANDINGS = {
    (True, False): State("Đã hủy toàn bộ", "x-circle", "bad"),
    (False, True): State("Đã được thay thế", "arrow-repeat", "neutral"),
    (True, True): State("Đã hủy, thay thế toàn bộ", "x-circle", "bad"),
}
"""By whether some awards were cancelled and whether some were replaced: of a decision with, and without, awards in force."""


def decision_standing(*, in_force: bool, cancelled: bool, replaced: bool) -> State | None:
    """What became of the awards of an issued decision: whether there are such awards; None while all are in force."""
    standings = DECISION_STANDINGS if in_force else ENDED_DECISION_STANDINGS
    return standings.get((cancelled, replaced))


def standing_of_awards(awards: Sequence[Award]) -> State | None:
    """The same from all awards of the decision."""
    return decision_standing(
        in_force=any(award.counts for award in awards),
        cancelled=any(award.is_cancelled for award in awards),
        replaced=any(award.is_replaced for award in awards),
    )
