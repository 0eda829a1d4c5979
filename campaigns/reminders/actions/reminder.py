"""Reminding units of what they owe: by the clock, once a stage; by hand, at most once a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from campaigns.obligations.models import ReminderPlan
from campaigns.obligations.queries import Obligation, open_obligations, reminder_plan_of
from campaigns.obligations.rules import DueStage, ReminderLevel, due_in_words, last_stage, stages_due
from campaigns.reminders.models import Reminder
from campaigns.reminders.queries.reminder import stages_sent
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean_lines
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.notices.actions import notify_each_user, queue_mail
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.contacts import Reachability, unit_reachability
from villages.queries.people import role_holder_ids

OUTSTANDING_URL = "/thi-dua/don-doc/"


@dataclass(frozen=True)
class ReminderLine:
    """What one person hears about one thing: whether it is his own unit's, or one that he watches over."""

    ask: Obligation
    unit: str
    own: bool

    def text(self, on: date, calendar: WorkCalendar) -> str:
        return f"{self.unit}: {self.ask.title}, hạn {format_date(self.ask.due_on)} ({due_in_words(self.ask.due_on, on, calendar)})"


@transaction.atomic
def send_due_reminders(*, commune: Commune, on: date) -> int:
    """What the clock does on a working day: every stage whose day has come goes out, once; each person gets one message.

    Returns how many reminders were written. The commune's row is locked, so that two workers cannot both do it.
    """
    Commune.objects.select_for_update().get(pk=commune.pk)
    ladder = reminder_plan_of(commune.pk).ladder
    calendar = work_calendar_of(commune.pk)
    asks = open_obligations(commune.pk, on)
    gone = stages_sent(commune.pk, asks)
    due = {
        ask: found
        for ask in asks
        if (
            found := stages_due(
                ladder, calendar, ask.due_on, asked_on=ask.asked_on, on=on, gone=gone.get(ask.key, set())
            )
        )
    }
    told = _deliveries(commune.pk, due, on)
    Reminder.objects.bulk_create([one.row for one in told])
    _send(commune, _lines(due, told), on, calendar)
    return len(told)


def send_manual_reminders(*, by: User, commune: Commune, asks: Iterable[Obligation], on: date, text: str = "") -> int:
    """The office reminds the units of these asks now. Returns how many people hear; whoever was urged today is left out.

    In the product at once; by e-mail not within the quiet hours. RuleBroken when nobody is left to be told.
    """
    words_of_office = clean_lines(text)
    with act("campaigns.urge", commune, by=by, text=words_of_office) as locked:
        owed = {ask.key for ask in open_obligations(locked.pk, on)}
        asked = [ask for ask in asks if ask.key in owed]
        stage = f"urge:{on:%Y%m%d}"
        gone = stages_sent(locked.pk, asked)
        fresh = [ask for ask in asked if stage not in gone.get(ask.key, set())]
        if not fresh:
            raise RuleBroken("Không còn đơn vị nào để nhắc: đã gửi cả rồi, hoặc hôm nay đã nhắc rồi.")
        reached = unit_reachability(locked.pk, sorted({ask.unit_id for ask in fresh}), on)
        names = _names(fresh)
        lines: dict[int, list[ReminderLine]] = defaultdict(list)
        rows = []
        for ask in fresh:
            heard = reached[ask.unit_id]
            for user_id in heard.present or (None,):
                rows.append(_row(ask, stage, user_id, on, on, by=by))
                if user_id:
                    lines[user_id].append(ReminderLine(ask, names[ask.unit_id], own=True))
        Reminder.objects.bulk_create(rows)
        nth = Reminder.objects.filter(commune=locked, by=by, sent_on=on).count()
        _send(locked, lines, on, work_calendar_of(locked.pk), key=f"urge:{on}:{nth}", opening=words_of_office)
    return len(lines)


def set_reminder_plan(*, by: User, commune: Commune, seen: int | None = None, **values: object) -> ReminderPlan:
    """How the commune reminds from now on. RuleBroken when the days or hours do not hang together."""
    with act(
        "campaigns.set_reminders", commune, by=by, values={name: str(value) for name, value in values.items()}
    ) as locked:
        plan = ReminderPlan.objects.filter(commune=locked).first() or ReminderPlan(commune=locked)
        for name, value in values.items():
            setattr(plan, name, value)
        for field, fault in plan.ladder.faults().items():
            raise RuleBroken(fault, field=field)
        plan.save()
    return plan


