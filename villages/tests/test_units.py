"""The post of the head of a unit."""

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
def test_common_words_are_not_repeated(title, name, post):
    assert Unit(head_title=title, name=name).head_post == post


@given(WORDS, WORDS, WORDS)
def test_only_common_words_are_left_out(title, shared, name):
    """For any words: the post contains title and name completely, and common words at most once."""
    unit = Unit(head_title=" ".join([*title, *shared]), name=" ".join([*shared, *name]))
    words = unit.head_post.split()
    assert words[-len(unit.name.split()) :] == unit.name.split()
    assert [word.lower() for word in words[: len(unit.head_title.split())]] == unit.head_title.lower().split()
    assert len(words) <= len([*title, *shared, *name])


def test_a_head_finds_the_own_unit_first(commune, signed_in):
    browser = signed_in("thon4")
    lines = browser.get("/don-vi/").context["rows"]
    assert lines[0].unit.code == "thon4" and [line.unit.code for line in lines[1:3]] != ["thon4", "thon4"]
    others = [line.unit.sort for line in lines[1:]]
    assert others == sorted(others)
