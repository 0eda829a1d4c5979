"""Demo data of four past months: units that answer in time, late or not at all, with the reminders sent."""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from campaigns.catalogue.models import Field
from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    accept_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.actions.period import close_overdue_periods, open_month
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.obligations.queries import open_obligations, reminder_plan_of
from campaigns.reminders.actions.reminder import send_due_reminders, send_manual_reminders
from campaigns.reminders.models import Reminder
from emulation.communes.models import Commune
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.notices.models import Notification
from villages.actions.absences import record_absence
from villages.actions.assignments import assign_liaisons
from villages.models import Household, Person, Unit
from villages.queries.contacts import council_members_on
from villages.seeds.demo_actors import DemoActors, DemoNames
from villages.seeds.demo_clock import Story, together

YEAR = 2026
MANUAL_REMINDER_DAY = date(YEAR, 9, 29)
MONTHS = Path(__file__).parent / "months.toml"
# Units with a council member as liaison; for the others it is the standing member.
UNITS_WITH_LIAISON = ("thon1", "thon2", "thon3", "thon4", "thon5", "thon6", "mamnon", "tieuhoc", "thcs", "tramyte")


@dataclass(frozen=True)
class DemoLookup:
    """Objects by the names used in months.toml: units and fields by code, people and households by unit id and name."""

    units: DemoNames[str, Unit]
    fields: DemoNames[str, Field]
    people: DemoNames[tuple[int, str], Person]
    households: DemoNames[tuple[int, str], Household]


def demo_lookup(commune: Commune) -> DemoLookup:
    """The objects of the commune that months.toml names."""
    return DemoLookup(
        DemoNames({unit.code: unit for unit in Unit.objects.filter(commune=commune)}),
        DemoNames({field.code: field for field in Field.objects.all()}),
        DemoNames({(one.unit_id, one.full_name): one for one in Person.objects.filter(commune=commune)}),
        DemoNames({(one.unit_id, one.head_name): one for one in Household.objects.filter(commune=commune)}),
    )


def answers_by_month() -> dict[int, Any]:
    """What units sent in each month of months.toml."""
    return {int(month): answers for month, answers in tomllib.loads(MONTHS.read_text(encoding="utf-8")).items()}


def past_months(commune: Commune, on: date, who: DemoActors) -> Story:
    """June to September 2026, once; on each day answers come before reminders. Returns a summary in Vietnamese, or ""."""
    months = answers_by_month()
    past = {month: answers for month, answers in months.items() if date(YEAR, month, 28) < on}
    if not past or Period.objects.filter(commune=commune, year=YEAR, number__in=past, kind=Period.MONTH).exists():
        return ""
    lookup = demo_lookup(commune)
    yield from together(
        _assign_liaisons(commune, date(YEAR, 1, 5), who),
        *(play_month(commune, date(YEAR, month, 1), answers, lookup, who) for month, answers in sorted(past.items())),
        _record_absence(commune, on, who),
    )
    return f"{len(past)} tháng trước, {Reminder.objects.filter(commune=commune).count()} lượt nhắc"


def _assign_liaisons(commune: Commune, on: date, who: DemoActors) -> Story:
    yield on
    members = [person for person in council_members_on(commune.pk, on) if person.user_id][1:]
    units = {unit.code: unit.pk for unit in Unit.objects.filter(commune=commune, code__in=UNITS_WITH_LIAISON)}
    liaisons: dict[int, Person | None] = {
        units[code]: members[place % len(members)] for place, code in enumerate(UNITS_WITH_LIAISON) if code in units
    }
    assign_liaisons(by=who("vanphong"), commune=commune, liaisons=liaisons)
    return ""


def _record_absence(commune: Commune, on: date, who: DemoActors) -> Story:
    """One head is absent this week without a deputy."""
    yield on
    unit = Unit.objects.get(commune=commune, code="nongdan")
    head = who("nongdan")
    week = timedelta(days=6)
    record_absence(by=head, unit=unit, head=head, starts_on=on, ends_on=on + week, note="Tập huấn tại tỉnh")
    return ""


def play_month(
    commune: Commune, first: date, answers: dict[str, list[dict[str, Any]]], lookup: DemoLookup, who: DemoActors
) -> Story:
    """The month that begins on `first`, from its opening to its closing: answers and reminders, each on its day."""
    yield first
    period = open_month(commune=commune, on=first)
    calendar = work_calendar_of(commune.pk)
    closes_on = closing_day(period)
    stage_days = {stage.day(calendar, period.due_on) for stage in reminder_plan_of(commune.pk).schedule.stages}
    reminder_days = stage_days | {closes_on, MANUAL_REMINDER_DAY}
    for offset in range(14, 45):
        day = first + timedelta(days=offset)
        yield day
        for entry in answers["sent"] + answers["nothing"]:
            if first + timedelta(days=entry["day"] - 1) == day:
                _answer(period, entry, lookup, who)
        if day in reminder_days:
            _remind(commune, day, who)
        if day == closes_on:
            close_overdue_periods(commune=commune, on=day)
            break
    Period.objects.filter(pk=period.pk, closed_on=None).update(closed_on=first + timedelta(days=45))
    return ""


def closing_day(period: Period) -> date:
    """The day on which a month of the demo is closed."""
    late_days = reminder_plan_of(period.commune_id).close_after
    return work_calendar_of(period.commune_id).add(period.due_on, late_days + 1)


def _remind(commune: Commune, day: date, who: DemoActors) -> None:
    """Send the reminders of that day, on MANUAL_REMINDER_DAY manual ones too; all are read at once."""
    send_due_reminders(commune=commune, on=day)
    if day == MANUAL_REMINDER_DAY:
        obligations = open_obligations(commune.pk, day)
        if obligations:
            send_manual_reminders(
                by=who("vanphong"),
                commune=commune,
                obligations=obligations,
                on=day,
                text="Văn phòng nhờ các đơn vị gửi trong tuần này",
            )
    Notification.objects.filter(commune=commune, key__endswith=str(day)).update(read_at=timezone.now())


def _answer(period: Period, entry: dict[str, Any], lookup: DemoLookup, who: DemoActors) -> None:
    head = who(entry["unit"])
    office = who("vanphong")
    unit = lookup.units[entry["unit"]]
    if "reason" in entry:
        exemplar = start_nothing(by=head, unit=unit, period=period, reason=entry["reason"])
    else:
        kind = entry["kind"]
        name = entry.get("name", "")
        content = ExemplarContent(
            kind=kind,
            person=lookup.people[unit.pk, name] if kind == Exemplar.PERSON else None,
            household=lookup.households[unit.pk, name] if kind == Exemplar.HOUSEHOLD else None,
            field=lookup.fields[entry["field"]],
            deed=entry["deed"],
            result=entry["result"],
        )
        exemplar = start_exemplar(by=head, unit=unit, period=period, content=content)
    submit_exemplar(by=head, exemplar=exemplar)
    accept_exemplar(by=office, exemplar=exemplar)
