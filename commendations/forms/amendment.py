"""Forms of an amendment: which awards and what kind; its words and text."""

from collections.abc import Mapping
from typing import Any

from django import forms

from commendations.models import Amendment, Award, Decision
from commendations.queries.amendment import awards_in_force, cancellation_cases
from commendations.queries.open_amendments import awards_in_open_amendments
from commendations.rules.wording import recipient_in_sentence
from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField, VnDateInput
from emulation.core.formatting import lower_first
from emulation.documents.forms import deputy_field, signer_field
from emulation.workflow.workflow import state_of

KIND_CHOICES = [
    (
        Amendment.CORRECTION,
        "Đính chính: sai chữ (họ tên, cách xưng hô, đơn vị, lời văn). Ra công văn đính chính, cấp lại giấy khen.",
    ),
    (
        Amendment.REPLACEMENT,
        "Thay thế: sai nội dung, phải ra quyết định khác. Ra quyết định thay thế, số sổ vàng và giấy khen mới.",
    ),
    (
        Amendment.CANCELLATION,
        "Hủy bỏ: thuộc trường hợp luật định. Ra quyết định hủy bỏ, thu hồi giấy khen và tiền thưởng.",
    ),
]
NONE_CHOSEN = "Hãy chọn ít nhất một khen thưởng."


class AwardsWidget(forms.CheckboxSelectMultiple):
    """A tick box for each award; those of another open amendment (`taken`, by id) cannot be ticked."""

    taken: Mapping[int, Amendment] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        if value in self.taken:
            option["attrs"]["disabled"] = True
        return option


def _award_choices(awards: list[Award], taken: Mapping[int, Amendment]) -> list[tuple[int, str]]:
    choices = []
    for award in awards:
        words = [f"{award.decision_serial:02d}. {recipient_in_sentence(award.current_name, award.current_place)}"]
        if award.pk in taken:
            words.append(f"không chọn được: {why_taken(taken[award.pk])}")
        choices.append((award.pk, ", ".join(words)))
    return choices


def why_taken(amendment: Amendment) -> str:
    """ "đang có công văn đính chính chưa ban hành (Chờ Chủ tịch duyệt)"."""
    kind = lower_first(amendment.get_kind_display())
    return f"đang có {kind} chưa ban hành ({lower_first(state_of(amendment).label)})"


def _awards_field(awards: list[Award], taken: Mapping[int, Amendment], label: str) -> forms.TypedMultipleChoiceField:
    """The awards of a decision in force; those of other open amendments too: the action refuses them with the reason."""
    field = forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        choices=_award_choices(awards, taken),
        widget=AwardsWidget,
        required=False,
        error_messages={"invalid_choice": "Có khen thưởng không còn trong quyết định này; hãy mở lại trang."},
    )
    field.widget.taken = taken
    return field


class StartAmendmentForm(forms.Form):
    """The kind of paper, and the awards: ticked ones, or all in force."""

    kind = forms.ChoiceField(label="Cần làm gì?", choices=KIND_CHOICES, widget=forms.RadioSelect)
    whole = forms.BooleanField(label="Cả quyết định (mọi khen thưởng đang có hiệu lực)", required=False)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.awards = awards_in_force(decision)
        taken = awards_in_open_amendments(decision)
        self.papers = list({amendment.pk: amendment for amendment in taken.values()}.values())
        self.fields["awards"] = _awards_field(self.awards, taken, "Những ai?")
        if taken:
            self.fields["whole"].widget.attrs["disabled"] = True
            self.fields["whole"].help_text = "Không chọn được: có người đang nằm trong văn bản khác chưa ban hành."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("whole"):
            data["awards"] = [award.pk for award in self.awards]
        elif not data.get("awards") and "awards" not in self.errors:
            self.add_error("awards", NONE_CHOSEN)
        return data


