"""The annual board, units by months: how each unit answered each period of a year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries.period import must_answer
from campaigns.exemplars.queries.quarter_submission import submission_counts
from campaigns.exemplars.rules import answer_status
from campaigns.obligations.queries import units_within
from emulation.core.status_pills import StatusPill
from villages.models import Unit


@dataclass(frozen=True)
class PeriodMark:
    """The status of a unit in a period, and a short form that fits into a cell."""

    code: str
    short: str
    status: StatusPill

    @property
    def word(self) -> str:
        return self.status.word

    @property
    def icon(self) -> str:
        return self.status.icon

    @property
    def tone(self) -> str:
        return self.status.tone


PERIOD_MARKS = {
    mark.code: mark
    for mark in (
        PeriodMark("done", "Đúng", StatusPill("Đã gửi đúng hạn", "check-circle", "good")),
        PeriodMark("late", "Muộn", StatusPill("Đã gửi, muộn", "clock-history", "wait")),
        PeriodMark("nothing", "Không", answer_status.NOTHING),
        PeriodMark("returned", "Sửa", answer_status.RETURNED),
        PeriodMark("waiting", "Chưa", answer_status.NOT_SENT),
        PeriodMark("silent", "Thiếu", answer_status.NOT_SENT_LATE),
        PeriodMark("closed", "Bỏ", answer_status.NOT_SENT_CLOSED),
        PeriodMark("unasked", "", StatusPill("Không thuộc diện gửi", "dash", "neutral")),
    )
}


PERIOD_FILTERS = {"thang": Period.MONTH, "quy": Period.QUARTER}
PERIOD_FILTER_LABELS = {"": "Tháng và quý", "thang": "Chỉ tháng", "quy": "Chỉ quý"}
NONE_SENT = {"count": 0, "nothing": 0, "reopened": 0, "total": 0, "in_time": 0}


@dataclass(frozen=True)
class YearCell:
    """One unit in one period; `count` is the number of exemplars sent."""

    period: Period
    mark: PeriodMark
    count: int = 0


@dataclass(frozen=True)
class YearRow:
    unit: Unit
    cells: list[YearCell]

    @property
    def in_time(self) -> int:
        return sum(cell.mark.code in ("done", "nothing") for cell in self.cells)

    @property
    def bad(self) -> int:
        return sum(cell.mark.tone == "bad" for cell in self.cells)


def board_years(commune_id: int) -> list[int]:
    """The years with periods, latest first."""
    rows = Period.objects.filter(commune_id=commune_id).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def periods_of(commune_id: int, year: int, kind: str = "") -> list[Period]:
    """The periods of a year in order: months, and each quarter after its last month; only those of a kind, if one is given."""
    rows = Period.objects.filter(commune_id=commune_id, year=year, **({"kind": kind} if kind else {}))
    return sorted(rows, key=lambda period: (period.opens_on, period.kind != Period.MONTH))


def asked_units(commune_id: int, periods: list[Period]) -> QuerySet[Unit]:
    """The units that had to answer in at least one of these periods, in the default order of units."""
    if not periods:
        return Unit.objects.none()
    days = [period.due_on for period in periods]
    return units_within(commune_id, min(days), max(days))


def year_rows(periods: list[Period], units: list[Unit], on: date) -> list[YearRow]:
    """Every unit with its cell in each period; a constant number of queries."""
    sent = Exemplar.objects.filter(period__in=periods, unit__in=units).sent_once().order_by()
    found: dict[tuple[int, int], dict[str, Any]] = {
        (row["unit_id"], row["period_id"]): row
        for row in sent.values("unit_id", "period_id").annotate(
            count=Count("pk", filter=Q(nothing=False)),
            nothing=Count("pk", filter=Q(nothing=True)),
            reopened=Count("pk", filter=Q(state__in=Exemplar.OPEN)),
            total=Count("pk"),
            in_time=Count("pk", filter=Q(first_sent_on__lte=F("period__due_on"))),
        )
    }
    for (period_id, unit_id), count in submission_counts(periods, units).items():
        row = found.setdefault((unit_id, period_id), dict(NONE_SENT))
        # Submitted from a month's exemplars, so they count as in time.
        row |= {"count": row["count"] + count, "total": row["total"] + count, "in_time": row["in_time"] + count}
    return [
        YearRow(unit, [_cell(period, unit, found.get((unit.pk, period.pk)), on) for period in periods])
        for unit in units
    ]


def _cell(period: Period, unit: Unit, row: dict[str, Any] | None, on: date) -> YearCell:
    if row is None:
        if not must_answer(period, unit):
            return YearCell(period, PERIOD_MARKS["unasked"])
        if on <= period.due_on:
            return YearCell(period, PERIOD_MARKS["waiting"])
        return YearCell(period, PERIOD_MARKS["closed" if period.closed_on else "silent"])
    if row["reopened"] == row["total"]:
        return YearCell(period, PERIOD_MARKS["returned"], row["count"])
    if not row["in_time"]:
        return YearCell(period, PERIOD_MARKS["late"], row["count"])
    return YearCell(period, PERIOD_MARKS["done" if row["count"] else "nothing"], row["count"])
