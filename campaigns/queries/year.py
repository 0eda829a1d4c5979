"""The board unit x month: how each unit answered each period of a year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from campaigns.models import Exemplar, Period
from campaigns.queries.asks import is_asked
from campaigns.queries.picks import picks_of
from villages.models import Unit


@dataclass(frozen=True)
class Mark:
    """How a unit stands in a period: a word, its icon and tone, and the few letters that fit into a cell."""

    code: str
    word: str
    short: str
    icon: str
    tone: str


MARKS = {
    mark.code: mark
    for mark in (
        Mark("done", "Đã gửi đúng hạn", "Đúng", "check-circle", "good"),
        Mark("late", "Đã gửi, muộn", "Muộn", "clock-history", "wait"),
        Mark("nothing", "Báo không có", "Không", "dash-circle", "neutral"),
        Mark("returned", "Đang sửa theo yêu cầu", "Sửa", "arrow-return-left", "wait"),
        Mark("waiting", "Chưa đến hạn", "Chờ", "circle", "neutral"),
        Mark("silent", "Quá hạn, chưa gửi", "Thiếu", "exclamation-triangle", "bad"),
        Mark("closed", "Không gửi, kỳ đã chốt", "Bỏ", "x-circle", "bad"),
        Mark("unasked", "Không thuộc diện gửi", "", "dash", "neutral"),
    )
}


NONE_SENT = {"count": 0, "nothing": 0, "returned": 0, "total": 0, "in_time": 0}


@dataclass(frozen=True)
class Cell:
    """One unit in one period; `count` exemplars sent."""

    period: Period
    mark: Mark
    count: int = 0


@dataclass(frozen=True)
class YearRow:
    unit: Unit
    cells: list[Cell]

    @property
    def in_time(self) -> int:
        return sum(cell.mark.code in ("done", "nothing") for cell in self.cells)

    @property
    def bad(self) -> int:
        return sum(cell.mark.tone == "bad" for cell in self.cells)


def years(commune_id: int) -> list[int]:
    """The years of which there are periods, latest first."""
    rows = Period.objects.filter(commune_id=commune_id).order_by("-year").values_list("year", flat=True)
    return list(rows.distinct())


def periods_of(commune_id: int, year: int) -> list[Period]:
    """The periods of a year in their order: months, with each quarter after its last month."""
    rows = Period.objects.filter(commune_id=commune_id, year=year)
    return sorted(rows, key=lambda period: (period.opens_on, period.kind != Period.MONTH))


def asked_units(commune_id: int, periods: list[Period]) -> QuerySet[Unit]:
    """The units that were asked in one of these periods, in the order of the house."""
    rows = Unit.objects.filter(commune_id=commune_id).exclude(kind=Unit.OFFICE)
    if not periods:
        return rows.none()
    last, first = max(period.due_on for period in periods), min(period.due_on for period in periods)
    return rows.filter(Q(founded_on=None) | Q(founded_on__lte=last), Q(dissolved_on=None) | Q(dissolved_on__gt=first))


def year_rows(periods: list[Period], units: list[Unit], on: date) -> list[YearRow]:
    """Every unit with its cell in each period; two queries whatever their number."""
    sent = Exemplar.objects.filter(period__in=periods, unit__in=units).sent().order_by()
    found: dict[tuple[int, int], dict[str, Any]] = {
        (row["unit_id"], row["period_id"]): row
        for row in sent.values("unit_id", "period_id").annotate(
            count=Count("pk", filter=Q(nothing=False)),
            nothing=Count("pk", filter=Q(nothing=True)),
            returned=Count("pk", filter=Q(state=Exemplar.RETURNED)),
            total=Count("pk"),
            in_time=Count("pk", filter=Q(submitted_on__lte=F("period__due_on"))),
        )
    }
    for (period_id, unit_id), count in picks_of(periods, units).items():
        row = found.setdefault((unit_id, period_id), dict(NONE_SENT))
        # Put forward from a month's exemplars, which came in their own time.
        row |= {"count": row["count"] + count, "total": row["total"] + count, "in_time": row["in_time"] + count}
    return [
        YearRow(unit, [_cell(period, unit, found.get((unit.pk, period.pk)), on) for period in periods])
        for unit in units
    ]


def _cell(period: Period, unit: Unit, row: dict[str, Any] | None, on: date) -> Cell:
    if row is None:
        if not is_asked(period, unit):
            return Cell(period, MARKS["unasked"])
        if on <= period.due_on:
            return Cell(period, MARKS["waiting"])
        return Cell(period, MARKS["closed" if period.closed_on else "silent"])
    if row["returned"] == row["total"]:
        return Cell(period, MARKS["returned"], row["count"])
    if not row["in_time"]:
        return Cell(period, MARKS["late"], row["count"])
    return Cell(period, MARKS["done" if row["count"] else "nothing"], row["count"])
