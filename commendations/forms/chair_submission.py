"""Forms of the chair submission: draft, submit, decide."""

from typing import Any

from django import forms

from commendations.actions.chair_submission import ChairDecision
from commendations.models import ChairSubmission
from commendations.queries.chair_submission import SubmissionRow
from emulation.core.fields import CleanAreaField, CleanTextField

APPROVE_CHOICE, REFUSE_CHOICE = "dong-y", "khong-dong-y"


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
    """One form for the whole list: for each nominee yes or no, nothing chosen beforehand; no asks for a reason."""

    def __init__(self, *args: Any, rows: list[SubmissionRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"outcome_{row.item.pk}"] = forms.ChoiceField(
                label=f"Quyết định về {row.line.name}",
                choices=[(APPROVE_CHOICE, "Đồng ý khen thưởng"), (REFUSE_CHOICE, "Không đồng ý")],
                widget=forms.RadioSelect,
                error_messages={"required": f"Chưa chọn đồng ý hay không đồng ý cho {row.line.name}."},
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
            if data.get(f"outcome_{row.item.pk}") == REFUSE_CHOICE and not data.get(f"reason_{row.item.pk}"):
                self.add_error(f"reason_{row.item.pk}", f"Hãy ghi lý do không đồng ý khen thưởng {row.line.name}.")
        return data

    def words(self) -> dict[int, ChairDecision]:
        """The chair's word by id of the item; a reason typed beside a yes does not count."""
        data, words = self.cleaned_data, {}
        for row in self.rows:
            approved = data[f"outcome_{row.item.pk}"] == APPROVE_CHOICE
            words[row.item.pk] = ChairDecision(approved, "" if approved else data[f"reason_{row.item.pk}"])
        return words

    def questions(self) -> list[tuple[SubmissionRow, Any, Any]]:
        """Each row with its two fields, for the template."""
        return [(row, self[f"outcome_{row.item.pk}"], self[f"reason_{row.item.pk}"]) for row in self.rows]


class PaperReasonForm(forms.Form):
    reason = CleanAreaField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
