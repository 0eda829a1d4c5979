"""Forms of the chair submission: draft, submit, decide."""

from typing import Any

from django import forms

from commendations.actions.chair_submission import ChairDecision
from commendations.models import ChairSubmission
from commendations.queries.chair_submission import SubmissionRow
from emulation.core.fields import CleanAreaField, CleanTextField
from emulation.core.text import is_reason

APPROVE_CHOICE = "dong-y"
REFUSE_CHOICE = "khong-dong-y"


class ChairSubmissionForm(forms.Form):
    form = forms.ChoiceField(label="Hình thức trình", choices=ChairSubmission.FORMS, widget=forms.RadioSelect)
    opinion = CleanAreaField(
        label="Ý kiến của Ủy viên thường trực",
        required=False,
        max_length=2000,
        help_text="Ghi nhận xét ngắn để Chủ tịch quyết định. Để trống cũng được.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChairDecisionsForm(forms.Form):
    """One form for the whole list: approve or refuse each nominee, nothing preselected; a refusal needs a reason.

    `approve_rest`: nominees without a choice are approved; the preview shows them before anything is recorded.
    """

    def __init__(self, *args: Any, rows: list[SubmissionRow], approve_rest: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        if approve_rest:
            chosen = {name: value for name in self.data if (value := self.data[name])}
            self.data = {**{f"outcome_{row.item.pk}": APPROVE_CHOICE for row in rows}, **chosen}
        for row in rows:
            self.fields[f"outcome_{row.item.pk}"] = forms.ChoiceField(
                label=f"Quyết định về {row.line.listed_name}",
                choices=[(APPROVE_CHOICE, "Đồng ý"), (REFUSE_CHOICE, "Không đồng ý")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Chưa chọn đồng ý hay không đồng ý cho {row.line.listed_name}."},
            )
            self.fields[f"reason_{row.item.pk}"] = CleanTextField(
                label="Lý do, nếu không đồng ý",
                required=False,
                max_length=300,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for row in self.rows:
            if data.get(f"outcome_{row.item.pk}") == REFUSE_CHOICE and not is_reason(
                data.get(f"reason_{row.item.pk}") or ""
            ):
                self.add_error(
                    f"reason_{row.item.pk}", f"Hãy ghi lý do không đồng ý khen thưởng {row.line.listed_name}."
                )
        return data

    def decisions(self) -> dict[int, ChairDecision]:
        """The chair's decisions by id of the item; a reason typed for an approved nominee is ignored."""
        decisions = {}
        for row in self.rows:
            approved = self.cleaned_data[f"outcome_{row.item.pk}"] == APPROVE_CHOICE
            reason = "" if approved else self.cleaned_data[f"reason_{row.item.pk}"]
            decisions[row.item.pk] = ChairDecision(approved, reason)
        return decisions

    @property
    def undecided(self) -> int:
        """How many nominees have no choice yet."""
        return sum(not self[f"outcome_{row.item.pk}"].value() for row in self.rows)

    def questions(self) -> list[tuple[SubmissionRow, Any, Any]]:
        """Each row with its two fields, for the template."""
        return [(row, self[f"outcome_{row.item.pk}"], self[f"reason_{row.item.pk}"]) for row in self.rows]
