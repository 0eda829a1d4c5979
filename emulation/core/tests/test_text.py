import random
import unicodedata

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.text import NAME_KEY_LENGTH, alphabet_key, clean, clean_lines, fold, is_reason, name_key, same_name

VIETNAMESE = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐ áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệóòỏõọúùủũụứừửữựíìỉĩị'-", max_size=30)
NAMES = VIETNAMESE.map(clean).filter(bool)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("  Lò  Văn\u00a0 Tặng ", "Lò Văn Tặng"),
        (unicodedata.normalize("NFD", "Nguyễn Thị Thuý"), "Nguyễn Thị Thuý"),
        ("Hà\u200b Thị\u202e Nga\ufeff", "Hà Thị Nga"),
        ("a\u200b\u0301", "á"),  # the mark combines with its letter once the zero-width space is removed
        ("dòng một\r\ndòng hai\tcột", "dòng một dòng hai cột"),
        ("\x00\x07tên\x1b", "tên"),
        ("so\u00adft\ue000", "soft"),
        ("\u3164\u2800", ""),
        ("Trường học 👩\u200d🏫", "Trường học 👩🏫"),
    ],
)
def test_clean(raw: str, kept: str) -> None:
    assert clean(raw) == kept


def test_clean_lines_keeps_the_lines() -> None:
    assert clean_lines("\n một\u00a0 \r\n\r\n\r\n\r\nhai \u2028ba\n\n") == "một\n\nhai\nba"


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_no_invisible_characters(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once == unicodedata.normalize("NFC", once)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co"} for c in once)
    assert once == once.strip() and "  " not in once
    lines = clean_lines(text)
    assert clean_lines(lines) == lines and "\n\n\n" not in lines
    assert clean(lines) == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đặng Thị Hoà", "dang thi hoa"),
        ("HÓA", "hoa"),
        ("Uỷ", "uy"),
        ("Ðinh", "dinh"),  # the Icelandic eth, which looks the same in capitals
        ("Quí", "qui"),
        ("Quý", "quy"),
        ("ＬƯƠＮＧ ①", "luong 1"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_is_idempotent_and_ignores_form(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


def test_names_sort_by_given_then_middle_then_family_name() -> None:
    in_order = [
        "Lò Văn An",
        "Vi Thị Ăn",
        "Hà Ân",
        "Lê Thị Bình",
        "Lò Văn Dũng",
        "Bùi Văn Đạt",
        "Lê Hoa",
        "Vi Hoa",
        "Lê Thị Hoa",
        "Lê Thị Hoà",
        "Lê Thị Hoả",
        "Lê Thị Hoã",
        "Lê Thị Hoá",
        "Lê Thị Hoạ",
        "Lê Thị Hoan",
        "Hà Văn Hùng",
        "Hà Văn Hưng",
        "Lê Văn Oanh",
        "Lê Văn Ôn",
        "Lê Văn Ơn",
        "Lê Văn Quí",
        "Lê Văn Quý",
        "Lê Thị Thanh",
        "Lê Văn Thanh",
        "Lê Thị Thuý",
        "Lê Văn Tuấn",
        "Lê Văn Ước",
        "Lê Thị Xuân",
        "Lê Thị Ý",
    ]
    shuffled = in_order.copy()
    random.Random(4).shuffle(shuffled)
    assert sorted(shuffled, key=name_key) == in_order


@pytest.mark.parametrize(
    ("old", "new"), [("Hoá", "Hóa"), ("Thuý", "Thúy"), ("Uỷ", "Ủy"), ("Khoẻ", "Khỏe"), ("Đặng", "ĐẶNG")]
)
def test_the_place_of_the_tone_mark_does_not_matter(old: str, new: str) -> None:
    assert name_key(f"Lê Văn {old}") == name_key(f"Lê Văn {new}")
    assert same_name(f"Lê Văn {old}", unicodedata.normalize("NFD", f"  lê văn {new} "))


@pytest.mark.parametrize(
    ("one", "other"), [("Hoa", "Hoá"), ("Quí", "Quý"), ("Lê An", "An Lê"), ("Dung", "Đung"), ("Hung", "Hưng")]
)
def test_different_names(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert name_key(one) != name_key(other)


def test_names_with_letters_outside_the_vietnamese_alphabet() -> None:
    assert name_key("H'Mai") == name_key("HMai")
    for apostrophe in "’‘ʼ´`":
        assert name_key(f"H{apostrophe}Mai Niê") == name_key("H'Mai Niê")
        assert fold(f"H{apostrophe}Mai Niê") == "h'mai nie"
    assert name_key("") == name_key(" - ") == ""
    assert name_key("Lê Văn Ah") < name_key("Lê Văn Fa") < name_key("Lê Văn Gi") < name_key("Lê Văn 李")
    assert len(name_key("Nguyễn " * 500)) == NAME_KEY_LENGTH


@given(NAMES, NAMES)
def test_the_key_is_digits_and_orders_by_given_name_first(one: str, other: str) -> None:
    keys = [name_key(one), name_key(other)]
    assert all(key == "" or (key.isascii() and key.isdigit()) for key in keys)
    assert (keys[0] == keys[1]) == same_name(one, other)
    if all(keys):
        given_keys = [name_key(name.replace("-", " ").rstrip(" '").rsplit(" ", 1)[-1]) for name in (one, other)]
        if all(given_keys) and given_keys[0] != given_keys[1]:
            assert (keys[0] < keys[1]) == (given_keys[0] < given_keys[1])


@pytest.mark.usefixtures("db")
def test_the_database_orders_keys_as_python_does() -> None:
    names = [
        "Lê Hoa",
        "Vi Thị Ăn",
        "Lò Văn An",
        "Hà Ân",
        "Bùi Văn Đạt",
        "Lò Văn Dũng",
        "Lê Thị Hoà",
        "Lê Thị Hoạ",
        "Lê Ý",
        "李",
    ]
    keys = [name_key(name) for name in names]
    rows = " UNION ALL ".join(["SELECT %s AS sort_key"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sort_key FROM ({rows}) AS listed ORDER BY sort_key", keys)
        assert [row[0] for row in cursor.fetchall()] == sorted(keys)


@pytest.mark.parametrize("text", ["", " ", "...", "ok", "Vì.", "x x x", "12/3", "?!", "…", "\u200b\u200b\u200bab"])
def test_texts_that_say_nothing_are_no_reason(text):
    assert not is_reason(text)


@pytest.mark.parametrize("text", ["Nhầm", "Trùng", "Sai tên", "sai số 12", "Hoãn vì mưa lũ"])
def test_a_few_words_are_a_reason(text):
    assert is_reason(text)


def test_texts_are_sorted_word_by_word_with_d_before_dd():
    fields = ["Đoàn kết, giúp nhau", "Y tế", "Bảo vệ môi trường", "Giáo dục", "Dân vận", "Văn hóa - xã hội", "Văn hóa"]
    assert sorted(fields, key=alphabet_key) == [
        "Bảo vệ môi trường", "Dân vận", "Đoàn kết, giúp nhau", "Giáo dục", "Văn hóa", "Văn hóa - xã hội", "Y tế",
    ]  # fmt: skip
