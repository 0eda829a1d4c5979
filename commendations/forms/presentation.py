"""What is asked on the way to the chair and of the chair."""

from typing import Any

from django import forms

from commendations.actions.presentation import Word
from commendations.models import Presentation
from commendations.queries.presentation import Row
from emulation.core.fields import CleanAreaField, CleanTextField

APPROVE, REFUSE = "dong-y", "khong-dong-y"


class PresentationForm(forms.Form):
    form = forms.ChoiceField(label="Hình thức trình", choices=Presentation.FORMS, widget=forms.RadioSelect)
    opinion = CleanAreaField(
        label="Ý kiến của Ủy viên thường trực",
        required=False,
        max_length=2000,
        help_text="Ghi nhận xét ngắn để Chủ tịch quyết định. Để trống cũng được.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideForm(forms.Form):
    """One form for the whole list: for each nominee yes or no, nothing chosen beforehand; no asks for a reason."""

    def __init__(self, *args: Any, rows: list[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[f"outcome_{row.item.pk}"] = forms.ChoiceField(
                label=f"Quyết định về {row.line.name}",
                choices=[(APPROVE, "Đồng ý khen thưởng"), (REFUSE, "Không đồng ý")],
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
            if data.get(f"outcome_{row.item.pk}") == REFUSE and not data.get(f"reason_{row.item.pk}"):
                self.add_error(f"reason_{row.item.pk}", f"Hãy ghi lý do không đồng ý khen thưởng {row.line.name}.")
        return data

    def words(self) -> dict[int, Word]:
        """The chair's word by id of the item; a reason typed beside a yes does not count."""
        data, words = self.cleaned_data, {}
        for row in self.rows:
            approved = data[f"outcome_{row.item.pk}"] == APPROVE
            words[row.item.pk] = Word(approved, "" if approved else data[f"reason_{row.item.pk}"])
        return words

    def questions(self) -> list[tuple[Row, Any, Any]]:
        """Each row with its two fields, for the template."""
        return [(row, self[f"outcome_{row.item.pk}"], self[f"reason_{row.item.pk}"]) for row in self.rows]


class ReasonForm(forms.Form):
    reason = CleanAreaField(label="Lý do", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
