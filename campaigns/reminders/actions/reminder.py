"""Reminders of open obligations: automatic ones, once per stage; manual ones, at most once a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from campaigns.obligations.models import ReminderPlan
from campaigns.obligations.queries import Obligation, open_obligations, reminder_plan_of
from campaigns.obligations.rules import DueStage, ReminderLevel, last_stage, stages_due
from campaigns.reminders.actions.reminder_message import (
    ReminderLine,
    default_heading,
    mail_body,
    message_link,
    short_message,
)
from campaigns.reminders.models import Reminder
from campaigns.reminders.queries.reminder import manual_stage, stages_sent
from emulation.accounts.models import User
from emulation.backups.pending import reminders_sent_until
from emulation.communes.capacity import role_holder_ids
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean_lines
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.notices.actions import notify_each_user, queue_mail
from emulation.workflow.transitions import act
from villages.queries.contacts import Reachability, unit_reachability
from villages.queries.unit_changes import present_unit_names


@transaction.atomic
def send_due_reminders(*, commune: Commune, on: date) -> int:
    """Send every stage that is due, once; each user gets one message. Returns the number of `Reminder` rows added.

    Called by the periodic job of a working day. The row of the commune is locked, so that two workers cannot both send.
    """
    Commune.objects.select_for_update().get(pk=commune.pk)
    calendar = work_calendar_of(commune.pk)
    due = _due_stages(commune.pk, on, calendar)
    deliveries = _deliveries(commune.pk, due, on)
    Reminder.objects.bulk_create([delivery.row for delivery in deliveries])
    _send(commune, _lines(_unit_names(commune.pk, due, on), due, deliveries), on, calendar)
    return len(deliveries)


def send_manual_reminders(
    *, by: User, commune: Commune, obligations: Iterable[Obligation], on: date, text: str = ""
) -> int:
    """The office sends reminders of these obligations now, except those reminded manually today. Returns the number of users.

    Notifications are created at once; e-mails wait until the quiet hours are over. Raises RuleBroken when nobody is left.
    """
    opening = clean_lines(text)
    with act("campaigns.urge", commune, by=by, text=opening) as locked:
        stage = manual_stage(on)
        selected = _without_stage(_still_open(obligations, locked.pk, on), locked.pk, stage)
        if not selected:
            raise RuleBroken("Không còn đơn vị nào để nhắc: đã gửi cả rồi, hoặc hôm nay đã nhắc rồi.")
        reachable = unit_reachability(locked.pk, sorted({one.unit_id for one in selected}), on)
        names = _unit_names(locked.pk, selected, on)
        lines: dict[int, list[ReminderLine]] = defaultdict(list)
        rows = []
        for obligation in selected:
            for user_id in reachable[obligation.unit_id].present or (None,):
                rows.append(_row(obligation, stage, user_id, on, on, by=by))
                if user_id:
                    lines[user_id].append(ReminderLine(obligation, names[obligation.unit_id], own=True))
        Reminder.objects.bulk_create(rows)
        nth = Reminder.objects.filter(commune=locked, by=by, sent_on=on).count()
        _send(locked, lines, on, work_calendar_of(locked.pk), key=f"urge:{on}:{nth}", opening=opening)
    return len(lines)


def set_reminder_plan(*, by: User, commune: Commune, seen: int | None = None, **values: object) -> ReminderPlan:
    """Change the reminder plan of the commune. Raises RuleBroken when the days or hours contradict each other."""
    with act(
        "campaigns.set_reminders", commune, by=by, values={name: str(value) for name, value in values.items()}
    ) as locked:
        plan = ReminderPlan.objects.filter(commune=locked).first() or ReminderPlan(commune=locked)
        for name, value in values.items():
            setattr(plan, name, value)
        for field, fault in plan.schedule.faults().items():
            raise RuleBroken(fault, field=field)
        plan.save()
    return plan


@dataclass(frozen=True)
class ReminderDelivery:
    """One stage of one obligation, sent to one user; `own` when the user answers for the unit."""

    obligation: Obligation
    due: DueStage
    row: Reminder
    own: bool


def _due_stages(commune_id: int, on: date, calendar: WorkCalendar) -> dict[Obligation, list[DueStage]]:
    """The open obligations with stages to send on that day, and those stages, earliest first.

    Stages that count as sent after a restore are left out.
    """
    sent_until = reminders_sent_until(commune_id) or date.min
    schedule = reminder_plan_of(commune_id).schedule
    obligations = open_obligations(commune_id, on)
    sent = stages_sent(commune_id, obligations)
    due: dict[Obligation, list[DueStage]] = {}
    for one in obligations:
        sent_stages = sent.get(one.key, set())
        stages = stages_due(schedule, calendar, one.due_on, requested_on=one.requested_on, on=on, sent=sent_stages)
        if stages := [stage for stage in stages if stage.planned_on > sent_until]:
            due[one] = stages
    return due


def _deliveries(commune_id: int, due: dict[Obligation, list[DueStage]], on: date) -> list[ReminderDelivery]:
    """One delivery per obligation, stage and recipient; a stage without recipients is the office's, without an office one
    with user None.
    """
    reachable = unit_reachability(commune_id, sorted({obligation.unit_id for obligation in due}), on)
    if not due:
        return []
    chairs = role_holder_ids(commune_id, Role.chair, on=on)
    office = role_holder_ids(commune_id, Role.office, on=on)
    deliveries = []
    for obligation, stages in due.items():
        contacts = reachable[obligation.unit_id]
        for due_stage in stages:
            recipients = reminder_recipients(contacts, due_stage.stage.level, chairs)
            for user_id in _or_office(recipients, office):
                row = _row(obligation, due_stage.stage.code, user_id, due_stage.planned_on, on)
                own = user_id in contacts.present
                deliveries.append(ReminderDelivery(obligation, due_stage, row, own))
    return deliveries


def _or_office(recipients: tuple[int, ...], office: list[int]) -> tuple[int | None, ...]:
    """The recipients; where there is none the office, without an office nobody, which is a row without a user."""
    return recipients or tuple(office) or (None,)


def reminder_recipients(contacts: Reachability, level: ReminderLevel, chairs: list[int]) -> tuple[int, ...]:
    """Ids of the users reminded at a level. If nobody of the unit is reachable, the liaison is from the first stage on."""
    user_ids = contacts.present
    if contacts.liaison_id and (level >= ReminderLevel.COUNCIL or not contacts.present):
        user_ids = (*user_ids, contacts.liaison_id)
    if level >= ReminderLevel.CHAIR:
        user_ids = (*user_ids, *chairs)
    return tuple(dict.fromkeys(user_ids))


def _still_open(obligations: Iterable[Obligation], commune_id: int, on: date) -> list[Obligation]:
    """Those of these obligations that no unit has met since the page was loaded."""
    open_keys = {one.key for one in open_obligations(commune_id, on)}
    return [one for one in obligations if one.key in open_keys]


def _without_stage(obligations: list[Obligation], commune_id: int, stage: str) -> list[Obligation]:
    sent = stages_sent(commune_id, obligations)
    return [one for one in obligations if stage not in sent.get(one.key, set())]


def _row(
    obligation: Obligation, stage: str, user_id: int | None, planned_on: date, on: date, by: User | None = None
) -> Reminder:
    return Reminder(
        commune_id=obligation.commune_id,
        kind=obligation.kind,
        object_id=obligation.object_id,
        unit_id=obligation.unit_id,
        stage=stage,
        user_id=user_id,
        title=obligation.title,
        due_on=obligation.due_on,
        planned_on=planned_on,
        sent_on=on,
        by=by,
    )


def _unit_names(commune_id: int, obligations: Iterable[Obligation], on: date) -> dict[int, str]:
    return present_unit_names(commune_id, {one.unit_id for one in obligations}, on)


def _lines(
    names: dict[int, str], due: dict[Obligation, list[DueStage]], deliveries: list[ReminderDelivery]
) -> dict[int, list[ReminderLine]]:
    """The lines of each user's message, by user id: one per obligation, for its last stage."""
    lines = defaultdict(list)
    for one in deliveries:
        if one.row.user_id and one.due == last_stage(due[one.obligation]):
            name = names[one.obligation.unit_id]
            lines[one.row.user_id].append(ReminderLine(one.obligation, name, one.own))
    return lines


