"""What units owe, as the office looks at it: lines with whom to ring, the text for the Zalo group, one cell of the year."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.obligations.queries import Obligation, open_obligations
from campaigns.obligations.rules import due_in_words
from campaigns.reminders.models import Reminder
from campaigns.reminders.queries.annual_board import year_rows
from emulation.accounts.models import User
from emulation.core.formatting import format_date
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit
from villages.queries.contacts import Reachability, unit_reachability

STAGES = {
    "before": "Nhắc trước hạn",
    "due": "Nhắc ngày đến hạn",
    "after": "Nhắc sau hạn",
    "council": "Báo ủy viên phụ trách",
    "chair": "Báo Chủ tịch",
}


@dataclass(frozen=True)
class OutstandingItem:
    """One ask with the unit, how it stands to its day, whom to turn to, and what was reminded so far."""

    ask: Obligation
    unit: Unit
    says: str
    late: bool
    reached: Reachability
    people: list[User]
    charge: User | None
    last: str = ""

    @property
    def value(self) -> str:
        """What a tick box of the line sends."""
        return f"{self.ask.kind}:{self.ask.object_id}:{self.ask.unit_id}"


@dataclass(frozen=True)
class OutstandingBoard:
    """What is owed on a day; `chosen` narrows it to one thing ("period:12")."""

    lines: list[OutstandingItem]
    chips: list[dict[str, Any]] = field(default_factory=list)
    chosen: str = ""

    @property
    def late_lines(self) -> list[OutstandingItem]:
        return [line for line in self.lines if line.late]

    @property
    def units(self) -> int:
        return len({line.unit.pk for line in self.lines})

    @property
    def nobody(self) -> list[OutstandingItem]:
        """Units in which nobody can be reached: one line of each, however much it owes."""
        return list({line.unit.pk: line for line in self.lines if line.reached.problem}.values())


def outstanding(commune_id: int, on: date, chosen: str = "") -> OutstandingBoard:
    """All that units owe that day, late ones first; the same number of queries however many units there are."""
    asks = open_obligations(commune_id, on)
    things = {f"{ask.kind}:{ask.object_id}": ask for ask in reversed(asks)}
    chosen = chosen if chosen in things else ""
    shown = [ask for ask in asks if not chosen or f"{ask.kind}:{ask.object_id}" == chosen]
    unit_ids = sorted({ask.unit_id for ask in shown})
    units = Unit.objects.in_bulk(unit_ids)
    reached = unit_reachability(commune_id, unit_ids, on)
    users = User.objects.in_bulk(
        {pk for one in reached.values() for pk in (*one.heads, *one.deputies, one.liaison_id) if pk}
    )
    calendar = work_calendar_of(commune_id)
    last = _last_reminders(commune_id, shown)
    lines = [
        OutstandingItem(
            ask,
            units[ask.unit_id],
            due_in_words(ask.due_on, on, calendar),
            ask.due_on < on,
            reached[ask.unit_id],
            [users[pk] for pk in (*reached[ask.unit_id].heads, *reached[ask.unit_id].deputies) if pk in users],
            users.get(reached[ask.unit_id].liaison_id or 0),
            last.get(ask.key, ""),
        )
        for ask in shown
    ]
    lines.sort(key=lambda line: (not line.late, line.ask.due_on, line.unit.sort))
    return OutstandingBoard(lines, _chips(asks, things, chosen), chosen)


def _chips(asks: list[Obligation], things: dict[str, Obligation], chosen: str) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for ask in asks:
        counts[f"{ask.kind}:{ask.object_id}"] = counts.get(f"{ask.kind}:{ask.object_id}", 0) + 1
    chips: list[dict[str, Any]] = [{"label": "Tất cả", "url": "?", "active": not chosen, "count": len(asks)}]
    for key, ask in sorted(things.items(), key=lambda item: item[1].due_on):
        title = ask.title[:1].upper() + ask.title[1:]
        chips.append({"label": title, "url": f"?viec={key}", "active": key == chosen, "count": counts[key]})
    return chips


def _last_reminders(commune_id: int, asks: list[Obligation]) -> dict[tuple[str, int, int], str]:
    rows = Reminder.objects.filter(
        commune_id=commune_id, kind__in={ask.kind for ask in asks}, object_id__in={ask.object_id for ask in asks}
    ).order_by("sent_on", "pk")
    return {
        (kind, object_id, unit_id): f"{stage_name(stage)} {format_date(sent_on)}"
        for kind, object_id, unit_id, stage, sent_on in rows.values_list(
            "kind", "object_id", "unit_id", "stage", "sent_on"
        )
    }


def stage_name(stage: str) -> str:
    """What a stage is called: by the clock, or by the office's hand."""
    return STAGES.get(stage, "Văn phòng nhắc")


def zalo_text(board: OutstandingBoard, on: date) -> str:
    """What the office copies into the group: units and what they owe, no name and no number of a person."""
    if not board.lines:
        return ""
    by_thing: dict[tuple[str, date], list[str]] = {}
    for line in board.lines:
        by_thing.setdefault((line.ask.title, line.ask.due_on), []).append(line.unit.name)
    parts = [f"NHẮC VIỆC ngày {format_date(on)}"]
    for (title, due_on), names in by_thing.items():
        word = "đã quá hạn" if due_on < on else "hạn"
        parts.append(f"- {title[:1].upper() + title[1:]} ({word} {format_date(due_on)}): {', '.join(names)}.")
    parts.append("Đề nghị các đơn vị vào Sổ Vàng gửi sớm; không có thì báo “không có”. Trân trọng cảm ơn!")
    return "\n".join(parts)


def reminder_lines(rows: Iterable[Reminder]) -> list[dict[str, Any]]:
    """Each reminder with what its stage is called and whom it reached."""
    return [
        {
            "reminder": row,
            "stage": stage_name(row.stage),
            "to": row.user.full_name if row.user else "",
            "late": row.sent_on > row.planned_on,
        }
        for row in rows
    ]


def annual_board_cell(period: Period, unit: Unit, user: Any, on: date) -> dict[str, Any]:
    """One unit in one period: how it stands, what it sent, what it was reminded of, whom to turn to."""
    sent = Exemplar.objects.visible_to(user).filter(period=period, unit=unit).exclude(state=Exemplar.DRAFT)
    reached = unit_reachability(unit.commune_id, [unit.pk], on)[unit.pk]
    rows = Reminder.objects.visible_to(user).filter(kind="period", object_id=period.pk, unit=unit)
    return {
        "period": period,
        "unit": unit,
        "cell": year_rows([period], [unit], on)[0].cells[0],
        "exemplars": sent.for_lists(),
        "reminders": reminder_lines(rows.select_related("user", "by")),
        "reached": reached,
        "people": User.objects.filter(pk__in=[*reached.heads, *reached.deputies]),
        "charge": User.objects.filter(pk=reached.liaison_id).first() if reached.liaison_id else None,
        "today": timezone.localdate(),
    }
