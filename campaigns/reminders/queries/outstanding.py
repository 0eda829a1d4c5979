"""Outstanding obligations for the office: items with contacts, the text for the Zalo group, one cell of the annual board."""

from collections import Counter
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
from campaigns.reminders.queries.outstanding_items import OutstandingItem, UnitItems, object_key
from campaigns.reminders.queries.reminder import manual_stage, stages_sent
from emulation.accounts.models import User
from emulation.core.formatting import format_date
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit
from villages.queries.contacts import Reachability, unit_reachability
from villages.queries.unit_changes import present_unit_names

STAGES = {
    "before": "Nhắc trước hạn",
    "due": "Nhắc ngày đến hạn",
    "after": "Nhắc sau hạn",
    "council": "Báo ủy viên phụ trách",
    "chair": "Báo Chủ tịch",
}


@dataclass(frozen=True)
class OutstandingBoard:
    """The outstanding items of a day; `chosen` filters by one object ("period:12")."""

    lines: list[OutstandingItem]
    chips: list[dict[str, Any]] = field(default_factory=list)
    chosen: str = ""

    @property
    def late_lines(self) -> list[OutstandingItem]:
        return [line for line in self.lines if line.late]

    @property
    def units(self) -> list[UnitItems]:
        """The items by unit, the unit with the most urgent item first."""
        by_unit: dict[int, list[OutstandingItem]] = {}
        for line in self.lines:
            by_unit.setdefault(line.unit.pk, []).append(line)
        return [UnitItems(items) for items in by_unit.values()]

    @property
    def may_be_reminded(self) -> bool:
        """Whether something is late, or due, of which the office did not yet remind on that day."""
        return not all(unit.is_reminded_today for unit in self.units)

    @property
    def late_units(self) -> list[UnitItems]:
        return [unit for unit in self.units if unit.late_items]

    @property
    def later_units(self) -> list[UnitItems]:
        """The units of which nothing is late."""
        return [unit for unit in self.units if not unit.late_items]

    @property
    def nobody(self) -> list[OutstandingItem]:
        """Units in which nobody can be reached: one item per unit."""
        return list({line.unit.pk: line for line in self.lines if line.reached.problem}.values())


def outstanding(commune_id: int, on: date, chosen: str = "") -> OutstandingBoard:
    """All open obligations of that day, late ones first; a constant number of queries."""
    obligations = open_obligations(commune_id, on)
    first_by_object = {object_key(one): one for one in reversed(obligations)}
    chosen = chosen if chosen in first_by_object else ""
    shown = [one for one in obligations if not chosen or object_key(one) == chosen]
    unit_ids = sorted({one.unit_id for one in shown})
    units = Unit.objects.in_bulk(unit_ids)
    unit_names = present_unit_names(commune_id, unit_ids, on)
    reachable = unit_reachability(commune_id, unit_ids, on)
    users = _users_of(reachable.values())
    calendar = work_calendar_of(commune_id)
    last = _last_reminders(commune_id, shown)
    sent = stages_sent(commune_id, shown)
    lines = []
    for one in shown:
        contacts = reachable[one.unit_id]
        lines.append(
            OutstandingItem(
                one,
                units[one.unit_id],
                unit_names[one.unit_id],
                due_in_words(one.due_on, on, calendar),
                one.due_on < on,
                contacts,
                [users[pk] for pk in dict.fromkeys([*contacts.heads, *contacts.deputies]) if pk in users],
                users.get(contacts.liaison_id or 0),
                last.get(one.key),
                manual_stage(on) in sent[one.key],
                one.due_on.year == on.year,
            )
        )
    lines.sort(key=lambda line: (not line.late, line.ask.due_on, line.unit.sort))
    return OutstandingBoard(lines, _chips(obligations, first_by_object, chosen), chosen)


def _users_of(reachable: Iterable[Reachability]) -> dict[int, User]:
    ids: set[int] = set()
    for contacts in reachable:
        ids.update(pk for pk in (*contacts.heads, *contacts.deputies, contacts.liaison_id) if pk)
    return User.objects.in_bulk(ids)


def _chips(obligations: list[Obligation], first_by_object: dict[str, Obligation], chosen: str) -> list[dict[str, Any]]:
    counts = Counter(object_key(one) for one in obligations)
    chips: list[dict[str, Any]] = [{"label": "Tất cả", "url": "?", "active": not chosen, "count": len(obligations)}]
    for key, obligation in sorted(first_by_object.items(), key=lambda item: item[1].due_on):
        chips.append(
            {"label": obligation.short_title, "url": f"?viec={key}", "active": key == chosen, "count": counts[key]}
        )
    return chips


def _last_reminders(commune_id: int, obligations: list[Obligation]) -> dict[tuple[str, int, int], tuple[date, str]]:
    rows = Reminder.objects.filter(
        commune_id=commune_id,
        kind__in={one.kind for one in obligations},
        object_id__in={one.object_id for one in obligations},
    ).order_by("sent_on", "pk")
    return {
        (kind, object_id, unit_id): (sent_on, stage_name(stage))
        for kind, object_id, unit_id, stage, sent_on in rows.values_list(
            "kind", "object_id", "unit_id", "stage", "sent_on"
        )
    }


def stage_name(stage: str) -> str:
    """The Vietnamese name of a stage; stages of manual reminders share one name."""
    return STAGES.get(stage, "Văn phòng nhắc")


def zalo_text(board: OutstandingBoard, on: date) -> str:
    """The text that the office copies into the Zalo group: units and obligations, no names or telephone numbers of people."""
    if not board.lines:
        return ""
    unit_names: dict[tuple[str, date], list[str]] = {}
    for line in board.lines:
        unit_names.setdefault((line.ask.title, line.ask.due_on), []).append(line.unit_name)
    parts = [f"NHẮC VIỆC ngày {format_date(on)}"]
    for (title, due_on), names in unit_names.items():
        word = "đã quá hạn" if due_on < on else "hạn"
        parts.append(f"- {title[:1].upper() + title[1:]} ({word} {format_date(due_on)}): {', '.join(names)}.")
    parts.append("Đề nghị các đơn vị vào Sổ Vàng gửi sớm; không có thì báo “không có”. Trân trọng cảm ơn!")
    return "\n".join(parts)


def reminder_lines(rows: Iterable[Reminder]) -> list[dict[str, Any]]:
    """Each reminder with the name of its stage and of its recipient."""
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
    """The context of one cell of the annual board: its mark, exemplars, reminders and contacts."""
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
