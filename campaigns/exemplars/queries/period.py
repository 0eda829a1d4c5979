"""Periods: what each unit has reported, what is outstanding."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.quarter_submission import submission_counts
from campaigns.obligations.queries import answering_units
from emulation.communes.models import Commune
from villages.models import Unit


def current_month(commune: Commune, on: date) -> Period | None:
    """The month's period on that day, if it is open."""
    return Period.objects.filter(commune=commune, kind=Period.MONTH, year=on.year, number=on.month).first()


@dataclass(frozen=True)
class PeriodBoardRow:
    """One unit in one period: how many in each state, whether it said "none", and since when the last stands so."""

    unit: Unit
    counts: dict[str, int]
    nothing: bool
    since: Any
    picked: int = 0  # of a quarter: put forward out of its months

    @property
    def answered(self) -> bool:
        """Whether something was sent."""
        return (
            self.nothing
            or bool(self.picked)
            or any(self.counts.get(state) for state in ("submitted", "returned", *Exemplar.VALID))
        )

    @property
    def accepted(self) -> int:
        return sum(self.counts.get(state, 0) for state in Exemplar.VALID)


def period_board(period: Period) -> list[PeriodBoardRow]:
    """Every unit that is asked, with its answers in the period; two queries (a quarter: three) whatever their number."""
    counts: dict[int, dict[str, int]] = {}
    nothing: set[int] = set()
    since: dict[int, Any] = {}
    rows = Exemplar.objects.filter(period=period).exclude(state=Exemplar.CANCELLED)
    for unit_id, state, none, at in rows.values_list("unit_id", "state", "nothing", "state_since"):
        since[unit_id] = max(at, since.get(unit_id, at))
        if none and state != Exemplar.DRAFT:
            nothing.add(unit_id)
        elif not none:
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
    """The figures over the board."""
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
    """Units that have sent nothing in the period."""
    return [row.unit for row in period_board(period) if not row.answered]


def period_lines(periods: list[Period]) -> list[dict[str, Any]]:
    """For each period, how many units answered and how many exemplars wait or are accepted; two or three queries."""
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


@dataclass(frozen=True)
class UnitPeriod:
    """What one period asks of one unit: nothing sent yet, a draft begun, something sent, something sent back to be
    mended, or "none" said."""

    period: Period
    unit: Unit
    drafts: int
    sent: int
    nothing: bool
    returned: int = 0
    picked: int = 0  # of a quarter: put forward out of its months

    @property
    def key(self) -> tuple[int, int]:
        return self.period.pk, self.unit.pk

    @property
    def owed(self) -> bool:
        return not self.sent and not self.picked

    @property
    def passed(self) -> int:
        """Sent and not sent back."""
        return self.sent - self.returned

    @property
    def may_say_nothing(self) -> bool:
        return not self.sent and not self.drafts and not self.picked


def unit_periods(units: list[Unit], commune_id: int, on: date) -> list[UnitPeriod]:
    """What the month, the quarter and unanswered earlier periods (two at most, not closed) ask of these units; oldest first."""
    periods = list(Period.objects.filter(commune_id=commune_id, opens_on__lte=on).order_by("-opens_on", "-pk")[:4])
    rows = Exemplar.objects.filter(period__in=periods, unit__in=units).exclude(state=Exemplar.CANCELLED)
    kinds: dict[tuple[int, int], tuple[int, int, bool, int]] = {}
    for period_id, unit_id, state, nothing in rows.values_list("period_id", "unit_id", "state", "nothing"):
        drafts, sent, none, returned = kinds.get((period_id, unit_id), (0, 0, False, 0))
        is_draft = state == Exemplar.DRAFT
        is_returned = state == Exemplar.RETURNED
        none = none or (nothing and not is_draft and not is_returned)
        kinds[period_id, unit_id] = (drafts + is_draft, sent + (not is_draft), none, returned + is_returned)
    picks = submission_counts(periods, units)
    asked = [
        UnitPeriod(
            period,
            unit,
            *kinds.get((period.pk, unit.pk), (0, 0, False, 0)),
            picked=picks.get((period.pk, unit.pk), 0),
        )
        for period in sorted(periods, key=lambda period: (period.due_on, period.pk))
        for unit in units
    ]
    this_month = [item for item in asked if not item.period.is_past(on)]
    earlier = [item for item in asked if item.owed and not item.period.closed_on and item not in this_month]
    return earlier + this_month


def unanswered_periods(unit_ids: Any, commune_id: int, on: date) -> list[UnitPeriod]:
    """Periods that these units have not answered, oldest first: what "Việc của tôi" asks of the head of a unit."""
    units = list(answering_units(commune_id, on).filter(pk__in=unit_ids))
    return [item for item in unit_periods(units, commune_id, on) if item.owed and not item.period.closed_on]