@dataclass(frozen=True)
class ReminderDelivery:
    """One person hears one stage of one ask; `own` when he answers for the unit."""

    ask: Obligation
    due: DueStage
    row: Reminder
    own: bool


def _deliveries(commune_id: int, due: dict[Obligation, list[DueStage]], on: date) -> list[ReminderDelivery]:
    """Who hears which stage of which ask; a stage that reaches nobody is kept as told to nobody."""
    reached = unit_reachability(commune_id, sorted({ask.unit_id for ask in due}), on)
    chairs = role_holder_ids(commune_id, Role.chair, on=on) if due else []
    return [
        ReminderDelivery(ask, one, _row(ask, one.stage.code, user_id, one.planned_on, on), user_id in heard.present)
        for ask, found in due.items()
        for heard in [reached[ask.unit_id]]
        for one in found
        for user_id in reminder_recipients(heard, one.stage.level, chairs) or (None,)
    ]


def reminder_recipients(reached: Reachability, level: ReminderLevel, chairs: list[int]) -> tuple[int, ...]:
    """Who hears at a level. Where nobody of the unit can be reached, the member in charge hears from the first stage on."""
    climbed = reached.present
    if reached.liaison_id and (level >= ReminderLevel.COUNCIL or not reached.present):
        climbed = (*climbed, reached.liaison_id)
    if level >= ReminderLevel.CHAIR:
        climbed = (*climbed, *chairs)
    return tuple(dict.fromkeys(climbed))


def _row(
    ask: Obligation, stage: str, user_id: int | None, planned_on: date, on: date, by: User | None = None
) -> Reminder:
    return Reminder(
        commune_id=ask.commune_id,
        kind=ask.kind,
        object_id=ask.object_id,
        unit_id=ask.unit_id,
        stage=stage,
        user_id=user_id,
        title=ask.title,
        due_on=ask.due_on,
        planned_on=planned_on,
        sent_on=on,
        by=by,
    )


def _names(asks: Iterable[Obligation]) -> dict[int, str]:
    return dict(Unit.objects.filter(pk__in={ask.unit_id for ask in asks}).values_list("pk", "name"))


def _lines(due: dict[Obligation, list[DueStage]], told: list[ReminderDelivery]) -> dict[int, list[ReminderLine]]:
    """What each person is told, an ask once: by its last stage that has come."""
    names = _names(due)
    lines = defaultdict(list)
    for one in told:
        if one.row.user_id and one.due == last_stage(due[one.ask]):
            lines[one.row.user_id].append(ReminderLine(one.ask, names[one.ask.unit_id], one.own))
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
    """One message in the product a person, and one by e-mail to those who gave an address."""
    key = key or f"digest:{commune.pk}:{on}"
    people = User.objects.in_bulk(lines)
    said = {}
    with_address = any(person.email for person in people.values())
    due_at = next_send_time(commune.pk, timezone.localtime()) if with_address else None
    for user_id, mine in lines.items():
        texts = [line.text(on, calendar) for line in mine]
        own = any(line.own for line in mine)
        head = opening or ("Nhắc việc" if own else "Đơn vị chậm gửi, đề nghị đôn đốc")
        more = f" và {len(texts) - 3} việc khác" if len(texts) > 3 else ""
        link = mine[0].ask.link if own and len(mine) == 1 else ("/viec-cua-toi/" if own else OUTSTANDING_URL)
        said[user_id] = f"{head}: {'; '.join(texts[:3])}{more}.", link
        body = "\n".join([f"Kính gửi {people[user_id].full_name},", "", f"{head}:", *(f"- {text}" for text in texts)])
        queue_mail(
            user=people[user_id],
            commune=commune,
            subject=f"{head} ngày {format_date(on)}: {len(texts)} việc",
            body=f"{body}\n\nMở Sổ Vàng để làm: {settings.SITE_URL or ''}/viec-cua-toi/\n",
            key=key,
            due_at=due_at,
        )
    notify_each_user(commune_id=commune.pk, messages=said, key=key)


def next_send_time(commune_id: int, now: datetime) -> datetime | None:
    """None when an e-mail may go now; otherwise the next moment when the quiet hours are over."""
    ladder = reminder_plan_of(commune_id).ladder
    calendar = work_calendar_of(commune_id)
    if ladder.digest_at <= now.time() < ladder.quiet_from:
        return None
    day = now.date() if now.time() < ladder.digest_at else calendar.add(now.date(), 1)
    return timezone.make_aware(datetime.combine(day, ladder.digest_at))
