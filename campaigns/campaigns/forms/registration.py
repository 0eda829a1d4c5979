"""Forms in which a unit registers for a campaign, declines, and reports progress."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.campaigns.forms.fields import FigureField, date_field, long_text_field
from campaigns.campaigns.models.campaign import Goal
from campaigns.campaigns.models.registration import Pledge, Registration
from campaigns.campaigns.queries.registration import goal_cells
from emulation.core.fields import CleanTextField
from emulation.core.formatting import format_date, format_vnd


class _GoalFigures(forms.Form):
    """Base form with a figure field for each goal of the campaign."""

    goals: list[Goal]

    def add_goals(self, registration: Registration, pledged: dict[int, Decimal]) -> None:
        """Add the fields; `pledged` are the initial figures by goal id."""
        self.goals = list(registration.campaign.goals.all())
        for goal in self.goals:
            self.fields[f"goal_{goal.pk}"] = FigureField(
                label=f"{goal.text} ({goal.measure})" if goal.measure else goal.text,
                required=False,
                help_text=_goal_hint(goal),
                initial=pledged.get(goal.pk),
            )

    def figures(self) -> dict[int, Decimal]:
        """Figures by goal id, of the fields that were filled in."""
        given = {goal.pk: self.cleaned_data.get(f"goal_{goal.pk}") for goal in self.goals}
        return {pk: value for pk, value in given.items() if value is not None}


def _goal_hint(goal: Goal) -> str:
    parts = []
    if goal.target is not None:
        parts.append(f"Cả xã: {format_vnd(goal.target)} {goal.measure}")
    if goal.due_on:
        parts.append(f"đến {format_date(goal.due_on)}")
    return f"{', '.join(parts)}." if parts else ""


class RegisterForm(_GoalFigures):
    """The unit's registration: planned work, a figure for each goal, titles."""

    text = long_text_field("Đơn vị đăng ký làm gì?", 5, "Kể việc cụ thể, mỗi việc một dòng.", 4000)
    titles = long_text_field(
        "Danh hiệu, hình thức khen thưởng đăng ký",
        3,
        "Mỗi dòng một danh hiệu, ghi rõ của ai. Ví dụ: Tập thể Lao động tiên tiến – cả trường. Không có thì để trống.",
        2000,
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": registration.text, "titles": registration.titles}
        super().__init__(*args, **kwargs)
        pledged = dict(Pledge.objects.filter(registration=registration).values_list("goal_id", "value"))
        self.add_goals(registration, pledged)
        self.order_fields(["text", *(f"goal_{goal.pk}" for goal in self.goals), "titles"])
        if reason := registration.return_notes.get("reason"):
            self.fields["text"].return_note = reason


class ProgressForm(_GoalFigures):
    """What has been reached by a day, counted from the start of the campaign."""

    on = date_field("Tính đến ngày", required=True, initial=timezone.localdate)
    note = CleanTextField(
        label="Ghi chú",
        required=False,
        max_length=300,
        help_text="Cần ghi khi con số ít hơn lần trước: vì sao.",
    )

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_goals(registration, {})
        for goal, cell in goal_cells(registration):
            hints = [f"Đơn vị đăng ký {format_vnd(cell.pledged)}"] if cell.pledged is not None else []
            if cell.reached is not None and cell.on:
                hints.append(f"đã ghi {format_vnd(cell.reached)} ngày {format_date(cell.on)}")
            if hints:
                self.fields[f"goal_{goal.pk}"].help_text = f"{', '.join(hints)}."
        self.order_fields(["on", *(f"goal_{goal.pk}" for goal in self.goals), "note"])
