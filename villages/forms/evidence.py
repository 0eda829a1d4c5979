"""Forms of evidence: one for each kind, with a reason for corrections; the table of a unit's evaluations."""

from collections.abc import Sequence
from typing import Any

from django import forms

from emulation.core.fields import REQUIRED_MESSAGE, CleanTextField, ReasonField, VnDateField, VnDateInput
from villages.models import (
    UNIT_YEAR_PARTS,
    Discipline,
    Evaluation,
    Evidence,
    Initiative,
    Leave,
    PastAward,
    PendingCase,
    UnitYear,
)
from villages.rules.evidence import FIRST_EVIDENCE_YEAR, known_awards_for

EMPTY_CHOICE = ("", "Chọn")
UNKNOWN_HINT = "Để trống nếu chưa biết."


def whole_number_field(label: str, most: int, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """A whole number in a narrow field."""
    message = f"Nhập số từ {least} đến {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter", "autocomplete": "off"}),
        error_messages={"required": REQUIRED_MESSAGE, "invalid": message, "min_value": message, "max_value": message},
        **kwargs,
    )


def year_field(label: str = "Năm") -> forms.IntegerField:
    return whole_number_field(label, 2100, FIRST_EVIDENCE_YEAR)


def evidence_date_field(label: str, **kwargs: Any) -> VnDateField:
    return VnDateField(label=label, widget=VnDateInput(attrs={"class": "short"}), **kwargs)


