"""Forms of "Ai đủ điều kiện": which title, year and unit; who of them is nominated."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms

from commendations.actions.many_nominations import TypedDeed
from commendations.forms.nomination import textarea_field
from commendations.models import Nomination
from commendations.queries.catalogue import AwardOffer
from commendations.queries.qualifying import Qualification
from emulation.core.fields import VnDateField, VnDateInput
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


class DeedsForm(forms.Form):
    """The deed (`deed_12`) of each case with the version that the page showed (`seen_12`), and the day of the meeting."""

    met_on = VnDateField(
        label="Đơn vị họp bình xét ngày",
        required=False,
        help_text="Ghi một lần cho mọi hồ sơ dưới đây; giấy đề nghị dẫn biên bản này.",
        widget=VnDateInput(attrs={"class": "short"}),
    )

    def __init__(self, *data: Any, cases: Sequence[Nomination], **kwargs: Any) -> None:
        super().__init__(*data, **kwargs)
        self.cases = cases
        self.fields["met_on"].initial = next((case.met_on for case in cases if case.met_on), None)
        for case in cases:
            field = textarea_field(f"Thành tích của {case.nominee_name}", 3, 8000)
            field.initial = case.deed
            self.fields[f"deed_{case.pk}"] = field
            hidden = forms.IntegerField(required=False, initial=case.version, widget=forms.HiddenInput)
            self.fields[f"seen_{case.pk}"] = hidden

    def typed(self) -> list[TypedDeed]:
        """What was typed, as the action takes it."""
        data = self.cleaned_data
        return [TypedDeed(case, data[f"deed_{case.pk}"], data[f"seen_{case.pk}"]) for case in self.cases]

    def mark(self, faults: dict[int, str]) -> None:
        """Adds the errors to their rows, with the present versions, so that saving again succeeds."""
        data = {name: self.data[name] for name in self.data}
        for case in self.cases:
            if case.pk in faults:
                self.add_error(f"deed_{case.pk}", faults[case.pk])
                data[f"seen_{case.pk}"] = str(Nomination.objects.values_list("version", flat=True).get(pk=case.pk))
        self.data = data

    def lines(self) -> Iterator[tuple[Nomination, Any, Any]]:
        """(case, field of the deed, field of the version) for each row of the page."""
        for case in self.cases:
            yield case, self[f"deed_{case.pk}"], self[f"seen_{case.pk}"]
