"""Letters that look like Vietnamese ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.look_alikes import look_alikes_in, without_look_alikes
from emulation.core.text import clean


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("Lê Văn Tаm", "Lê Văn Tam"),
        ("Lê Vаn Ва", "Lê Van Ba"),
        ("Ðinh Thị Hoa", "Đinh Thị Hoa"),
        ("Ðinh Văn ðông", "Đinh Văn đông"),
        ("Vǎn Tám", "Văn Tám"),
        ("Lê Tа\u0301m", "Lê Tám"),
    ],
)
def test_look_alikes_become_vietnamese_letters(typed, right):
    assert without_look_alikes(typed) == right
    assert look_alikes_in(typed) and not look_alikes_in(right)


@pytest.mark.parametrize("name", ["Анна Каренина", "Lê Анна", "Lê Văn Tám", "H’Mai Êban", "李小龍", ""])
def test_other_names_are_left_alone(name):
    assert without_look_alikes(name) == name
    assert look_alikes_in(name) == []


@given(st.text().map(clean))
def test_replacing_twice_changes_nothing(text):
    once = without_look_alikes(text)
    assert without_look_alikes(once) == once
    assert bool(look_alikes_in(text)) == (once != text)
