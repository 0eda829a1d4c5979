"""Drawing tasks from an incoming paper, while the letter that gives them is being written."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from campaigns.directives.models.directive import Directive
from campaigns.directives.models.duty import Duty
from campaigns.directives.rules.duty import PERFORMERS
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines
from emulation.workflow.transitions import act

MAX_DUTIES = 60
FARTHEST_YEARS = 10


@dataclass(frozen=True)
class DutyText:
    """What a task says."""

    words: str
    performers: list[str]
    group: int = 0
    is_aim: bool = False
    due_on: date | None = None
    recurring: str = ""
    code: str = ""


def create_duties_from_outline(directive: Directive) -> None:
    """The tasks that are known of this paper (its outline), when none were drawn yet. Called where the letter begins."""
    if directive.duties.exists():
        return
    for number, row in enumerate(directive.outline.get("duties", []), 1):
        Duty.objects.create(
            commune_id=directive.commune_id,
            directive=directive,
            number=number,
            code=row["code"],
            group=row.get("group", 0),
            words=row["words"],
            is_aim=row.get("aim", False),
            recurring=row.get("recurring", ""),
            performers=row.get("performers", []),
        )


def add_duty(*, by: User, directive: Directive, text: DutyText) -> Duty:
    """A task more, the last. Without a code it gets the next of D1, D2 …"""
    with act("campaigns.draw_duty", directive, by=by, added=clean_lines(text.words)[:200]) as locked:
        known = list(locked.duties.all())
        if len(known) >= MAX_DUTIES:
            raise RuleBroken(f"Một văn bản có nhiều nhất {MAX_DUTIES} việc.", field="words")
        duty = Duty(commune_id=locked.commune_id, directive=locked)
        duty.number = max((one.number for one in known), default=0) + 1
        _fill_duty(duty, text, {one.code for one in known})
        duty.save()
        return duty


def edit_duty(*, by: User, duty: Duty, text: DutyText) -> Duty:
    """Writes the task anew."""
    with act("campaigns.draw_duty", duty.directive, by=by, edited=duty.code) as locked:
        fresh = locked.duties.filter(pk=duty.pk).first()
        if fresh is None:
            raise RuleBroken("Việc này vừa được bỏ.")
        _fill_duty(fresh, text, set(locked.duties.exclude(pk=fresh.pk).values_list("code", flat=True)))
        fresh.save()
    return fresh


def remove_duty(*, by: User, duty: Duty) -> None:
    """Takes the task out; the others keep their codes."""
    with act("campaigns.draw_duty", duty.directive, by=by, removed=duty.code, words=duty.words[:200]) as locked:
        locked.duties.filter(pk=duty.pk).delete()


def move_duty(*, by: User, duty: Duty, up: bool) -> None:
    """One place up or down; at the end of the list nothing changes."""
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
    words = clean_lines(text.words)
    if not words:
        raise RuleBroken("Hãy ghi nội dung việc.", field="words")
    performers = [key for key in PERFORMERS if key in text.performers]
    if not performers and not text.is_aim:
        raise RuleBroken("Hãy chọn ai làm việc này, hoặc đánh dấu là mục tiêu.", field="performers")
    if text.due_on and not text.is_aim:
        issued = duty.directive.issued_on
        if text.due_on < issued:
            raise RuleBroken(f"Hạn không thể trước ngày của văn bản ({format_date(issued)}).", field="due_on")
        if text.due_on.year - max(issued.year, timezone.localdate().year) > FARTHEST_YEARS:
            raise RuleBroken("Hạn quá xa; hãy xem lại năm.", field="due_on")
    code = clean(text.code).upper() or duty.code or _next_code(taken)
    if code in taken:
        raise RuleBroken(f"Mã {code} đã dùng cho việc khác.", field="code")
    duty.words = words
    duty.code = code
    duty.group = text.group
    duty.is_aim = text.is_aim
    duty.performers = [] if text.is_aim else performers
    duty.due_on, duty.recurring = (None, "") if text.is_aim else (text.due_on, clean(text.recurring))


def _next_code(taken: set[str]) -> str:
    numbers = [int(match.group(1)) for code in taken if (match := re.fullmatch(r"D(\d{1,4})", code))]
    return f"D{max(numbers, default=0) + 1}"
