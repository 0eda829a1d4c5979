"""Figures and joins of the movement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse

from campaigns.models import Exemplar, Period
from campaigns.queries.picks import picks_of
from emulation.acts.flow import flow_of
from emulation.audit.trail import entries_about
from emulation.communes.models import Commune
from villages.models import Unit


def month_of(commune: Commune, on: date) -> Period | None:
    """The month's period on that day, if it is open."""
    return Period.objects.filter(commune=commune, kind=Period.MONTH, year=on.year, number=on.month).first()


def answering_units(commune_id: int, on: date) -> QuerySet[Unit]:
    """Units that are asked for exemplars: all in force but the office itself."""
    return Unit.objects.filter(commune_id=commune_id).in_force(on).exclude(kind=Unit.OFFICE)


@dataclass(frozen=True)
class BoardRow:
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


def board(period: Period) -> list[BoardRow]:
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
    picks = picks_of([period])
    return [
        BoardRow(
            unit,
            counts.get(unit.pk, {}),
            unit.pk in nothing,
            since.get(unit.pk),
            picks.get((period.pk, unit.pk), 0),
        )
        for unit in answering_units(period.commune_id, period.due_on)
    ]


def board_tiles(period: Period, rows: list[BoardRow]) -> list[dict[str, Any]]:
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
    return [row.unit for row in board(period) if not row.answered]


def answered_lines(periods: list[Period]) -> list[dict[str, Any]]:
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
    for (period_id, unit_id), count in picks_of(periods).items():
        lines[period_id]["units"].add(unit_id)
        lines[period_id]["accepted"] += count
    return [{**line, "units": len(line["units"])} for line in lines.values()]


@dataclass(frozen=True)
class Asked:
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


def asked_of(units: list[Unit], commune_id: int, on: date) -> list[Asked]:
    """What the month, the quarter and unanswered earlier periods (two at most, not closed) ask of these units; oldest first."""
    periods = list(Period.objects.filter(commune_id=commune_id, opens_on__lte=on).order_by("-opens_on", "-pk")[:4])
    rows = Exemplar.objects.filter(period__in=periods, unit__in=units).exclude(state=Exemplar.CANCELLED)
    kinds: dict[tuple[int, int], tuple[int, int, bool, int]] = {}
    for period_id, unit_id, state, nothing in rows.values_list("period_id", "unit_id", "state", "nothing"):
        drafts, sent, none, returned = kinds.get((period_id, unit_id), (0, 0, False, 0))
        is_draft, is_returned = state == Exemplar.DRAFT, state == Exemplar.RETURNED
        none = none or (nothing and not is_draft and not is_returned)
        kinds[period_id, unit_id] = (drafts + is_draft, sent + (not is_draft), none, returned + is_returned)
    picks = picks_of(periods, units)
    asked = [
        Asked(
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


def owed_by(unit_ids: Any, commune_id: int, on: date) -> list[Asked]:
    """Periods that these units have not answered, oldest first: what "Việc của tôi" asks of the head of a unit."""
    units = list(answering_units(commune_id, on).filter(pk__in=unit_ids))
    return [item for item in asked_of(units, commune_id, on) if item.owed and not item.period.closed_on]


SENT_STATES = ("submitted", "returned", "accepted", "nominated")


def state_counts(rows: QuerySet[Exemplar]) -> dict[str, int]:
    """How many stand in each state."""
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def state_chips(counts: dict[str, int], state: str, period: str) -> list[dict[str, Any]]:
    """Links that narrow the list by state, with how many stand in each."""
    flow = flow_of(Exemplar)
    assert flow is not None
    keep = f"ky={period}&" if period.isdecimal() else ""
    chips = [{"label": "Tất cả", "url": f"?{keep}", "active": not state, "count": sum(counts.values())}]
    for name in SENT_STATES:
        label, count = flow.states[name].label, counts.get(name, 0)
        chips.append({"label": label, "url": f"?{keep}trang-thai={name}", "active": state == name, "count": count})
    return chips


MARKS = {"campaigns.return": "back", "campaigns.withdraw": "back", "campaigns.cancel": "back"}


def history(exemplar: Exemplar) -> list[dict[str, Any]]:
    """The way of an exemplar so far, oldest first; many savings in a row by one person are one line."""
    lines = [{"what": "Bắt đầu ghi", "who": exemplar.created_by.full_name, "when": exemplar.created_at, "mark": "done"}]
    writing = False
    for entry in entries_about(exemplar):
        if entry.act == "campaigns.save" and writing:
            lines[-1]["when"] = entry.at
            continue
        writing = entry.act == "campaigns.save"
        what = "Viết tiếp" if writing else entry.label
        lines.append({"what": what, "who": entry.actor_name, "when": entry.at, "mark": MARKS.get(entry.act, "done")})
    return lines
