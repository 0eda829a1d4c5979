"""Forms of a person, of a household, and of a person's restricted facts."""

from typing import Any

from django import forms

from emulation.core.fields import CleanAreaField, CleanTextField
from emulation.documents.blocks.certificate import MAX_CERTIFICATE_TEXT
from villages.models import Household, Person, PersonPrivate
from villages.rules.people import MAX_FORM_LENGTH

CERTIFICATE_HINT = f"In trên giấy khen cùng tên đơn vị và tên xã, tất cả nhiều nhất {MAX_CERTIFICATE_TEXT['about']} ký tự: nên viết gọn."


class PersonForm(forms.Form):
    """A person of a unit."""

    full_name = CleanTextField(
        label="Họ và tên", max_length=120, widget=forms.TextInput(attrs={"autocapitalize": "words"})
    )
    sex = forms.ChoiceField(label="Giới tính", required=False, choices=[("", "Chưa rõ"), *Person.SEXES])
    form_of_address = CleanTextField(
        label="Cách xưng hô",
        required=False,
        max_length=MAX_FORM_LENGTH,
        widget=forms.TextInput(attrs={"class": "short"}),
        help_text="In trước tên ở quyết định, giấy khen. Để trống thì ghi “ông”, “bà” theo giới tính; "
        "ghi khi khác, ví dụ: cháu, em, cụ, Đại đức.",
    )
    birth_year = forms.IntegerField(
        label="Năm sinh",
        required=False,
        min_value=1900,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4, "class": "shorter"}),
        help_text="Giúp phân biệt người trùng tên.",
        error_messages={
            "invalid": "Năm sinh gồm bốn chữ số, ví dụ 1985.",
            "min_value": "Năm sinh phải từ 1900 đến nay.",
            "max_value": "Năm sinh phải từ 1900 đến nay.",
        },
    )
    post = CleanTextField(label="Nghề nghiệp, chức vụ", required=False, max_length=120, help_text=CERTIFICATE_HINT)
    group = forms.ChoiceField(
        label="Nhóm đối tượng",
        choices=Person.GROUPS,
        initial="direct",
        help_text="Dùng để xem khen thưởng có đến được người trực tiếp lao động hay không.",
    )

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        return {name: getattr(person, name) for name in PersonForm.base_fields}


class HouseholdForm(forms.Form):
    """A household of a village."""

    head_name = CleanTextField(label="Họ và tên chủ hộ", max_length=120)
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
    cccd = forms.RegexField(
        label="Số CCCD",
        required=False,
        regex=r"^[0-9]{12}$",
        error_messages={"invalid": "Số CCCD gồm 12 chữ số."},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "maxlength": 12, "class": "short", "autocomplete": "off"}
        ),
    )
    discipline = CleanAreaField(
        label="Kỷ luật",
        required=False,
        max_length=2000,
        help_text="Hình thức, số và ngày quyết định, ngày hết hiệu lực.",
    )

    @staticmethod
    def initial_of(person: Person) -> dict[str, Any]:
        private = PersonPrivate.objects.filter(person=person).first()
        return {name: getattr(private, name, "") for name in ("ethnicity", "cccd", "discipline")}
