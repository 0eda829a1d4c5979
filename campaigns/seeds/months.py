"""Four months of the demo before the two told in full: units that answer in time, late or not at all, and what the clock said."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
from villages.actions.assignments import assign_liaisons, record_absence
from villages.models import Household, Person, Unit
from villages.queries.contacts import council_members_on
from villages.seeds.demo_actors import DemoActors

YEAR = 2026
MONTHS = Path(__file__).parent / "months.toml"
# Some of the council in charge of two units each; the rest falls to its standing member.
IN_CHARGE = ("thon1", "thon2", "thon3", "thon4", "thon5", "thon6", "mamnon", "tieuhoc", "thcs", "tramyte")


@dataclass(frozen=True)
class DemoLookup:
    """What the answers name: units and fields by code, people and households by unit and name."""

    units: dict[str, Unit]
    fields: dict[str, Field]
    people: dict[tuple[int, str], Person]
    households: dict[tuple[int, str], Household]


def _lookup(commune: Commune) -> DemoLookup:
    return DemoLookup(
        {unit.code: unit for unit in Unit.objects.filter(commune=commune)},
        {field.code: field for field in Field.objects.all()},
        {(person.unit_id, person.full_name): person for person in Person.objects.filter(commune=commune)},
        {(one.unit_id, one.head_name): one for one in Household.objects.filter(commune=commune)},
    )


def play_past_months(commune: Commune, on: date, who: DemoActors) -> str:
    """Plays June to September 2026, each day's answers before that day's reminders; once only. Returns what was told."""
    months = {int(month): said for month, said in tomllib.loads(MONTHS.read_text(encoding="utf-8")).items()}
    past = {month: said for month, said in months.items() if date(YEAR, month, 28) < on}
    if not past or Period.objects.filter(commune=commune, year=YEAR, number__in=past, kind=Period.MONTH).exists():
        return ""
    _put_in_charge(commune, on, who)
    _send_away(commune, on, who)
    known = _lookup(commune)
    for month, said in sorted(past.items()):
        _month(commune, month, said, known, who)
    return f"{len(past)} tháng trước, {Reminder.objects.filter(commune=commune).count()} lượt nhắc"


def _put_in_charge(commune: Commune, on: date, who: DemoActors) -> None:
    members = [person for person in council_members_on(commune.pk, on) if person.user_id][1:]
    units = {unit.code: unit.pk for unit in Unit.objects.filter(commune=commune, code__in=IN_CHARGE)}
    charges: dict[int, Person | None] = {
        units[code]: members[place % len(members)] for place, code in enumerate(IN_CHARGE) if code in units
    }
    assign_liaisons(by=who("vanphong"), commune=commune, liaisons=charges)
    commune_charges: Any = members[0]._meta.apps.get_model("villages.CouncilLiaison").objects.filter(commune=commune)
    commune_charges.update(starts_on=date(YEAR, 1, 1))


def _send_away(commune: Commune, on: date, who: DemoActors) -> None:
    """One head is at a course this week, with nobody in his place; not in a demo that plays another day than today."""
    if on < timezone.localdate():
        return
    unit = Unit.objects.get(commune=commune, code="nongdan")
    head = who("nongdan")
    week = timedelta(days=6)
    record_absence(by=head, unit=unit, head=head, starts_on=on, ends_on=on + week, note="Tập huấn tại huyện")


def _month(
    commune: Commune, month: int, said: dict[str, list[dict[str, Any]]], known: DemoLookup, who: DemoActors
) -> None:
    first = date(YEAR, month, 1)
    period = open_month(commune=commune, on=first)
    Period.objects.filter(pk=period.pk).update(created_at=_morning(first))
    Notification.objects.filter(key=f"period:{period.pk}:open").update(created_at=_morning(first))
    period.refresh_from_db()
    plan = reminder_plan_of(commune.pk)
    calendar = work_calendar_of(commune.pk)
    speaking = {stage.day(calendar, period.due_on) for stage in plan.ladder.stages}
    closing = calendar.add(period.due_on, plan.close_after + 1)
    speaking |= {closing, date(YEAR, 9, 29)}
    for shift in range(14, 45):
        day = first + timedelta(days=shift)
        for entry in said["sent"] + said["nothing"]:
            if first + timedelta(days=entry["day"] - 1) == day:
                _answer(period, entry, day, known, who)
        if day in speaking:
            _remind(commune, day, who)
        if day == closing:
            close_overdue_periods(commune=commune, on=day)
            break
    Period.objects.filter(pk=period.pk, closed_on=None).update(closed_on=first + timedelta(days=45))


def _remind(commune: Commune, day: date, who: DemoActors) -> None:
    """The reminders of that day; and once, in September, the office urges by hand."""
    send_due_reminders(commune=commune, on=day)
    if day == date(YEAR, 9, 29):
        office = who("vanphong")
        asks = open_obligations(commune.pk, day)
        if asks:
            send_manual_reminders(
                by=office, commune=commune, asks=asks, on=day, text="Văn phòng nhờ các đơn vị gửi trong tuần này"
            )
    Reminder.objects.filter(commune=commune, sent_on=day).update(created_at=_morning(day))
    heard = Notification.objects.filter(commune=commune, key__endswith=str(day))
    heard.update(created_at=_morning(day), read_at=timezone.now())


def _answer(period: Period, entry: dict[str, Any], day: date, known: DemoLookup, who: DemoActors) -> None:
    head = who(entry["unit"])
    office = who("vanphong")
    unit = known.units[entry["unit"]]
    if "reason" in entry:
        exemplar = start_nothing(by=head, unit=unit, period=period, reason=entry["reason"])
    else:
        kind = entry["kind"]
        name = entry.get("name", "")
        content = ExemplarContent(
            kind=kind,
            person=known.people[unit.pk, name] if kind == Exemplar.PERSON else None,
            household=known.households[unit.pk, name] if kind == Exemplar.HOUSEHOLD else None,
            field=known.fields[entry["field"]],
            deed=entry["deed"],
            result=entry["result"],
        )
        exemplar = start_exemplar(by=head, unit=unit, period=period, content=content)
    submit_exemplar(by=head, exemplar=exemplar)
    accept_exemplar(by=office, exemplar=exemplar)
    # Told today, as if it had been sent on its day.
    then = _morning(day)
    Exemplar.objects.filter(pk=exemplar.pk).update(submitted_on=day, created_at=then, state_since=then)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8, 0)))
