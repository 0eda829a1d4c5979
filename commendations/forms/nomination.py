"""Forms of a nomination: nominee, award and year, content; its return, the checklist of the office."""

from dataclasses import dataclass
from typing import Any

from django import forms

from commendations.actions.appraisal import RETURN_NOTE_LABELS, ChecklistMark, nomination_note_labels
from commendations.actions.nomination import AwardRequest, NominationContent
from commendations.models import ChecklistEntry, Nomination
from commendations.queries.catalogue import AwardOffer
from commendations.queries.checklist import PaperLink
from commendations.queries.deadlines import SUDDEN_KIND
from commendations.queries.nomination import find_nominee, nominee_candidates
from commendations.rules.award_names import STANDARD_TITLES
from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField, VnDateInput, time_of_day_field
from emulation.workflow.differences import FILE_NOTE
from villages.models import Unit
from villages.queries.person_changes import former_people

ACHIEVEMENT_HINT = "Viết tiếp sau chữ “{} …”; câu này được in trên quyết định và giấy, bằng, nên gọn trong hai dòng."


def textarea_field(
    label: str, rows: int, max_length: int, help_text: str = "", required: bool = False
) -> CleanAreaField:
    widget = forms.Textarea(attrs={"rows": rows})
    return CleanAreaField(label=label, required=required, max_length=max_length, help_text=help_text, widget=widget)


