"""Names and values read from a pasted table: who is meant, what is not taken and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.errors import RuleBroken
from emulation.core.pasted_table import MAX_ROWS, rows_of_text, rows_of_workbook
from emulation.workflow.list_export import ListHead, list_workbook
from villages.forms.pasted_evaluations import LEVEL_COLUMN
from villages.rules.evaluations import level_of
from villages.rules.pasted_people import ListedName, read_rows, year_in

LISTED = [
    ListedName(1, "Lê Thị Lụa", 1985),
    ListedName(2, "Hà Văn Bảy", 1970),
    ListedName(3, "Hà Văn Bẩy", 1981),
    ListedName(4, "Lò Văn Sình", 1955),
    ListedName(5, "Lò Văn Sình", 1985),
    ListedName(6, "Vi Thị Hoà"),
]


def read(text: str) -> list[tuple[int | None, str, str]]:
    return [(row.pk, row.value, row.fault) for row in read_rows(rows_of_text(text), LISTED, LEVEL_COLUMN)]


@pytest.mark.parametrize(
    ("text", "pk", "level"),
    [
        ("Lê Thị Lụa\tHoàn thành tốt nhiệm vụ", 1, "good"),
        ("1\tLê Thị Lụa\t1985\tGiáo viên\tHTXSNV", 1, "excellent"),
        ("1.;bà Lê Thị Lụa;Tốt", 1, "good"),
        ("LÊ THỊ LỤA\tHT", 1, "done"),
        ("<b>Lê Thị Lụa</b>\tHT", 1, "done"),
        ("Vi Thị Hòa\tKhông hoàn thành nhiệm vụ", 6, "failed"),
        ("Hà Văn Bảy\tTốt", 2, "good"),
        ("Hà Văn Bẩy\tXuất sắc", 3, "excellent"),
        ("Lò Văn Sình\t12/3/1985\tTốt", 5, "good"),
        ("STT\tHọ và tên\tNăm sinh\tXếp loại\tGhi chú\n1\tLò Văn Sình\t1955\tTốt\tđủ", 4, "good"),
    ],
)
def test_who_is_meant(text, pk, level):
    assert read(text) == [(pk, level, "")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Le Thi Lua\tTốt", "Đơn vị không có “Le Thi Lua”. Có phải Lê Thị Lụa?"),
        ("Lê Thị Lục\tTốt", "Có phải Lê Thị Lụa?"),
        ("Trần Quốc Toản\tTốt", "Đơn vị không có “Trần Quốc Toản”."),
        ("Lò Văn Sình\tTốt", "2 người tên Lò Văn Sình (1955, 1985): hãy ghi thêm năm sinh"),
        ("Lê Thị Lụa\t1958\tTốt", "sinh năm 1985; dòng này ghi 1958"),
        ("Lê Thị Lụa", "chưa ghi kết quả"),
        ("Lê Thị Lụa\tloại A", "Không hiểu kết quả “loại A”"),
        ("Họ và tên\tKết quả\n\tTốt", "không có họ tên"),
        ("Lê Thị Lụa\tTốt\nLê Thị Lụa\tTốt", "Đã có ở dòng 1."),
    ],
)
def test_what_is_not_taken_and_why(text, words):
    pk, level, fault = read(text)[-1]
    assert (pk, level) == (None, "") and words in fault


def test_two_hundred_rows_with_thirty_wrong_ones():
    people = [ListedName(number, f"Hà Văn {_in_words(number)}", 1960 + number % 40) for number in range(200)]
    wrong = _thirty_wrong(people)
    right = {one.pk: f"{one.name}\t{one.birth_year}\tTốt" for one in people}
    found = read_rows(rows_of_text("\n".join((right | wrong).values())), people, LEVEL_COLUMN)
    left = [row.row.number - 1 for row in found if row.fault]
    assert left == sorted(wrong) and len(left) == 30
    assert {row.pk for row in found} == {one.pk for one in people} - wrong.keys() | {None}


def _thirty_wrong(people: list[ListedName]) -> dict[int, str]:
    """Ten names that nobody has, ten years of birth that do not fit, ten levels that do not exist."""
    wrong = dict.fromkeys(range(0, 100, 10), "Không Có Ai\t\tTốt")
    wrong |= {number: f"{people[number].name}\t1930\tTốt" for number in range(101, 111)}
    return wrong | {number: f"{people[number].name}\t{people[number].birth_year}\tloại B" for number in range(150, 160)}


def _in_words(number: int) -> str:
    letters = "ABCDEGHIKL"
    return " ".join(letters[int(digit)] + "an" for digit in f"{number:03d}")


NAMES = st.lists(
    st.sampled_from(["An", "Bình", "Hoà", "Lụa", "Thuỷ", "Đức", "Bảy", "Bẩy", "Ơn", "Ý"]), min_size=2, max_size=4
).map(" ".join)
LEVELS = st.sampled_from(["Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ"])


@given(st.lists(st.tuples(NAMES, st.integers(1930, 2008), LEVELS), unique_by=lambda one: one[:2], max_size=12))
def test_a_workbook_that_was_written_is_read_back(rows):
    listed = [ListedName(pk, name, year) for pk, (name, year, _) in enumerate(rows)]
    head = ListHead("Thôn 1: đánh giá", "", (("Họ và tên", 30), ("Năm sinh", 10), ("Chức vụ", 20), ("Kết quả", 30)))
    lines = [(name, str(year), "Giáo viên", level) for name, year, level in rows]
    found = read_rows(rows_of_workbook(list_workbook(head, lines)), listed, LEVEL_COLUMN)
    assert [(row.pk, row.value, row.fault) for row in found] == [
        (pk, level_of(level), "") for pk, (_, _, level) in enumerate(rows)
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(text):
    for row in read_rows(rows_of_text(text), LISTED, LEVEL_COLUMN):
        assert bool(row.pk) is not bool(row.fault)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no archive", b"%PDF-1.7"])
def test_what_is_no_workbook_is_refused_in_words(data):
    with pytest.raises(RuleBroken, match="không phải bảng tính Excel"):
        rows_of_workbook(data)


def test_too_many_rows_are_refused():
    with pytest.raises(RuleBroken, match="nhiều nhất"):
        rows_of_text("a\n" * (MAX_ROWS + 1))


@pytest.mark.parametrize(
    ("text", "year"), [("1985", 1985), ("22/7/1962", 1962), ("(sinh năm 1985)", 1985), ("85", None)]
)
def test_years_are_read(text, year):
    assert year_in(text) == year
