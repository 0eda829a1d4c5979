from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.formatting import (
    LARGEST_NUMBER,
    blank_date_in_words,
    date_in_words,
    date_range_in_words,
    format_date,
    format_document_number,
    format_dong,
    format_names,
    format_percent,
    format_vnd,
    keep_numbers,
    listed_names,
    money_in_words,
    number_in_words,
)

DIGITS = {"không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5}
DIGITS |= {"sáu": 6, "bảy": 7, "tám": 8, "chín": 9}


def parse_words(words: str) -> int:
    """The number in these words, computed independently of how the product writes them."""
    if words.startswith("âm "):
        return -parse_words(words.removeprefix("âm "))
    total = million = group = digit = 0
    for token in words.split():
        if token in DIGITS:
            digit = DIGITS[token]
        elif token == "trăm":
            group = digit * 100
            digit = 0
        elif token == "mươi":
            group += digit * 10
            digit = 0
        elif token == "mười":
            group += 10
        elif token in {"nghìn", "triệu"}:
            million += (group + digit) * {"nghìn": 1000, "triệu": 10**6}[token]
            group = digit = 0
        elif token == "tỷ":
            total = (million + group + digit) * 10**9
            million = group = digit = 0
        else:
            assert token == "linh", token
    return total + million + group + digit


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (121, "một trăm hai mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm linh năm"),
        (10_021, "mười nghìn không trăm hai mươi mốt"),
        (760_000, "bảy trăm sáu mươi nghìn"),
        (1_140_000, "một triệu một trăm bốn mươi nghìn"),
        (1_000_001, "một triệu không trăm linh một"),
        (2_024_000, "hai triệu không trăm hai mươi tư nghìn"),
        (10**9, "một tỷ"),
        (1_000_005_000, "một tỷ không trăm linh năm nghìn"),
        (10**12 + 5, "một nghìn tỷ không trăm linh năm"),
        (15 * 10**13, "một trăm năm mươi nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (-25, "âm hai mươi lăm"),
    ],
)
def test_number_words(number: int, words: str) -> None:
    assert number_in_words(number) == words


def test_every_number_below_ten_thousand_reads_back() -> None:
    assert [parse_words(number_in_words(n)) for n in range(10_000)] == list(range(10_000))
    assert len({number_in_words(n) for n in range(10_000)}) == 10_000


@given(
    st.integers(-LARGEST_NUMBER, LARGEST_NUMBER)
    | st.integers(0, 15).map(lambda power: 10**power)
    | st.integers(0, 10**6).map(lambda n: n * 10**9)
)
def test_words_read_back_to_the_number(number: int) -> None:
    words = number_in_words(number)
    assert parse_words(words) == number
    assert words == " ".join(words.split())


def test_beyond_the_largest() -> None:
    with pytest.raises(ValueError, match="beyond"):
        number_in_words(LARGEST_NUMBER + 1)


def test_money() -> None:
    assert money_in_words(760_000) == "Bảy trăm sáu mươi nghìn đồng"
    assert money_in_words(0) == "Không đồng"
    assert money_in_words(-5000) == "Âm năm nghìn đồng"
    assert format_vnd(1_490_000) == "1.490.000"
    assert format_vnd(-230_000) == "-230.000"
    assert format_vnd(0) == "0"
    assert format_vnd(Decimal("1138500.00")) == "1.138.500"
    assert format_vnd(Decimal("1138500.50")) == "1.138.500,5"
    assert format_dong(1_140_000) == "1.140.000 đồng"


def test_no_line_parts_a_number_from_its_word() -> None:
    kept = keep_numbers("Thôn 4 nhận 760.000 đồng theo khoản 2 Điều 49, các đồng chí")
    assert kept == "Thôn\u00a04 nhận\u00a0760.000\u00a0đồng theo khoản\u00a02 Điều\u00a049, các đồng chí"
    assert keep_numbers("0,3 × 2.530.000 = 759.000 đồng; 3 đồng chí") == (
        "0,3 × 2.530.000 = 759.000\u00a0đồng; 3\u00a0đồng chí"
    )
    assert keep_numbers(None) == ""


@given(st.integers(-(10**18), 10**18))
def test_grouped_digits_are_the_number(number: int) -> None:
    assert int(format_vnd(number).replace(".", "")) == number


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 10), "ngày 10 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2021, 10, 31), "ngày 31 tháng 10 năm 2021"),
    ],
)
def test_date_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


def test_a_period_has_a_year_that_both_days_share_once() -> None:
    last = date(2026, 10, 31)
    assert date_range_in_words(date(2026, 1, 1), last) == "từ ngày 01 tháng 01 đến ngày 31 tháng 10 năm 2026"
    assert date_range_in_words(date(2025, 1, 1), last) == "từ ngày 01 tháng 01 năm 2025 đến ngày 31 tháng 10 năm 2026"
    assert date_range_in_words(last, last) == "ngày 31 tháng 10 năm 2026"


def test_dates_and_numbers_of_documents() -> None:
    assert format_date(date(2026, 2, 5)) == "05/02/2026"
    assert blank_date_in_words(2026) == "ngày … tháng … năm 2026"
    assert [format_document_number(n) for n in (1, 9, 10, 123)] == ["01", "09", "10", "123"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (85.5, "85,5%"),
        (80, "80%"),
        (100.0, "100%"),
        (0, "0%"),
        (Fraction(200, 3), "66,7%"),
        (Decimal("85.25"), "85,3%"),
        (Decimal("-0.5"), "-0,5%"),
    ],
)
def test_percent(share: object, text: str) -> None:
    assert format_percent(share) == text  # type: ignore[arg-type]
    assert format_percent(Fraction(200, 3), places=2) == "66,67%"


def test_names_with_a_comma_are_parted_by_semicolons():
    assert listed_names(["Lò Thị Dung", "Vi Văn Thành"]) == "Lò Thị Dung, Vi Văn Thành"
    assert listed_names(["Lò Thị Dung, Thôn 1", "Vi Văn Thành"]) == "Lò Thị Dung, Thôn 1; Vi Văn Thành"
    assert format_names(["Lò Thị Dung, Thôn 1", "A", "B"], "hồ sơ", most=2) == "Lò Thị Dung, Thôn 1 và 2 hồ sơ khác"
