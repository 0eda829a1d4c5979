"""Forms of a person, of a household, and of a person's restricted facts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from emulation.core.fields import CleanAreaField, CleanTextField, VnDateField, VnDateInput
from emulation.core.text import clean
from emulation.documents.blocks.certificate import MAX_CERTIFICATE_TEXT
from villages.forms.typed_names import TypedNameMixin
from villages.models import Household, Person, PersonPrivate, Unit
from villages.rules.groups import group_choices
from villages.rules.people import MAX_FORM_LENGTH, cccd_fault, read_birth, read_cccd

CERTIFICATE_HINT = f"In trên giấy khen cùng tên đơn vị và tên xã, tất cả nhiều nhất {MAX_CERTIFICATE_TEXT['about']} ký tự: nên viết gọn."


class BirthYearField(forms.Field):
    """A year of birth; a whole day of birth, "22/7/1962", is read too. The value is the year or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "shorter", "autocomplete": "off"})
        super().__init__(**{"label": "Năm sinh", "required": False, "widget": widget, **kwargs})

    def to_python(self, value: Any) -> int | None:
        birth = read_birth(str(value if value is not None else ""))
        if birth.fault:
            raise ValidationError(birth.fault, code="invalid")
        if birth.year is not None and not 1900 <= birth.year <= 2100:
            raise ValidationError("Năm sinh phải từ 1900 đến nay.", code="invalid")
        return birth.year


class TwinFieldsMixin(TypedNameMixin):
    """The facts that distinguish people of one name and year of birth: asked only where somebody else has both."""

    twin_fields: tuple[str, ...] = ("birth_date", "twin_note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.twins: list[Person] = []
        self.notes: list[str] = []
        self.hidden_widgets: dict[str, forms.Widget] = {}
        for name in self.twin_fields:
            # Also one that was recorded and is now emptied: what is refused there can be put right there.
            if not self.data.get(name) and not self.initial.get(name):
                self.hidden_widgets[name] = self.fields[name].widget
                self.fields[name].widget = forms.HiddenInput()

    def show_twins(self, twins: list[Person]) -> None:
        """Shows who is there, and the fields that may distinguish them."""
        self.twins = twins
        for name, widget in self.hidden_widgets.items():
            field: Any = self.fields[name]
            field.widget = widget
            if isinstance(field, forms.ModelChoiceField):
                field.widget.choices = field.choices

    @property
    def twins_seen(self) -> list[int]:
        """The primary keys of the twins that the page showed."""
        return [int(pk) for pk in self.data.get("twins_seen", "").split(",") if pk.isdecimal() and len(pk) < 12]

    def clean(self) -> dict[str, Any]:
        """A whole day of birth typed as the year goes into its own field, if that one is empty."""
        facts = super().clean() or self.cleaned_data
        day = read_birth(str(self.data.get("birth_year", ""))).day
        if day and facts.get("birth_year") and not facts.get("birth_date") and "birth_date" not in self.errors:
            facts["birth_date"] = day
            self.notes.append(f"Ô Năm sinh ghi cả ngày: đã lưu năm {day.year} và ngày sinh {day:%d/%m/%Y}.")
        return facts


def twin_note_field() -> CleanTextField:
    return CleanTextField(
        label="Ghi chú để phân biệt",
        required=False,
        max_length=80,
        help_text="Điều ai cũng biết và người trùng tên không có, ví dụ: con ông Bảy; xóm Trong. Chỉ hiện ở nơi có cả "
        "hai người, không in.",
    )


def birth_date_field() -> VnDateField:
    return VnDateField(
        label="Ngày sinh",
        required=False,
        widget=VnDateInput(attrs={"class": "short"}),
        help_text="Chỉ ghi để phân biệt với người trùng tên, trùng năm sinh.",
    )


def nickname_field() -> CleanTextField:
    return CleanTextField(
        label="Tên thường gọi",
        required=False,
        max_length=60,
        help_text="Nếu có, ví dụ: Tám Cò. Để tìm cho dễ, không in trên giấy tờ.",
    )


class PersonForm(TwinFieldsMixin):
    """A person of a unit."""

    name_field = "full_name"
    text_fields = ("nickname", "post", "twin_note")
    twin_fields = ("birth_date", "household", "twin_note")

    full_name = CleanTextField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocapitalize": "words"})
    )
    nickname = nickname_field()
    sex = forms.ChoiceField(label="Giới tính", required=False, choices=[("", "Chưa rõ"), *Person.SEXES])
    form_of_address = CleanTextField(
        label="Cách xưng hô",
        required=False,
        max_length=MAX_FORM_LENGTH,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text="In trước tên ở quyết định, giấy khen. Để trống thì ghi “ông”, “bà” theo giới tính; "
        "ghi khi khác, ví dụ: cháu, em, cụ, Đại đức.",
    )
    birth_year = BirthYearField(help_text="Giúp phân biệt người trùng tên.")
    birth_date = birth_date_field()
    household = forms.ModelChoiceField(
        Household.objects.none(), label="Hộ gia đình", required=False, empty_label="Không ghi"
    )
    twin_note = twin_note_field()
    post = CleanTextField(label="Nghề nghiệp, chức vụ", required=False, max_length=120, help_text=CERTIFICATE_HINT)
    group = forms.ChoiceField(
        label="Nhóm đối tượng",
        required=False,
        choices=group_choices(),
        help_text="Dùng để xem khen thưởng có đến được người trực tiếp lao động hay không, và để xét điều kiện của một số "
        "danh hiệu. Chưa biết thì để “Chưa rõ”.",
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["household"].queryset = Household.objects.filter(unit=unit)
        group: Any = self.fields["group"]
        group.choices = group_choices(self.initial.get("group", ""))

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}


class HouseholdForm(TypedNameMixin):
    """A household of a village."""

    name_field = "head_name"
    text_fields = ("nickname", "address")

    head_name = CleanTextField(label="Họ và tên chủ hộ", max_length=120)
    nickname = nickname_field()
    form_of_address = CleanTextField(
        label="Cách xưng hô với chủ hộ",
        required=False,
        max_length=MAX_FORM_LENGTH,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text="Ví dụ: ông, bà, cụ; giấy khen ghi “Hộ gia đình bà Lò Thị Hoa”. Để trống thì theo giới tính của chủ "
        "hộ trong danh sách người; chưa rõ thì ghi “Hộ gia đình Lò Thị Hoa”.",
    )
    address = CleanTextField(label="Địa chỉ, xóm", required=False, max_length=200, help_text=CERTIFICATE_HINT)

    @staticmethod
    def initial_of(household: Household) -> dict[str, Any]:
        return {name: getattr(household, name) for name in HouseholdForm.base_fields}


class PersonPrivateForm(forms.Form):
    """The restricted facts of a person."""

    ethnicity = CleanTextField(label="Dân tộc", required=False, max_length=40)
    cccd = CleanTextField(
        label="Số CCCD",
        required=False,
        help_text="12 chữ số; có dấu cách, dấu chấm cũng đọc được.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
    )
    discipline = CleanAreaField(
        label="Kỷ luật",
        required=False,
        max_length=2000,
        help_text="Hình thức, số và ngày quyết định, ngày hết hiệu lực.",
    )

    def clean_cccd(self) -> str:
        """The figures alone."""
        cccd = read_cccd(clean(self.cleaned_data["cccd"]))
        if fault := cccd_fault(cccd):
            raise ValidationError(fault)
        return cccd

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        private = PersonPrivate.objects.filter(person=person).first()
        return {name: getattr(private, name, "") for name in ("ethnicity", "cccd", "discipline")}
