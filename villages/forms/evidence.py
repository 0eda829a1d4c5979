"""Forms about evidence: one a kind, a reason with whatever is mended, the table of a unit's evaluations."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms

from emulation.core.fields import REQUIRED, CleanTextField, VnDateField, VnDateInput
from villages.actions import Entered
from villages.models import (
    PARTS,
    Discipline,
    Evaluation,
    Evidence,
    Initiative,
    Leave,
    PastAward,
    Pending,
    Person,
    UnitYear,
)
from villages.rules.evidence import FIRST_YEAR, awards_for

CHOOSE = ("", "Chọn")
NOT_KNOWN = "Để trống nếu chưa biết."


def number(label: str, most: int, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """A whole number in a narrow field."""
    wrong = f"Nhập số từ {least} đến {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": len(str(most)), "class": "shorter", "autocomplete": "off"}
        ),
        error_messages={"required": REQUIRED, "invalid": wrong, "min_value": wrong, "max_value": wrong},
        **kwargs,
    )


def year(label: str = "Năm") -> forms.IntegerField:
    return number(label, 2100, FIRST_YEAR)


def day(label: str, **kwargs: Any) -> VnDateField:
    return VnDateField(label=label, widget=VnDateInput(attrs={"class": "short"}), **kwargs)


def choice(label: str, choices: Sequence[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[CHOOSE, *choices],
        error_messages={"required": REQUIRED, "invalid_choice": "Hãy chọn trong danh sách."},
        **kwargs,
    )


class EvidenceForm(forms.Form):
    """Base: `about` is "person", "household" or "collective"; what mends also asks why."""

    def __init__(self, *args: Any, about: str, mending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if mending:
            self.fields["reason"] = reason("Lý do sửa")

    @classmethod
    def initial_of(cls, entry: Evidence) -> dict[str, Any]:
        return {name: getattr(entry, name) for name in cls.base_fields}


def reason(label: str) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=300, help_text="Ví dụ: nhập nhầm năm; theo quyết định đính chính số …"
    )


class ReasonForm(forms.Form):
    """Why an entry counts no more."""

    reason = reason("Lý do bỏ")


class JoinedForm(forms.Form):
    """When a person began in his unit."""

    joined_on = day(
        "Vào đơn vị, được tuyển dụng ngày",
        required=False,
        help_text="Dùng để tính thời gian công tác khi xét danh hiệu.",
    )


class EvaluationForm(EvidenceForm):
    year = year()
    level = choice("Kết quả", Evaluation.LEVELS)
    source = CleanTextField(
        label="Văn bản ghi kết quả", required=False, max_length=200, help_text="Số, ngày thông báo hoặc quyết định."
    )


class InitiativeForm(EvidenceForm):
    name = CleanTextField(label="Tên sáng kiến, đề tài", max_length=300)
    year = year("Năm được công nhận")
    scope = choice("Phạm vi ảnh hưởng", Initiative.SCOPES)
    certificate_no = CleanTextField(label="Số giấy chứng nhận, quyết định", required=False, max_length=60)
    certificate_on = day("Ngày giấy chứng nhận, quyết định", required=False)


class LeaveForm(EvidenceForm):
    kind = choice("Loại", Leave.KINDS)
    starts_on = day("Từ ngày")
    ends_on = day("Đến ngày", required=False, help_text="Để trống nếu chưa trở lại.")
    result = choice("Kết quả học tập", Leave.RESULTS, required=False, help_text="Chỉ ghi cho đào tạo, bồi dưỡng.")


class UnitYearForm(EvidenceForm):
    year = year()
    total = number("Tổng số người", 9999, required=False, help_text=NOT_KNOWN)
    ldtt = number("Đạt Lao động tiên tiến", 9999, required=False, help_text=NOT_KNOWN)
    women = number("Nữ", 9999, required=False, help_text=NOT_KNOWN)
    disciplined = number("Bị kỷ luật từ cảnh cáo trở lên", 9999, required=False, help_text=NOT_KNOWN)
    cstdcs = number("Đạt Chiến sĩ thi đua cơ sở", 9999, required=False, help_text=NOT_KNOWN)
    completed = number("Hoàn thành nhiệm vụ trở lên", 9999, required=False, help_text=NOT_KNOWN)

    def clean(self) -> dict[str, Any]:
        if all(self.cleaned_data.get(name) is None for name in ("total", *PARTS)) and not self.errors:
            self.add_error("total", "Hãy nhập ít nhất một số.")
        return self.cleaned_data


class PastAwardForm(EvidenceForm):
    award_code = choice("Danh hiệu, hình thức", [])
    year = year("Năm của thành tích")
    kind = choice("Loại hình khen thưởng", PastAward.KINDS)
    decision_no = CleanTextField(label="Số quyết định", required=False, max_length=60)
    decided_on = day("Ngày quyết định", required=False)
    issuer = CleanTextField(label="Cơ quan quyết định", required=False, max_length=160)
    note = CleanTextField(label="Ghi chú", required=False, max_length=300)

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["award_code"].choices = [CHOOSE, *awards_for(about)]


class DisciplineForm(EvidenceForm):
    kind = choice("Hình thức", Discipline.KINDS)
    starts_on = day("Từ ngày")
    ends_on = day("Hết hiệu lực ngày", required=False, help_text="Thành tích tính lại từ ngày này.")
    decision_no = CleanTextField(label="Quyết định số", required=False, max_length=60)


class PendingForm(EvidenceForm):
    kind = choice("Vụ việc", Pending.KINDS)
    starts_on = day("Từ ngày")
    ends_on = day("Kết thúc ngày", required=False, help_text="Để trống khi chưa kết thúc.")
    note = CleanTextField(label="Văn bản, ghi chú", required=False, max_length=300)


FORMS: dict[type[Evidence], type[EvidenceForm]] = {
    Evaluation: EvaluationForm,
    Initiative: InitiativeForm,
    Leave: LeaveForm,
    UnitYear: UnitYearForm,
    PastAward: PastAwardForm,
    Discipline: DisciplineForm,
    Pending: PendingForm,
}


class EvaluationTable(forms.Form):
    """A result for each person of a unit, what the page showed as recorded, and what is common to all of them."""

    source = CleanTextField(
        label="Văn bản ghi kết quả",
        required=False,
        max_length=200,
        help_text="Dùng chung cho mọi kết quả lưu lần này, ví dụ: Thông báo số 15/TB-THCS ngày 20/12/2025.",
    )
    rest = forms.ChoiceField(
        label="Những người chưa chọn",
        required=False,
        choices=[("", "Để trống, ghi sau"), *((value, f"Ghi là “{label}”") for value, label in Evaluation.LEVELS)],
        help_text="Chọn nhanh cho số đông; người khác mức thì chọn riêng ở dưới.",
    )
    reason = CleanTextField(
        label="Lý do sửa", required=False, max_length=300, help_text="Chỉ cần khi sửa kết quả đã ghi trước đây."
    )

    def __init__(self, *args: Any, people: Sequence[Person], known: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people, self.known = people, known
        for person in people:
            said = known.get(person.pk, "")
            self.fields[f"level_{person.pk}"] = forms.ChoiceField(
                label=person.full_name,
                required=False,
                choices=[("", "Chưa ghi"), *Evaluation.LEVELS],
                initial=said,
                widget=forms.Select(attrs={"class": "form-select"}),
                error_messages={"invalid_choice": "Hãy chọn một kết quả trong danh sách."},
            )
            self.fields[f"seen_{person.pk}"] = forms.CharField(
                required=False, initial=said, max_length=10, widget=forms.HiddenInput
            )

    def clean(self) -> dict[str, Any]:
        rest = self.cleaned_data.get("rest")
        for person in self.people if rest else ():
            if self.cleaned_data.get(f"level_{person.pk}") == "" and person.pk not in self.known:
                self.cleaned_data[f"level_{person.pk}"] = rest
        return self.cleaned_data

    def entered(self) -> dict[int, Entered]:
        data = self.cleaned_data
        return {one.pk: Entered(data[f"level_{one.pk}"], data[f"seen_{one.pk}"]) for one in self.people}

    def mark(self, rows: Mapping[int, str], now: Mapping[int, str]) -> None:
        """Says at each bad row why it is, and shows what is recorded now, so that the next saving knows it."""
        data = {name: self.data[name] for name in self.data}
        for pk, fault in rows.items():
            if f"level_{pk}" in self.fields:
                self.add_error(f"level_{pk}", fault)
                data[f"seen_{pk}"] = now.get(pk, "")
        self.data = data

    def lines(self) -> Iterator[tuple[Person, Any, Any, str]]:
        """(person, his choice, what was seen, what is recorded in words) for the page."""
        labels = dict(Evaluation.LEVELS)
        for person in self.people:
            said = labels.get(self.known.get(person.pk, ""), "")
            yield person, self[f"level_{person.pk}"], self[f"seen_{person.pk}"], said
