"""What a form reads in a typed name or text, proposed once: the form comes back with the proposal, the next post saves it."""

from typing import Any, ClassVar

from django import forms

from emulation.core.name_characters import name_character_fault
from emulation.core.text import clean
from villages.rules.typed_names import lacks_marks, read_name, read_text

KEEP = "keep_typed"
"""The button that keeps a name or text as it was typed."""


MAX_SHOWN = 120


class TypedNameMixin(forms.Form):
    """Reads the field `name_field` apart and converts texts in old encodings. With `suggestions` the form is not valid.

    A proposal that may be refused comes with what was typed (`typed_values`), in hidden fields with the button KEEP.
    A new name without marks is asked about once (`asked_name`): the next post of the same name saves it.
    """

    name_field: ClassVar[str]
    text_fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.suggestions: list[str] = []
        self.typed_values: dict[str, str] = {}
        self.asked_name = ""
        super().__init__(*args, **kwargs)
        if self.is_bound:
            self.data: Any = self.data.copy()
            self.keeps_typed = KEEP in self.data
            for name in (self.name_field, *self.text_fields):
                if self.keeps_typed and (typed := self.data.get(f"typed_{name}")):
                    self.data[name] = typed

    @property
    def typed_words(self) -> str:
        """What was typed and may stay so, shortened."""
        return ", ".join(_shortened(typed) for typed in self.typed_values.values())

    def is_valid(self) -> bool:
        """Whether the form has no errors, and there is nothing that the user has to look at first."""
        return super().is_valid() and not self.suggestions

    def full_clean(self) -> None:
        if self.is_bound and not self.suggestions:
            self.read_typed()
        super().full_clean()
        if self.is_bound and self.checks_name():
            fault = name_character_fault(self.cleaned_data.get(self.name_field) or "")
            if fault:
                self.add_error(self.name_field, fault)

    def reads_name(self) -> bool:
        """Whether the name field contains a name that is entered now."""
        return True

    def checks_name(self) -> bool:
        """Whether the characters of the name are checked."""
        return self.reads_name()

    def read_typed(self) -> None:
        """Puts what was read into the data of the form, with a sentence for each correction."""
        for field in self.text_fields:
            if field in self.fields and not self.is_kept(field):
                self._read_text(field)
        if self.reads_name():
            self._read_name()

    def is_kept(self, field: str) -> bool:
        """Whether the field stays as it is: it is not changed, or the user pressed the button KEEP."""
        return self.keeps_typed or clean(self.data.get(field, "")) == clean(str(self.initial.get(field) or ""))

    def _read_text(self, field: str) -> None:
        typed = self.data.get(field, "")
        text, encoding = read_text(typed)
        if encoding:
            self._propose(field, text, typed)
            label = self.fields[field].label
            self.suggestions.append(f"Ô “{label}” gõ bằng bảng mã {encoding}: đề nghị “{_shortened(text)}”.")

    def _read_name(self) -> None:
        typed = self.data.get(self.name_field, "")
        form = clean(self.data.get("form_of_address", ""))
        read = read_name(typed, form, as_typed=self.is_kept(self.name_field))
        self._ask_for_marks(read.name)
        if not read.corrections:
            return
        kept = read_name(typed, form, as_typed=True).name
        self._propose(self.name_field, read.name, kept if read.optional else "")
        if read.form_of_address:
            self._propose("form_of_address", read.form_of_address)
        for field, found in (("post", read.post), ("nickname", read.nickname)):
            if found and field in self.fields:
                self._propose(field, ", ".join(filter(None, [found, clean(self.data.get(field, ""))])))
        self.suggestions += read.corrections

    def _ask_for_marks(self, name: str) -> None:
        if lacks_marks(name) and not self.is_kept(self.name_field) and self.data.get("asked_name") != name:
            self.asked_name = name
            self.suggestions.append(f"“{name}” chưa có dấu. Giấy tờ in đúng như đã ghi: hãy ghi họ tên đủ dấu.")

    def _propose(self, field: str, value: str, typed: str = "") -> None:
        self.data[field] = value
        if typed:
            self.typed_values[f"typed_{field}"] = typed


def _shortened(text: str) -> str:
    return clean(text) if len(text) <= MAX_SHOWN else f"{clean(text[:MAX_SHOWN])}…"