def evidence_choice_field(label: str, choices: Sequence[tuple[str, str]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[EMPTY_CHOICE, *choices],
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
        **kwargs,
    )


def yes_no_field(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """Có, không, or not known (None)."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("", "Chưa rõ"), ("1", "Có"), ("0", "Không")],
        coerce=lambda value: value == "1",
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Hãy chọn trong danh sách."},
        **kwargs,
    )


class EvidenceForm(forms.Form):
    """Base: `about` is "person", "household" or "collective"; `with_reason` adds the reason of a correction."""

    def __init__(self, *args: Any, about: str, with_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if with_reason:
            self.fields["reason"] = correction_reason_field("Lý do sửa")

    @classmethod
    def initial_of(cls, entry: Evidence) -> dict[str, Any]:
        facts = {name: getattr(entry, name) for name in cls.base_fields}
        return {name: str(int(value)) if isinstance(value, bool) else value for name, value in facts.items()}


def correction_reason_field(label: str) -> ReasonField:
    return ReasonField(
        label=label, max_length=300, rows=2, help_text="Ví dụ: nhập nhầm năm; theo quyết định đính chính số …"
    )


class RemoveEvidenceForm(forms.Form):
    """Why an entry is removed."""

    reason = correction_reason_field("Lý do bỏ")


class JoinedDayForm(forms.Form):
    """The day on which a person joined their unit."""

    joined_on = evidence_date_field(
        "Vào đơn vị, được tuyển dụng ngày",
        required=False,
        help_text="Dùng để tính thời gian công tác khi xét danh hiệu.",
    )


class EvaluationForm(EvidenceForm):
    year = year_field()
    level = evidence_choice_field("Kết quả", Evaluation.LEVELS)
    source = CleanTextField(
        label="Văn bản ghi kết quả", required=False, max_length=200, help_text="Số, ngày thông báo hoặc quyết định."
    )


class InitiativeForm(EvidenceForm):
    name = CleanTextField(label="Tên sáng kiến, đề tài", max_length=300)
    year = year_field("Năm được công nhận")
    scope = evidence_choice_field("Phạm vi ảnh hưởng", Initiative.SCOPES)
    certificate_no = CleanTextField(label="Số giấy chứng nhận, quyết định", required=False, max_length=60)
    certificate_on = evidence_date_field("Ngày giấy chứng nhận, quyết định", required=False)


class LeaveForm(EvidenceForm):
    kind = evidence_choice_field("Loại", Leave.KINDS)
    starts_on = evidence_date_field("Từ ngày")
    ends_on = evidence_date_field("Đến ngày", required=False, help_text="Để trống nếu chưa trở lại.")
    result = evidence_choice_field(
        "Kết quả học tập", Leave.RESULTS, required=False, help_text="Chỉ ghi cho đào tạo, bồi dưỡng."
    )


class UnitYearForm(EvidenceForm):
    year = year_field()
    total = whole_number_field("Tổng số người", 9999, required=False, help_text=UNKNOWN_HINT)
    ldtt = whole_number_field("Đạt Lao động tiên tiến", 9999, required=False, help_text=UNKNOWN_HINT)
    women = whole_number_field("Nữ", 9999, required=False, help_text=UNKNOWN_HINT)
    disciplined = whole_number_field("Bị kỷ luật từ cảnh cáo trở lên", 9999, required=False, help_text=UNKNOWN_HINT)
    cstdcs = whole_number_field("Đạt Chiến sĩ thi đua cơ sở", 9999, required=False, help_text=UNKNOWN_HINT)
    completed = whole_number_field("Hoàn thành nhiệm vụ trở lên", 9999, required=False, help_text=UNKNOWN_HINT)

    own_rules = yes_no_field(
        "Có quy chế đánh giá viên chức riêng",
        help_text="Chỉ cần cho trường học, trạm y tế: năm 2026 đơn vị chưa có quy chế thì xếp loại theo Nghị định 90/2020.",
    )

    def clean(self) -> dict[str, Any]:
        facts = ("total", *UNIT_YEAR_PARTS, "own_rules")
        if all(self.cleaned_data.get(name) is None for name in facts) and not self.errors:
            self.add_error("total", "Hãy nhập ít nhất một số.")
        return self.cleaned_data


class PastAwardForm(EvidenceForm):
    award_code = evidence_choice_field("Danh hiệu, hình thức", [])
    year = year_field("Năm của thành tích")
    kind = evidence_choice_field("Loại hình khen thưởng", PastAward.KINDS)
    decision_no = CleanTextField(label="Số quyết định", required=False, max_length=60)
    decided_on = evidence_date_field("Ngày quyết định", required=False)
    issuer = CleanTextField(label="Cơ quan quyết định", required=False, max_length=160)
    note = CleanTextField(label="Ghi chú", required=False, max_length=300)

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        super().__init__(*args, about=about, **kwargs)
        self.fields["award_code"].choices = [EMPTY_CHOICE, *known_awards_for(about)]


class DisciplineForm(EvidenceForm):
    kind = evidence_choice_field("Hình thức", Discipline.KINDS)
    starts_on = evidence_date_field("Từ ngày")
    ends_on = evidence_date_field("Hết hiệu lực ngày", required=False, help_text="Để trống thì tự hết sau 12 tháng.")
    decision_no = CleanTextField(label="Quyết định số", required=False, max_length=60)
    duty_related = yes_no_field(
        "Vì vi phạm liên quan đến nhiệm vụ",
        help_text="Có thì công chức, viên chức bị xếp loại không hoàn thành nhiệm vụ năm đó.",
    )
    counted_year = whole_number_field(
        "Đã tính vào xếp loại năm",
        2100,
        FIRST_EVIDENCE_YEAR,
        required=False,
        help_text="Để trống nếu là năm bị kỷ luật. Một vi phạm chỉ tính vào một năm.",
    )


class PendingCaseForm(EvidenceForm):
    kind = evidence_choice_field("Vụ việc", PendingCase.KINDS)
    starts_on = evidence_date_field("Từ ngày")
    ends_on = evidence_date_field("Kết thúc ngày", required=False, help_text="Để trống khi chưa kết thúc.")
    note = CleanTextField(label="Văn bản, ghi chú", required=False, max_length=300)


EVIDENCE_FORMS: dict[type[Evidence], type[EvidenceForm]] = {
    Evaluation: EvaluationForm,
    Initiative: InitiativeForm,
    Leave: LeaveForm,
    UnitYear: UnitYearForm,
    PastAward: PastAwardForm,
    Discipline: DisciplineForm,
    PendingCase: PendingCaseForm,
}
