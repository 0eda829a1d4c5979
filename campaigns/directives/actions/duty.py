"""Edit the tasks of a directive, as long as the letter that assigns them is a draft or returned."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from campaigns.directives.models.directive import Directive
from campaigns.directives.models.duty import Duty
from campaigns.directives.queries.outlines import with_bodies
from campaigns.directives.rules.duty import PERFORMERS
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.workflow.transitions import act

MAX_DUTIES = 60
MAX_DUE_YEARS = 10


@dataclass(frozen=True)
class DutyText:
    """The content of a task, as the form gives it."""

    words: str
    performers: list[str]
    group: int = 0
    is_aim: bool = False
    due_on: date | None = None
    recurring: str = ""
    code: str = ""


def create_duties_from_outline(directive: Directive, on: date) -> None:
    """Create the tasks of the directive's outline, with the bodies of that day, if it has no tasks yet.

    Called when the letter is started.
    """
    if directive.duties.exists():
        return
    for number, row in enumerate(directive.outline.get("duties", []), 1):
        Duty.objects.create(
            commune_id=directive.commune_id,
            directive=directive,
            number=number,
            code=row["code"],
            group=row.get("group", 0),
            words=with_bodies(row["words"], directive.commune, on),
            is_aim=row.get("aim", False),
            recurring=row.get("recurring", ""),
            performers=row.get("performers", []),
        )


def add_duty(*, by: User, directive: Directive, text: DutyText) -> Duty:
    """Add a task at the end of the list. Without a code it gets the next of D1, D2 …"""
    with act("campaigns.draw_duty", directive, by=by, added=clean_lines(text.words)[:200]) as locked:
        existing = list(locked.duties.all())
        if len(existing) >= MAX_DUTIES:
            raise RuleBroken(f"Một văn bản có nhiều nhất {MAX_DUTIES} việc.", field="words")
        duty = Duty(commune_id=locked.commune_id, directive=locked)
        duty.number = max((one.number for one in existing), default=0) + 1
        _fill_duty(duty, text, {one.code for one in existing})
        duty.save()
        return duty


def edit_duty(*, by: User, duty: Duty, text: DutyText) -> Duty:
    """Replace the content of a task."""
    with act("campaigns.draw_duty", duty.directive, by=by, edited=duty.code) as locked:
        fresh = locked.duties.filter(pk=duty.pk).first()
        if fresh is None:
            raise RuleBroken("Việc này vừa được bỏ.")
        _fill_duty(fresh, text, set(locked.duties.exclude(pk=fresh.pk).values_list("code", flat=True)))
        fresh.save()
    return fresh


def remove_duty(*, by: User, duty: Duty) -> None:
    """Remove a task; the other tasks keep their codes."""
    with act(
        "campaigns.draw_duty", duty.directive, by=by, removed=duty.code, words=duty.words[:200], removed_id=duty.pk
    ) as locked:
        locked.duties.filter(pk=duty.pk).delete()


def move_duty(*, by: User, duty: Duty, up: bool) -> None:
    """Move a task one place up or down; at the ends of the list nothing changes."""
    with act("campaigns.draw_duty", duty.directive, by=by, moved=duty.code, up=up) as locked:
        rows = list(locked.duties.all())
        place = next((at for at, one in enumerate(rows) if one.pk == duty.pk), None)
        if place is None:
            raise RuleBroken("Việc này vừa được bỏ.")
        other = place - 1 if up else place + 1
        if 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        for number, one in enumerate(rows, 1):
            one.number = number
        Duty.objects.bulk_update(rows, ["number"])


def _fill_duty(duty: Duty, text: DutyText, taken: set[str]) -> None:
    """Write the content into the task. `taken` are the codes of the other tasks. An aim has no performers and no due day."""
    words = clean_lines(text.words)
    if not words:
        raise RuleBroken("Hãy ghi nội dung việc.", field="words")
    performers = [key for key in PERFORMERS if key in text.performers]
    if not text.is_aim:
        _check_assignment(performers, text.due_on, duty.directive)
    code = clean(text.code).upper() or duty.code or _next_code(taken)
    if code in taken:
        raise RuleBroken(f"Mã {code} đã dùng cho việc khác.", field="code")
    duty.words = words
    duty.code = code
    duty.group = text.group
    duty.is_aim = text.is_aim
    duty.performers = [] if text.is_aim else performers
    duty.due_on = None if text.is_aim else text.due_on
    duty.recurring = "" if text.is_aim else clean(text.recurring)


def _check_assignment(performers: list[str], due_on: date | None, directive: Directive) -> None:
    if not performers:
        raise RuleBroken("Hãy chọn ai làm việc này, hoặc đánh dấu là mục tiêu.", field="performers")
    if due_on is None:
        return
    issued = directive.issued_on
    if due_on < issued:
        raise RuleBroken(f"Hạn không thể trước ngày của văn bản ({format_date(issued)}).", field="due_on")
    if due_on.year - max(issued.year, timezone.localdate().year) > MAX_DUE_YEARS:
        raise RuleBroken("Hạn quá xa; hãy xem lại năm.", field="due_on")


def _next_code(taken: set[str]) -> str:
    numbers = [int(match.group(1)) for code in taken if (match := re.fullmatch(r"D(\d{1,4})", code))]
    return f"D{max(numbers, default=0) + 1}"
