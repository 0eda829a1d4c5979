"""Actions on registrations: units register, decline, withdraw and report progress; the office returns."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from campaigns.campaigns.models.campaign import Goal
from campaigns.campaigns.models.registration import Pledge, Progress, Registration
from campaigns.campaigns.queries.registration import registration_content
from campaigns.campaigns.rules import contradicting_day
from emulation.accounts.models import User
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, format_vnd
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.differences import refuse_unchanged
from emulation.workflow.transitions import act
from villages.queries.people import unit_head_ids

Figures = dict[int, Decimal]
"""Figures by goal id."""


def register_for_campaign(
    *,
    by: User,
    registration: Registration,
    text: str,
    titles: str = "",
    figures: Figures | None = None,
    on: date | None = None,
    seen: int | None = None,
) -> Registration:
    """Register the unit: planned work, a figure for each goal it takes part in, titles it aims at. `on` defaults to today."""
    figures = figures or {}
    with act("campaigns.register", registration, by=by, seen=seen, figures=_as_text(figures)) as locked:
        if not clean(text) and not figures:
            raise RuleBroken("Hãy ghi đơn vị đăng ký làm gì, hoặc ghi con số cho ít nhất một chỉ tiêu.", field="text")
        goals = _goals(locked, figures)
        locked.text = clean_lines(text)
        locked.titles = clean_lines(titles)
        locked.reason = ""
        locked.pledges.all().delete()
        Pledge.objects.bulk_create(
            Pledge(commune_id=locked.commune_id, registration=locked, goal=goal, value=figures[goal.pk])
            for goal in goals
        )
        _record_answer(by, locked, on)
        _notify_office(locked, "đăng ký thi đua")
    return registration


def decline_campaign(
    *, by: User, registration: Registration, reason: str, on: date | None = None, seen: int | None = None
) -> Registration:
    """Record that the unit does not register, with the reason."""
    with act("campaigns.decline", registration, by=by, seen=seen, reason=clean(reason)) as locked:
        reason = require_reason(reason, "Hãy ghi lý do đơn vị không đăng ký.")
        locked.reason = clean_lines(reason)
        locked.pledges.all().delete()
        _record_answer(by, locked, on)
        _notify_office(locked, "không đăng ký")
    return registration


def withdraw_registration(*, by: User, registration: Registration, seen: int | None = None) -> Registration:
    """The unit withdraws its answer before the deadline, to give another one."""
    with act("campaigns.take_back", registration, by=by, seen=seen) as locked:
        locked.registered_on = None
    return registration


def return_registration(*, by: User, registration: Registration, reason: str, seen: int | None = None) -> Registration:
    """The office returns the answer with a reason."""
    with act("campaigns.return_registration", registration, by=by, seen=seen, reason=clean(reason)) as locked:
        reason = require_reason(reason, "Hãy ghi cần sửa gì để đơn vị biết.")
        locked.return_notes = {"reason": clean_lines(reason)}
        locked.returned_content = registration_content(locked)
        notify_users(
            commune_id=locked.commune_id,
            users=unit_head_ids(locked.unit, timezone.localdate()),
            text=f"Văn phòng trả lại bản đăng ký thi đua: {locked.campaign.name}.",
            link=locked.get_absolute_url(),
            key=f"registration:{locked.pk}:returned:{locked.version}",
        )
    return registration


def report_progress(
    *,
    by: User,
    registration: Registration,
    on: date,
    figures: Figures,
    note: str = "",
    seen: int | None = None,
) -> Registration:
    """Record what the unit has reached by that day, since the start; a second report of a goal and day replaces the first.

    Raises RuleBroken for a count that contradicts the report of another day, unless a note explains it.
    """
    with act("campaigns.report_progress", registration, by=by, seen=seen, on=on, figures=_as_text(figures)) as locked:
        if not figures:
            raise RuleBroken("Hãy ghi con số cho ít nhất một chỉ tiêu.")
        not_future(on, "Kết quả phải đạt được rồi: ngày", "on")
        if locked.campaign.starts_on and on < locked.campaign.starts_on:
            starts_on = format_date(locked.campaign.starts_on)
            raise RuleBroken(f"Phong trào bắt đầu ngày {starts_on}; kết quả tính từ ngày đó.", field="on")
        goals = _goals(locked, figures)
        reported = list(locked.progress.all())
        if not clean(note):
            _check_consistent(goals, figures, on, reported)
        same_day = {row.goal_id: row for row in reported if row.on == on}
        for goal in goals:
            row = same_day.get(goal.pk) or Progress(commune_id=locked.commune_id, registration=locked, goal=goal, on=on)
            row.value = figures[goal.pk]
            row.note = clean(note)[:300]
            row.by = by
            row.save()
        locked.updated_at = (
            timezone.now()
        )  # counts as a change of the registration, although only progress rows changed
    return registration


def _goals(registration: Registration, figures: Figures) -> list[Goal]:
    """The goals of these figures. Raises RuleBroken for a goal of another campaign and for a figure out of range."""
    goals = {goal.pk: goal for goal in registration.campaign.goals.all()}
    for pk, value in figures.items():
        if pk not in goals:
            raise RuleBroken("Chỉ tiêu này không thuộc phong trào.")
        if value < 0:
            raise RuleBroken("Con số không thể âm.", field=f"goal_{pk}")
        if goals[pk].is_rate and value > 100:
            raise RuleBroken("Tỷ lệ không thể quá 100%.", field=f"goal_{pk}")
    return [goal for pk, goal in goals.items() if pk in figures]


def _check_consistent(goals: list[Goal], figures: Figures, on: date, reported: list[Progress]) -> None:
    """Raises RuleBroken for a count that contradicts the report of another day."""
    for goal in goals:
        days = {row.on: row.value for row in reported if row.goal_id == goal.pk and row.on != on}
        if not goal.is_rate and (other := contradicting_day(figures[goal.pk], on, days)):
            than = "ít hơn" if other < on else "nhiều hơn"
            raise RuleBroken(
                f"Ngày {format_date(other)} đơn vị đã ghi {format_vnd(days[other])}; tính từ đầu phong trào thì đến ngày {format_date(on)} "
                f"không thể {than}. Nếu con số này đúng (lần trước ghi nhầm, tính lại), hãy ghi lý do vào ô Ghi chú.",
                field=f"goal_{goal.pk}",
            )


def _as_text(figures: Figures) -> dict[str, str]:
    return {str(pk): str(value) for pk, value in figures.items()}


def _record_answer(by: User, registration: Registration, on: date | None) -> None:
    """Raises RuleBroken when the answer was returned and is given again as it was."""
    refuse_unchanged(registration, registration_content(registration))
    registration.registered_on = on or timezone.localdate()
    registration.first_sent_on = registration.first_sent_on or registration.registered_on
    registration.registered_by = by
    registration.return_notes = {}


def _notify_office(registration: Registration, what: str) -> None:
    late = " (muộn)" if registration.is_late else ""
    notify_users(
        commune_id=registration.commune_id,
        users=role_holder_ids(registration.commune_id, Role.office, on=timezone.localdate()),
        text=f"{registration.unit.name} {what}{late}: {registration.campaign.name}.",
        link=registration.get_absolute_url(),
        key=f"registration:{registration.pk}:answered:{registration.version}",
    )