class AmendmentForm(forms.Form):
    """The text of an amendment, and for a correction or replacement the words of each of its awards."""

    TEXT_FIELDS = ("expected_on", "subject", "explanation", "grounds", "recipients", "signer")

    expected_on = VnDateField(label="Ngày dự kiến ban hành", widget=VnDateInput(attrs={"class": "short"}))
    subject = CleanTextField(label="Trích yếu", max_length=300, required=False)
    cancellation_case = forms.ChoiceField(label="Trường hợp hủy bỏ theo luật", widget=forms.RadioSelect, required=False)
    explanation = CleanAreaField(
        label="Lý do", required=False, max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    grounds = CleanAreaField(
        label="Căn cứ",
        required=False,
        max_length=4000,
        help_text="Mỗi dòng một căn cứ. Đổi ngày dự kiến mà không sửa ô này thì căn cứ được lấy lại theo ngày mới.",
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    recipients = CleanAreaField(
        label="Nơi nhận",
        required=False,
        max_length=2000,
        help_text="Mỗi dòng một nơi, dòng cuối là “Lưu: VT, …”.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    signer = signer_field()
    deputy = deputy_field()

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amendment = amendment
        self.in_force = awards_in_force(amendment.decision)
        taken = awards_in_open_amendments(amendment.decision, amendment)
        self.fields["awards"] = _awards_field(self.in_force, taken, "Văn bản này nói về")
        if amendment.is_cancellation:
            cases = cancellation_cases(amendment.commune_id, amendment.expected_on)
            self.fields["cancellation_case"].choices = cases  # type: ignore[attr-defined]
        else:
            del self.fields["cancellation_case"]
        if amendment.kind == Amendment.CORRECTION:
            del self.fields["grounds"]
        if amendment.decision.signer_title != Decision.DEPUTY:
            del self.fields["deputy"]
        self.fields["explanation"].help_text = EXPLANATION_HELP[amendment.kind]
        self.fields["expected_on"].help_text = DAY_HELP[amendment.kind]
        self.word_groups = [] if amendment.is_cancellation else [self._word_group(line) for line in amendment.lines]

    def _word_group(self, line: dict[str, Any]) -> tuple[int, list[str]]:
        """(award, names of the fields of its words); an award without a certificate has no line on one."""
        names = []
        for field, label in Amendment.WORDS.items():
            if field == "recipient" and not line["recipient"]:
                continue
            name = f"{field}_{line['award']}"
            longest = 220 if field == "recipient" else Award._meta.get_field(field).max_length
            self.fields[name] = CleanTextField(
                label=label[:1].upper() + label[1:], required=False, max_length=longest, initial=line[field]
            )
            names.append(name)
        return line["award"], names

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The awards with the bound fields of their words, for the template."""
        awards = {award.pk: award for award in self.in_force}
        return [{"award": awards.get(pk), "fields": [self[name] for name in names]} for pk, names in self.word_groups]

    @property
    def texts(self) -> list[forms.BoundField]:
        """The bound fields of the text of the paper."""
        names = ("cancellation_case", *self.TEXT_FIELDS, "deputy")
        return [self[name] for name in names if name in self.fields]

    def columns(self) -> dict[str, Any]:
        """The columns to save; a word left out is the one in force."""
        words = {
            pk: {name.rpartition("_")[0]: self.cleaned_data[name] for name in names} for pk, names in self.word_groups
        }
        columns = {name: self.cleaned_data[name] for name in Amendment.EDITABLE if name in self.cleaned_data}
        return {**columns, "lines": [{"award": pk, **words.get(pk, {})} for pk in self.cleaned_data["awards"]]}

    def clean_awards(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["awards"]
        if not chosen:
            raise forms.ValidationError(NONE_CHOSEN)
        return chosen


DAY_HELP = {
    Amendment.CORRECTION: "Tên gọi của xã và cơ quan cấp trên lấy theo ngày này.",
    Amendment.REPLACEMENT: "Tiền thưởng, căn cứ và cơ quan cấp trên lấy theo ngày này.",
    Amendment.CANCELLATION: "Căn cứ và cơ quan cấp trên lấy theo ngày này.",
}
EXPLANATION_HELP = {
    Amendment.CORRECTION: "In ở đầu công văn, ví dụ: Do sơ suất trong khâu soạn thảo, Quyết định ghi sai họ của người được khen.",
    Amendment.REPLACEMENT: "In ở phần căn cứ, sau “Xét Quyết định số … và lý do phải thay thế:”, ví dụ: Quyết định ghi chưa đúng "
    "nội dung thành tích của người được khen.",
    Amendment.CANCELLATION: "In ở Điều 1: kết luận, quyết định nào, của cơ quan nào, ngày nào. Không nêu chi tiết đời tư.",
}
