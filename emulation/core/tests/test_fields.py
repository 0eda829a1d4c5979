import unicodedata
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.fields import (
    CleanAreaField,
    CleanCharField,
    CleanTextField,
    CleanTextModelField,
    VnDateField,
    VnMoneyField,
)
from emulation.core.formatting import format_date, format_vnd


def validation_message(field: forms.Field, value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        field.clean(value)
    return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    "text",
    [
        "05/02/2026",
        "5/2/2026",
        "05-02-2026",
        "05.02.2026",
        " 5 / 2 / 2026 ",
        "5 2 2026",
        "05022026",
        "05/02/2026\u200b",
    ],
)
def test_dates_are_read_day_first(text: str) -> None:
    assert VnDateField().clean(text) == date(2026, 2, 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-02-05", "ngày/tháng/năm"),
        ("5/2/26", "ngày/tháng/năm"),
        ("5/2026", "ngày/tháng/năm"),
        ("hôm nay", "ngày/tháng/năm"),
        ("٠٥/٠٢/٢٠٢٦", "ngày/tháng/năm"),
        ("02/25/2026", "Không có tháng 25. Nhập ngày trước"),
        ("29/02/2026", "Tháng 2 năm 2026 không có ngày 29."),
        ("31/04/2026", "Tháng 4 năm 2026 không có ngày 31."),
        ("00/04/2026", "Tháng 4 năm 2026 không có ngày 0."),
        ("05/02/0226", "Năm 226 không hợp lệ"),
        ("20260205", "Năm 205 không hợp lệ"),  # eight digits, year first
        ("", "Hãy nhập mục này."),
        ("9" * 10_000, "ngày/tháng/năm"),
    ],
)
def test_dates_refused(text: str, reason: str) -> None:
    assert reason in validation_message(VnDateField(), text)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_shown_date_reads_back(day: date) -> None:
    assert VnDateField().clean(format_date(day)) == day
    assert VnDateField().clean(format_date(day).replace("/", "")) == day


class SampleForm(forms.Form):
    day = VnDateField(required=False)
    money = VnMoneyField(required=False)
    name = CleanTextField(max_length=10, required=False)
    deed = CleanAreaField(max_length=20, required=False)


def test_widgets_show_the_vietnamese_form() -> None:
    page = SampleForm(initial={"day": date(2026, 2, 5), "money": 1_490_000}).as_p()
    assert 'value="05/02/2026"' in page and 'value="1.490.000"' in page
    assert 'inputmode="numeric"' in page and 'placeholder="ngày/tháng/năm"' in page
    assert 'type="date"' not in page and 'type="number"' not in page
    wrong = SampleForm({"day": "31/02/2026"})
    assert 'value="31/02/2026"' in wrong.as_p()


def test_empty_input_is_none_and_the_same_value_is_no_change() -> None:
    form = SampleForm({"day": " ", "money": "", "name": " ", "deed": "\n"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": None, "money": None, "name": "", "deed": ""}
    same = SampleForm({"day": "5/2/2026", "money": "1490000"}, initial={"day": date(2026, 2, 5), "money": 1_490_000})
    assert same.changed_data == []
    moved = SampleForm({"day": "6/2/2026", "money": "x"}, initial={"day": date(2026, 2, 5) + timedelta(0), "money": 1})
    assert moved.changed_data == ["day", "money"]


@pytest.mark.parametrize(
    "text",
    ["1.490.000", "1490000", "1 490 000", "1.490.000 đồng", "1.490.000đ", "1.490.000 VNĐ", "1\u00a0490\u00a0000"],
)
def test_money(text: str) -> None:
    assert VnMoneyField().clean(text) == 1_490_000


@pytest.mark.parametrize(
    "text",
    ["1.49", "1,490,000", "1.4900.000", "1490,5", "-5", "+5", "1.490.00", "một triệu", "1e6", "٣", ".", "9" * 100_000],
)
def test_money_refused(text: str) -> None:
    assert "ví dụ 1.490.000" in validation_message(VnMoneyField(), text)


def test_money_limits() -> None:
    assert validation_message(VnMoneyField(min_value=10_000), "9.999") == "Số tiền ít nhất là 10.000 đồng."
    assert validation_message(VnMoneyField(max_value=10_000), "10.001") == "Số tiền nhiều nhất là 10.000 đồng."


@given(st.integers(0, 10**12))
def test_shown_money_reads_back(amount: int) -> None:
    assert VnMoneyField().clean(format_vnd(amount)) == amount


def test_text_is_cleaned_before_its_length_counts() -> None:
    assert CleanTextField(max_length=4).clean(unicodedata.normalize("NFD", " Thuỷ\u200b ")) == "Thuỷ"
    assert (
        validation_message(CleanTextField(max_length=150), "a" * 500)
        == "Nhiều nhất 150 ký tự, đang có 500. Hãy viết gọn lại."
    )
    assert CleanTextField().clean("tên\x00 <script>alert(1)</script>") == "tên <script>alert(1)</script>"
    assert validation_message(CleanTextField(), " \u200b ") == "Hãy nhập mục này."
    assert CleanAreaField().clean("một \r\nhai") == "một\nhai"
    page = SampleForm().as_p()
    assert "maxlength" not in page  # a browser would cut off what is pasted, without a word


def test_columns_clean_text_however_it_was_assigned() -> None:
    name = CleanCharField(max_length=50)
    deed = CleanTextModelField()
    for field, raw, kept in ((name, " Lò\u00a0\nVăn ", "Lò Văn"), (deed, "một \r\nhai\u200b", "một\nhai")):
        field.set_attributes_from_name("text")
        row = SimpleNamespace(text=raw)
        assert field.pre_save(row, add=True) == kept == row.text  # type: ignore[arg-type]
        assert field.get_prep_value(raw) == kept == field.to_python(raw)
        assert field.get_prep_value(None) is None
    assert type(name.formfield()) is CleanTextField and type(deed.formfield()) is CleanAreaField
    assert isinstance(CleanCharField(max_length=2, choices=[("a", "A")]).formfield(), forms.TypedChoiceField)
    assert issubclass(CleanCharField, models.CharField)


@pytest.mark.parametrize(("field", "message"), [
    (forms.CharField(), "Hãy nhập mục này."), (forms.IntegerField(), "Hãy nhập mục này."),
    (forms.FileField(), "Hãy chọn tệp."), (VnDateField(), "Hãy nhập mục này."),
    (forms.ChoiceField(choices=[("a", "A")]), "Hãy chọn một mục."),
    (forms.TypedChoiceField(choices=[("1", "1")], coerce=int), "Hãy chọn một mục."),
    (forms.ModelChoiceField(ContentType.objects.none()), "Hãy chọn một mục."),
])  # fmt: skip
def test_every_field_asks_for_what_is_missing_in_the_same_words(field, message):
    """Django's own Vietnamese text calls a field "trường", the word for a school. A choice is made, not typed."""
    assert validation_message(field, None) == message
