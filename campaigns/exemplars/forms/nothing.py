"""Form in which a unit answers that it has no exemplar in a period."""

from typing import Any

from django import forms

from campaigns.exemplars.actions.exemplar import ExemplarContent
from campaigns.exemplars.models.exemplar import Exemplar
from emulation.core.fields import CleanAreaField
from villages.models import Unit


class NothingForm(forms.Form):
    """The answer "none this time", with the reason."""

    nothing_reason = CleanAreaField(
        label="Vì sao kỳ này không có?",
        required=False,
        max_length=1000,
        help_text="Một câu ngắn, ví dụ: đang mùa thu hoạch, đang kỳ thi, chưa bình xét.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, unit: Unit, user: Any, exemplar: Exemplar | None = None, **kwargs: Any) -> None:
        self.exemplar = exemplar
        if exemplar is not None:
            kwargs["initial"] = {"nothing_reason": exemplar.nothing_reason}
        super().__init__(*args, **kwargs)
        if exemplar and "nothing_reason" in exemplar.return_notes:
            self.fields["nothing_reason"].return_note = exemplar.return_notes["nothing_reason"]

    def content(self) -> ExemplarContent:
        unchanged = self.exemplar.nothing_reason if self.exemplar else ""
        return ExemplarContent(nothing_reason=self.cleaned_data.get("nothing_reason", unchanged))