class NominationForm(forms.Form):
    """The content of a nomination. No field is required to save a draft."""

    return_answer = textarea_field(
        "Đã làm gì theo lý do trả lại",
        3,
        1000,
        "Ví dụ: đã bổ sung biên bản họp thôn có chữ ký. Sửa nội dung bên dưới rồi thì có thể để trống.",
    )
    kind = forms.ChoiceField(
        label="Loại hình khen thưởng", choices=Nomination.KINDS, required=False, widget=forms.RadioSelect
    )
    achievement = textarea_field("Nội dung khen", 2, 300, ACHIEVEMENT_HINT.format("đã có thành tích"))
    field_name = CleanTextField(label="Lĩnh vực", required=False, max_length=120)
    period_from = VnDateField(
        label="Lập thành tích từ ngày", required=False, widget=VnDateInput(attrs={"class": "short"})
    )
    period_to = VnDateField(label="Đến ngày", required=False, widget=VnDateInput(attrs={"class": "short"}))
    deed_time = time_of_day_field(
        "Giờ lập thành tích",
        required=False,
        help_text="Chỉ ghi cho khen thưởng đột xuất, nếu biết: để tính số giờ từ lúc lập thành tích đến khi ký quyết định.",
    )
    met_on = VnDateField(
        label="Đơn vị họp bình xét ngày",
        required=False,
        help_text="Ngày ghi trên biên bản họp; giấy đề nghị dẫn biên bản này. Để trống thì điền bằng tay.",
        widget=VnDateInput(attrs={"class": "short"}),
    )
    duties = textarea_field(
        "Quyền hạn, nhiệm vụ được giao", 3, 4000, "Người được khen làm gì, giữ việc gì. Có thể để trống."
    )
    deed = textarea_field(
        "Thành tích đạt được",
        10,
        8000,
        "Việc đã làm và kết quả, có số liệu thì ghi số liệu. Nội dung này vào báo cáo thành tích.",
    )
    past_awards = textarea_field(
        "Các hình thức đã được khen thưởng",
        4,
        4000,
        "Mỗi dòng một lần: năm; danh hiệu hoặc hình thức; số, ngày quyết định, cơ quan ban hành. "
        "Ví dụ: 2024; Giấy khen của Chủ tịch UBND xã; Quyết định số 12/QĐ-UBND ngày 05/02/2024. "
        "Giấy khen đã có trong Sổ vàng tự được ghi thêm.",
    )

    def __init__(self, *args: Any, nomination: Nomination, kinds: tuple[str, ...], **kwargs: Any) -> None:
        """`kinds`: for which the law has a checklist of the award; with one kind the field is left out."""
        self.nomination = nomination
        kwargs.setdefault("initial", {name: getattr(nomination, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        if nomination.award_code in STANDARD_TITLES:
            self.fields["achievement"].help_text = ACHIEVEMENT_HINT.format("đã")
        if len(kinds) == 1:
            del self.fields["kind"]
        if SUDDEN_KIND not in kinds:
            del self.fields["deed_time"]
        if FILE_NOTE not in nomination.return_notes:
            del self.fields["return_answer"]
        self.other_notes: list[str] = []  # of parts that are no field of this form, such as the file as a whole
        self._place_return_notes(nomination)

    def _place_return_notes(self, nomination: Nomination) -> None:
        """Each remark at its field; those without one in `other_notes`."""
        for name, reason in nomination.return_notes.items():
            field = self.fields.get("period_from" if name == "period" else name)
            if field is not None:
                field.return_note = reason  # type: ignore[attr-defined]
            elif name == FILE_NOTE:
                self.other_notes.append(reason)
            elif name not in ("nominee", "award"):  # the page shows these at their buttons
                self.other_notes.append(f"{RETURN_NOTE_LABELS.get(name, 'Lý do')}: {reason}")

    def content(self) -> NominationContent:
        """The cleaned data; a field that has an error or is not on the form keeps its stored value."""
        old = self.nomination
        return NominationContent(**{name: self.cleaned_data.get(name, getattr(old, name)) for name in self.base_fields})


class NomineeForm(forms.Form):
    """Choose the nominee among the search results."""

    nominee = forms.CharField(label="Người, hộ, tập thể được đề nghị", required=False, max_length=40)

    def __init__(
        self, *args: Any, user: Any, unit: Unit | None, words: str = "", optional: bool = False, **kwargs: Any
    ) -> None:
        self.user = user
        self.unit = unit
        self.words = words
        self.optional = optional
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        value = self.cleaned_data.get("nominee", "")
        if self.unit is None:
            raise forms.ValidationError("Hãy chọn đơn vị đề nghị.")
        nominee = find_nominee(self.user, self.unit, value, self.words) if value else None
        if nominee is None and not self.chosen_later():
            later = ", hoặc “Chọn người sau”" if self.optional else ""
            self.add_error("nominee", f"Hãy chọn một người, hộ hoặc tập thể trong danh sách{later}.")
        return {**self.cleaned_data, "nominee": nominee}

    def chosen_later(self) -> bool:
        """Whether "Chọn người sau" is chosen, which sends an empty value: a form sent with nothing chosen makes no draft."""
        return self.optional and self.data.get("nominee") == ""

    def choices(self) -> list[Any]:
        """The search results for the page."""
        return nominee_candidates(self.user, self.unit, self.words) if self.unit else []

    def former(self) -> list[tuple[str, str]]:
        """Who of the unit has such a name and cannot be chosen, with why not."""
        return former_people(self.user, self.unit.pk, self.words) if self.unit else []


class NominationAwardForm(forms.Form):
    """Choose the award and its year, among the awards that such a nominee can be nominated for today."""

    award = forms.CharField(label="Danh hiệu, hình thức khen thưởng", max_length=12)
    year = forms.IntegerField(
        label="Năm xét",
        required=False,
        min_value=1900,
        max_value=2200,
        help_text="Danh hiệu xét theo từng năm; để trống là năm nay.",
        widget=forms.TextInput(attrs={"class": "shorter", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Nhập năm bằng bốn chữ số, ví dụ 2026.",
            "min_value": "Nhập năm bằng bốn chữ số, ví dụ 2026.",
            "max_value": "Nhập năm bằng bốn chữ số, ví dụ 2026.",
        },
    )

    def __init__(self, *args: Any, offers: list[AwardOffer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers

    def groups(self) -> list[tuple[str, list[AwardOffer]]]:
        """The offers grouped by who decides, for the page."""
        groups: dict[str, list[AwardOffer]] = {}
        for offer in self.offers:
            groups.setdefault(offer.group, []).append(offer)
        return list(groups.items())

    def requested(self) -> AwardRequest:
        return AwardRequest(self.cleaned_data["award"], self.cleaned_data["year"])


class ReturnNominationForm(forms.Form):
    """Reasons for returning the file, one for each part to correct."""

    def __init__(self, *args: Any, nomination: Nomination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in nomination_note_labels(nomination).items():
            self.fields[name] = CleanAreaField(
                label=label, required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2, "class": "low"})
            )

    def notes(self) -> dict[str, str]:
        return {name: reason for name, reason in self.cleaned_data.items() if reason}


TICK = {"class": "form-check-input"}


@dataclass(frozen=True)
class ChecklistRow:
    """One entry of the checklist form: its tick, its note, and the papers it asks about."""

    entry: ChecklistEntry
    tick: forms.BoundField
    note: forms.BoundField
    papers: list[PaperLink]


class ChecklistForm(forms.Form):
    """The office's check of each checklist entry: ticked is met; a note without a tick names what is missing.

    `all_met` ticks every entry without a note.
    """

    all_met = forms.BooleanField(
        label="Đủ cả, trừ thành phần có ghi thiếu gì ở dưới", required=False, widget=forms.CheckboxInput(attrs=TICK)
    )

    def __init__(self, *args: Any, nomination: Nomination, papers: dict[str, list[PaperLink]], **kwargs: Any) -> None:
        """`papers`: those of `checklist_papers`."""
        super().__init__(*args, **kwargs)
        self.entries = list(nomination.checklist.all())
        self.papers = papers
        for entry in self.entries:
            self.fields[f"met_{entry.pk}"] = forms.BooleanField(
                label=entry.label, required=False, initial=bool(entry.met), widget=forms.CheckboxInput(attrs=TICK)
            )
            self.fields[f"note_{entry.pk}"] = CleanTextField(
                label="Còn thiếu gì, hoặc ghi chú", required=False, max_length=300, initial=entry.note
            )
            self.fields[f"note_{entry.pk}"].widget.attrs["class"] = "form-control"

    @property
    def rows(self) -> list[ChecklistRow]:
        return [
            ChecklistRow(entry, self[f"met_{entry.pk}"], self[f"note_{entry.pk}"], self.papers.get(entry.code, []))
            for entry in self.entries
        ]

    def marks(self) -> dict[int, ChecklistMark]:
        return {entry.pk: self._mark(entry) for entry in self.entries}

    def _mark(self, entry: ChecklistEntry) -> ChecklistMark:
        note = self.cleaned_data[f"note_{entry.pk}"]
        if self.cleaned_data[f"met_{entry.pk}"] or (self.cleaned_data["all_met"] and not note):
            return ChecklistMark(True, note)
        return ChecklistMark(False if note else None, note)
