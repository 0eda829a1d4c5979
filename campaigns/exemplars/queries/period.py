"""Queries about periods: the answer of each unit to one period (board), of one unit to all, units still silent."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.quarter_submission import submission_counts
from campaigns.exemplars.rules import answer_status
from campaigns.obligations.queries import answering_units
from emulation.communes.models import Commune
from emulation.core.status_pills import StatusPill
from villages.models import Unit


def current_month(commune: Commune, on: date) -> Period | None:
    """The period of the month of that day, if it was opened."""
    return Period.objects.filter(commune=commune, kind=Period.MONTH, year=on.year, number=on.month).first()


@dataclass(frozen=True)
class PeriodBoardRow:
    """One unit in one period: counts by state, whether it answered "none", and the time of the last change of state."""

    unit: Unit
    counts: dict[str, int]
    nothing: bool
    since: Any
    picked: int = 0  # of a quarter: exemplars of its months submitted to it

    @property
    def answered(self) -> bool:
        """Whether the unit has submitted something."""
        if self.nothing or self.picked:
            return True
        return any(self.counts.get(state) for state in ("submitted", "returned", *Exemplar.VALID))

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(state, 0) for state in Exemplar.VALID)

    def status(self, period: Period, on: date) -> StatusPill:
        """The status of the unit in the period on that day."""
        if self.counts.get(Exemplar.RETURNED):
            return answer_status.RETURNED
        if self.counts.get(Exemplar.SUBMITTED):
            return answer_status.WAITING
        if self.accepted:
            return answer_status.SENT
        if self.picked:
            return answer_status.PICKED
        if self.nothing:
            return answer_status.NOTHING
        has_draft = bool(self.counts.get(Exemplar.DRAFT))
        return answer_status.unsent_status(
            has_draft=has_draft, is_late=on > period.due_on, is_closed=period.closed_on is not None
        )


def period_board(period: Period) -> list[PeriodBoardRow]:
    """Every unit that must answer, with its answers in the period; two queries, for a quarter three."""
    counts: dict[int, dict[str, int]] = {}
    nothing: set[int] = set()
    since: dict[int, Any] = {}
    rows = Exemplar.objects.filter(period=period).exclude(state=Exemplar.CANCELLED)
    for unit_id, state, is_nothing, at in rows.values_list("unit_id", "state", "nothing", "state_since"):
        since[unit_id] = max(at, since.get(unit_id, at))
        if is_nothing and state not in Exemplar.OPEN:
            nothing.add(unit_id)
        elif not is_nothing or state == Exemplar.RETURNED:
            by_state = counts.setdefault(unit_id, {})
            by_state[state] = by_state.get(state, 0) + 1
    picks = submission_counts([period])
    return [
        PeriodBoardRow(
            unit,
            counts.get(unit.pk, {}),
            unit.pk in nothing,
            since.get(unit.pk),
            picks.get((period.pk, unit.pk), 0),
        )
        for unit in answering_units(period.commune_id, period.due_on)
    ]


def period_board_tiles(period: Period, rows: list[PeriodBoardRow]) -> list[dict[str, Any]]:
    """The figures shown above the board."""
    silent = sum(not row.answered for row in rows)
    address = reverse("campaigns:exemplars") + f"?ky={period.pk}"
    return [
        {"number": f"{len(rows) - silent}/{len(rows)}", "label": "đơn vị đã trả lời"},
        {
            "number": sum(row.counts.get("submitted", 0) for row in rows),
            "label": "điển hình chờ xem",
            "url": f"{address}&trang-thai=submitted",
        },
        {"number": sum(row.accepted for row in rows), "label": "đã chấp nhận", "url": f"{address}&trang-thai=accepted"},
        {"number": silent, "label": "đơn vị chưa gửi", "bad": bool(silent)},
    ]


def silent_units(period: Period) -> list[Unit]:
    """Units that have not answered for the period."""
    return [row.unit for row in period_board(period) if not row.answered]


def period_lines(periods: list[Period]) -> list[dict[str, Any]]:
    """For each period the numbers of units that answered, of waiting and of accepted exemplars; at most two queries."""
    lines: dict[int, dict[str, Any]] = {
        period.pk: {"period": period, "units": set(), "waiting": 0, "accepted": 0} for period in periods
    }
    rows = Exemplar.objects.filter(period__in=periods).sent()
    for period_id, unit_id, state, nothing in rows.values_list("period_id", "unit_id", "state", "nothing"):
        line = lines[period_id]
        line["units"].add(unit_id)
        line["waiting"] += state == Exemplar.SUBMITTED
        line["accepted"] += state in Exemplar.VALID and not nothing
    for (period_id, unit_id), count in submission_counts(periods).items():
        lines[period_id]["units"].add(unit_id)
        lines[period_id]["accepted"] += count
    return [{**line, "units": len(line["units"])} for line in lines.values()]


class AnswerState(NamedTuple):
    """What a count of answers reads of an exemplar."""

    pk: int
    state: str
    nothing: bool


@dataclass(frozen=True)
class UnitPeriod:
    """The answer of one unit to one period: the numbers of drafts, of sent and of returned exemplars; `nothing` if "none".

    `unfinished`: the id of the exemplar that its head writes on first, a returned one or else the latest draft.
    """

    period: Period
    unit: Unit
    drafts: int
    sent: int
    nothing: bool
    returned: int = 0
    unfinished: int | None = None
    picked: int = 0  # of a quarter: exemplars of its months submitted to it

    @property
    def key(self) -> tuple[int, int]:
        return self.period.pk, self.unit.pk

    @property
    def is_due(self) -> bool:
        """Whether the unit still has to answer."""
        return not self.sent and not self.picked

    @property
    def is_unanswered(self) -> bool:
        """Whether the unit still has to answer and has not begun to."""
        return self.is_due and not self.drafts

    @property
    def passed(self) -> int:
        """The number of exemplars sent and not returned."""
        return self.sent - self.returned

    @property
    def continue_label(self) -> str:
        """The label of the button that opens the unfinished exemplar."""
        if self.returned:
            return "Sửa bản được trả lại"
        return "Viết tiếp" if self.drafts == 1 else "Viết tiếp bản mới nhất"

    @property
    def may_say_nothing(self) -> bool:
        return not self.sent and not self.drafts and not self.picked


def must_answer(period: Period, unit: Unit) -> bool:
    """Whether the unit must answer for the period: it exists on the due day."""
    founded = unit.founded_on
    dissolved = unit.dissolved_on
    return (founded is None or founded <= period.due_on) and (dissolved is None or dissolved > period.due_on)


def unit_periods(units: list[Unit], commune_id: int, on: date) -> list[UnitPeriod]:
    """The answers of these units to the current month and quarter, and to open unanswered ones among the last four periods.

    Earlier periods first; only periods on whose due day the unit exists.
    """
    periods = list(Period.objects.filter(commune_id=commune_id, opens_on__lte=on).order_by("-opens_on", "-pk")[:4])
    states = _states_of_answers(periods, units)
    picks = submission_counts(periods, units)
    items = []
    for period in sorted(periods, key=lambda period: (period.due_on, period.pk)):
        for unit in filter(partial(must_answer, period), units):
            key = (period.pk, unit.pk)
            items.append(_unit_period(period, unit, states.get(key, []), picks.get(key, 0)))
    current = [item for item in items if not item.period.is_past(on)]
    earlier = [item for item in items if item.is_due and not item.period.closed_on and item not in current]
    return earlier + current


def _states_of_answers(periods: list[Period], units: list[Unit]) -> dict[tuple[int, int], list[AnswerState]]:
    """{(period, unit): the states of its exemplars, the latest first}, without cancelled ones."""
    rows = Exemplar.objects.filter(period__in=periods, unit__in=units).exclude(state=Exemplar.CANCELLED)
    states = defaultdict(list)
    for period_id, unit_id, *answer in rows.order_by("-pk").values_list("period_id", "unit_id", *AnswerState._fields):
        states[period_id, unit_id].append(AnswerState(*answer))
    return states


def _unit_period(period: Period, unit: Unit, states: list[AnswerState], picked: int) -> UnitPeriod:
    """`states` of the unit's exemplars in the period, without cancelled ones, the latest first."""
    drafts = [answer.pk for answer in states if answer.state == Exemplar.DRAFT]
    returned = [answer.pk for answer in states if answer.state == Exemplar.RETURNED]
    return UnitPeriod(
        period,
        unit,
        drafts=len(drafts),
        sent=len(states) - len(drafts),
        nothing=any(answer.nothing and answer.state not in Exemplar.OPEN for answer in states),
        returned=len(returned),
        unfinished=next(iter(returned + drafts), None),
        picked=picked,
    )


def first_to_write(items: list[UnitPeriod]) -> UnitPeriod | None:
    """The month to write about first: of those not answered, or with a draft or a returned exemplar, the one that is due first.

    Not a quarter, which takes exemplars of its months.
    """
    waiting = (item for item in items if item.unfinished or item.is_unanswered)
    return next((item for item in waiting if not item.period.is_quarter), None)


def unanswered_periods(unit_ids: Any, commune_id: int, on: date) -> list[UnitPeriod]:
    """Open periods that these units have not answered, for the to-do list of their heads ("Việc của tôi").

    Of a closed unit those whose due day it was still there for: the head of the unit that took over answers them.
    """
    units = list(Unit.objects.filter(commune_id=commune_id, pk__in=unit_ids).exclude(kind=Unit.OFFICE))
    return [item for item in unit_periods(units, commune_id, on) if item.is_due and not item.period.closed_on]