def _send(
    commune: Commune,
    lines: dict[int, list[ReminderLine]],
    on: date,
    calendar: WorkCalendar,
    *,
    key: str = "",
    opening: str = "",
) -> None:
    """Create one notification per user, and queue one e-mail per user with an address."""
    key = key or f"digest:{commune.pk}:{on}"
    people = User.objects.in_bulk(lines)
    messages = {}
    with_address = any(person.email for person in people.values())
    due_at = next_send_time(commune.pk, timezone.localtime()) if with_address else None
    for user_id, user_lines in lines.items():
        texts = [line.text(on, calendar) for line in user_lines]
        heading = opening or default_heading(user_lines)
        messages[user_id] = (short_message(heading, texts), message_link(user_lines))
        queue_mail(
            user=people[user_id],
            commune=commune,
            subject=f"{heading} ngày {format_date(on)}: {len(texts)} việc",
            body=mail_body(people[user_id], heading, texts),
            key=key,
            due_at=due_at,
        )
    notify_each_user(commune_id=commune.pk, messages=messages, key=key)


def next_send_time(commune_id: int, now: datetime) -> datetime | None:
    """None when an e-mail may be sent now; otherwise the time at which the quiet hours end."""
    schedule = reminder_plan_of(commune_id).schedule
    calendar = work_calendar_of(commune_id)
    if schedule.digest_at <= now.time() < schedule.quiet_from:
        return None
    day = now.date() if now.time() < schedule.digest_at else calendar.add(now.date(), 1)
    return timezone.make_aware(datetime.combine(day, schedule.digest_at))
