"""What distinguishes people of one name: the rule."""

from datetime import date

import pytest

from villages.rules.name_marks import Namesake, marked_name, name_marks

DAY = date(1985, 3, 2)


@pytest.mark.parametrize(
    ("namesakes", "marks"),
    [
        ([Namesake(1955)], [""]),
        ([Namesake(1955), Namesake(1984)], ["sinh năm 1955", "sinh năm 1984"]),
        ([Namesake(1955), Namesake()], ["sinh năm 1955", ""]),  # the year is not known: nothing is invented
        ([Namesake(), Namesake()], ["", ""]),
        ([Namesake(1985, "hộ A"), Namesake(1985, "hộ B")], ["hộ A", "hộ B"]),
        ([Namesake(1985, "hộ A"), Namesake(1985, "hộ A", DAY)], ["", "sinh ngày 02/03/1985"]),
        ([Namesake(1985, post="Nông dân"), Namesake(1985, post="Thợ xây")], ["nông dân", "thợ xây"]),
        ([Namesake(1985, sex="nam"), Namesake(1985, sex="nu")], ["nam", "nữ"]),
        # Of three: the year of one is alone, the two others differ by household as well.
        (
            [Namesake(1955, "hộ A"), Namesake(1984, "hộ A"), Namesake(1984, "hộ B")],
            ["sinh năm 1955", "sinh năm 1984 – hộ A", "hộ B"],
        ),
    ],
)
def test_name_marks(namesakes, marks):
    assert name_marks(namesakes) == marks


def test_marked_names():
    assert marked_name("Lò Văn Sình", "sinh năm 1955") == "Lò Văn Sình (sinh năm 1955)"
    assert marked_name("Lò Văn Sình", "") == "Lò Văn Sình"
