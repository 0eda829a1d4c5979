"""Forms of a local value: content, scope, days, the paper that it rests on; what is retroactive."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from emulation.core.fields import CleanTextField, ReasonField, VnDateField
from emulation.core.formatting import format_date
from emulation.legal.engine.law import LegalQuestion
from emulation.legal.engine.value_text import scope_text
from emulation.legal.local_values.actions import LocalValueInput, SupportingPaper
from emulation.legal.local_values.content_fields import CONTENT_SHAPES
from emulation.legal.models import LocalValue

CONTENT_PREFIX = "content_"
PAPER_FIELDS = {"paper_name": "name", "paper_number": "number", "paper_date": "day", "paper_issuer": "issuer"}
CITATION_FIELDS = ("article", "clause", "point")
_CITATION_WORDS = {"article": ("điều", "dieu"), "clause": ("khoản", "khoan"), "point": ("điểm", "diem")}


def modes_for(code: LegalQuestion) -> list[str]:
    """The modes for this question: an override only when there are form fields for its shape."""
    return [LocalValue.CONFIRM, *([LocalValue.OVERRIDE] if code.shape in CONTENT_SHAPES else []), LocalValue.WITHDRAW]


class LocalValueForm(forms.Form):
    """A local value for one question in one of the three modes: scope, days, content, paper, reason."""

    scopes = forms.MultipleChoiceField(
        label="Áp dụng cho",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Hãy chọn ít nhất một đối tượng, loại."},
    )
    starts_on = VnDateField(label="Áp dụng từ ngày")
    ends_on = VnDateField(
        label="Đến hết ngày", required=False, help_text="Để trống nếu văn bản không ghi ngày hết hiệu lực."
    )
    paper_name = CleanTextField(label="Loại văn bản", max_length=80, help_text="Ví dụ Quyết định, Nghị quyết, Quy chế.")
    paper_number = CleanTextField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ 12/2026/QĐ-UBND.")
    paper_date = VnDateField(label="Ngày văn bản")
    paper_issuer = CleanTextField(label="Cơ quan ban hành", max_length=160)
    article = CleanTextField(label="Điều", max_length=40, help_text="Số điều, hoặc “Phụ lục I”.")
    clause = CleanTextField(label="Khoản", max_length=20, required=False)
    point = CleanTextField(label="Điểm", max_length=20, required=False)
    file = forms.FileField(
        label="Bản chụp, bản quét của văn bản",
        help_text="PDF, JPEG hoặc PNG, nhiều nhất 12 MB.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": "Hãy đính kèm văn bản.", "empty": "Tệp rỗng. Hãy chọn lại tệp."},
    )
    reason = ReasonField(label="Lý do")
    late_ok = forms.BooleanField(
        label="Ngày áp dụng đã qua: tôi hiểu hồ sơ chưa quyết định tính theo ngày đó trở đi sẽ theo quy định này",
        required=False,
        help_text="Chỉ cần đánh dấu khi ngày áp dụng ở trước hôm nay. Quyết định đã ban hành không thay đổi.",
    )

    def __init__(
        self, *args: Any, code: LegalQuestion, mode: str, general: Any = None, has_file: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.code = code
        self.mode = mode
        self.general = general
        self.pairs = list(code.combinations())
        self.fields["scopes"].choices = [(pair_key(pair), scope_text([pair])) for pair in self.pairs]
        if len(self.pairs) == 1:
            del self.fields["scopes"]
        self._adapt_to_mode(has_file)
        self.order_fields(["scopes", *(name for name in self.fields if name.startswith(CONTENT_PREFIX))])

    def _adapt_to_mode(self, has_file: bool) -> None:
        if self.mode == LocalValue.OVERRIDE:
            for name, field in CONTENT_SHAPES[self.code.shape].fields(self.code).items():
                self.fields[CONTENT_PREFIX + name] = field
        if self.mode == LocalValue.WITHDRAW:
            del self.fields["ends_on"]
            for name in (*PAPER_FIELDS, "article", "file"):
                self.fields[name].required = False
            self.fields["starts_on"].label = "Trở lại quy định chung từ ngày"
        if has_file:
            self.fields["file"].required = False
            self.fields["file"].help_text += " Không chọn tệp mới thì giữ tệp đã đính kèm."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on = data.get("starts_on")
        if starts_on and starts_on < timezone.localdate() and not data.get("late_ok"):
            self.add_error(
                "late_ok",
                f"Ngày {format_date(starts_on)} đã qua. Hãy đánh dấu vào ô này nếu đúng là áp dụng từ ngày đó.",
            )
        self._read_content(data)
        for name in CITATION_FIELDS:
            data[name] = _without_word(data.get(name, ""), _CITATION_WORDS[name])
        return data

    def _read_content(self, data: dict[str, Any]) -> None:
        """Sets `self.content` when all its fields are valid."""
        names = [name for name in self.fields if name.startswith(CONTENT_PREFIX)]
        typed = {name.removeprefix(CONTENT_PREFIX): data.get(name) for name in names}
        if typed and None not in typed.values():
            try:
                self.content = CONTENT_SHAPES[self.code.shape].read(typed, self.general)
            except forms.ValidationError as error:
                self.add_error(names[0], error)

    def wording(self) -> LocalValueInput:
        """The cleaned data as input of the actions."""
        data = self.cleaned_data
        keys = data.get("scopes")
        return LocalValueInput(
            mode=self.mode,
            pairs=[pair for pair in self.pairs if keys is None or pair_key(pair) in keys],
            starts_on=data["starts_on"],
            ends_on=data.get("ends_on"),
            reason=data["reason"],
            content=getattr(self, "content", None),
            paper=SupportingPaper(
                **{part: data[name] for name, part in PAPER_FIELDS.items()},
                **{name: data[name] for name in CITATION_FIELDS},
            ),
        )

    def read_file(self) -> bytes | None:
        """The bytes of the new file, None when there is none."""
        file = self.cleaned_data.get("file")
        return file.read() if file else None


def pair_key(pair: tuple[str, str]) -> str:
    """A pair (subject, kind) as the value of a check box and in URLs: "person.CT"."""
    return ".".join(pair)


def content_initial(code: LegalQuestion, content: Any) -> dict[str, Any]:
    """A content as initial values of its form fields."""
    return {CONTENT_PREFIX + name: value for name, value in CONTENT_SHAPES[code.shape].show(content).items()}


def local_value_initial(local: LocalValue, code: LegalQuestion) -> dict[str, Any]:
    """A draft as initial values of the form."""
    names = ("starts_on", "ends_on", "reason", *PAPER_FIELDS, *CITATION_FIELDS)
    found: dict[str, Any] = {name: getattr(local, name) for name in names}
    found["scopes"] = [pair_key(pair) for pair in local.pairs]
    found["late_ok"] = is_retroactive(local.starts_on)
    if local.mode == LocalValue.OVERRIDE:
        found |= content_initial(code, local.contents[0])
    return found


def is_retroactive(starts_on: date) -> bool:
    """Whether it begins before today."""
    return starts_on < timezone.localdate()


def _without_word(text: str, words: tuple[str, ...]) -> str:
    """The text without a leading word: "Điều 5" in the field of the article is "5"."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.lower() in words else text
