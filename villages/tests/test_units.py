"""The words for a unit and its head."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villages.models import Unit

WORDS = st.lists(st.text("aăâbcđêghôơưxÀỆ–", min_size=1, max_size=5), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("title", "name", "post"),
    [
        ("Trưởng thôn", "Thôn 2", "Trưởng Thôn 2"),
        ("Trưởng thôn", "Làng Mài", "Trưởng thôn Làng Mài"),
        ("Trưởng trạm", "Trạm Y tế xã Bình Lương", "Trưởng Trạm Y tế xã Bình Lương"),
        ("Chánh Văn phòng", "Văn phòng – Thống kê", "Chánh Văn phòng – Thống kê"),
        ("Hiệu trưởng", "Trường THCS Bình Lương", "Hiệu trưởng Trường THCS Bình Lương"),
        ("Chủ tịch", "Chủ tịch", "Chủ tịch Chủ tịch"),
    ],
)
def test_a_word_of_both_is_said_once(title, name, post):
    assert Unit(head_title=title, name=name).head_post == post


@given(WORDS, WORDS, WORDS)
def test_nothing_but_what_both_say_is_left_out(title, shared, name):
    """Whatever the words: title and name both stand in it whole, and with words in common it is shorter by those at least."""
    unit = Unit(head_title=" ".join([*title, *shared]), name=" ".join([*shared, *name]))
    words = unit.head_post.split()
    assert words[-len(unit.name.split()) :] == unit.name.split()
    assert [word.lower() for word in words[: len(unit.head_title.split())]] == unit.head_title.lower().split()
    assert len(words) <= len([*title, *shared, *name])
