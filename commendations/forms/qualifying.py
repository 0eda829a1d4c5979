"""Forms of "Ai đủ điều kiện": which title, year and unit; who of them is nominated."""

from collections.abc import Sequence
from typing import Any

from django import forms

from commendations.queries.catalogue import AwardOffer
from commendations.queries.qualifying import Qualification
from emulation.core.errors import RuleBroken
from emulation.core.pasted_table import PastedRow, rows_of_text, rows_of_workbook
from villages.models import Unit

KIND_WORDS = {"person": "Cá nhân", "household": "Hộ gia đình"}


class QualifyingQuestionForm(forms.Form):
    """The question, asked in the address."""

    unit = forms.ChoiceField(label="Đơn vị")
    award = forms.ChoiceField(label="Danh hiệu")
    year = forms.TypedChoiceField(label="Năm", coerce=int)

    def __init__(
        self,
        *data: Any,
        units: Sequence[Unit],
        titles: dict[str, list[AwardOffer]],
        years: Sequence[int],
        **kwargs: Any,
    ) -> None:
        super().__init__(*data, **kwargs)
        self.fields["unit"].choices = [(str(unit.pk), unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["year"].choices = [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["award"].choices = [  # type: ignore[attr-defined]
            (KIND_WORDS[kind], [(offer.award.code, offer.award.name) for offer in offers])
            for kind, offers in titles.items()
            if offers
        ]


class ManyNomineesForm(forms.Form):
    """Which of the nominees are nominated; the page draws the boxes."""

    nominees = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *data: Any, judged: Sequence[Qualification], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.fields["nominees"].choices = [(str(one.nominee.pk), str(one.nominee)) for one in judged]  # type: ignore[attr-defined]
        self.fields["nominees"].error_messages["invalid_choice"] = (
            "Danh sách vừa thay đổi: có người, hộ không còn ở đơn vị. Xem lại các dấu rồi bấm lại."
        )

    @property
    def ticked(self) -> set[str]:
        """The values of the boxes that are ticked."""
        return set(self["nominees"].value() or [])


class NomineeListForm(forms.Form):
    """Names of nominees, pasted or in a workbook."""

    pasted = forms.CharField(
        label="Dán họ tên từ Excel",
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text="Mỗi dòng một người hoặc một chủ hộ; có người trùng tên thì thêm cột năm sinh.",
    )
    file = forms.FileField(label="Hoặc tệp Excel (.xlsx)", required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        sent = self.cleaned_data.get("file")
        try:
            self._rows = rows_of_workbook(sent.read()) if sent else rows_of_text(self.cleaned_data.get("pasted", ""))
        except RuleBroken as broken:
            self.add_error(broken.field or "pasted", broken.message)
        else:
            if not self._rows:
                self.add_error("pasted", "Chưa có dòng nào: dán họ tên hoặc chọn tệp.")
        return self.cleaned_data

    def rows(self) -> list[PastedRow]:
        """The rows that were sent."""
        return self._rows
