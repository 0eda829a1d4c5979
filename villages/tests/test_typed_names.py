"""Names as people type them, read apart: nothing is lost, and what was read stays as it is."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.legacy_text import encode_tcvn3, encode_vni
from emulation.core.text import clean
from villages.rules.people import FORMS_IN_LOWER_CASE, HOUSEHOLD_WORDS, TITLES
from villages.rules.typed_names import lacks_marks, mere_name_fault, read_name, title_case

NAMES = ["Vi Văn Thành", "Lò Thị Hoa", "H’Mai Êban", "Y Bíu", "Ông Ích Khiêm", "Lê Ý"]
TYPED = st.one_of(
    st.text(max_size=40),
    st.text("aăâbcđêgơưAÀÁẢĐÐаХ '’-.,/()1Th", max_size=30),
    st.builds(
        lambda titles, name, nick: " ".join([*titles, name, f"({nick})" if nick else ""]),
        st.lists(st.sampled_from(sorted({*FORMS_IN_LOWER_CASE, *TITLES, *HOUSEHOLD_WORDS, "ThS.", "PGS.TS."})), max_size=3),
        st.sampled_from(NAMES),
        st.sampled_from(["", "Tám Cò", "1962"]),
    ),
)  # fmt: skip


def letters_of(*texts):
    return Counter(char for char in clean(" ".join(texts)).casefold() if char.isalnum())


@given(TYPED, st.sampled_from(["", "ông", "Đại đức"]), st.booleans())
def test_reading_twice_changes_nothing(typed, form, as_typed):
    read = read_name(typed, form, as_typed=as_typed)
    again = read_name(read.name, form or read.form_of_address, as_typed=as_typed)
    assert (again.name, again.corrections) == (read.name, [])
    if read.name != clean(typed) or read.title:
        assert read.corrections


@given(TYPED.filter(lambda typed: not set("<&") & set(typed)))
def test_no_letter_is_lost(typed):
    read = read_name(typed, as_typed=True)
    assert letters_of(read.name, read.title, read.nickname) == letters_of(typed)


@pytest.mark.parametrize(
    ("name", "lacks"),
    [("Hoang Thi Lan", True), ("nguyen an", True), ("Cao Lan Anh", False), ("Mai An", False), ("Y Wang", False),
     ("Lê Tran Anh", False), ("Kim Van Do", True), ("", False)],
)  # fmt: skip
def test_a_name_typed_as_for_a_search_is_noticed(name, lacks):
    assert lacks_marks(name) is lacks


@given(st.sampled_from(NAMES), st.sampled_from([str.upper, str.lower]))
def test_capitals_come_back(name, case):
    read = read_name(case(name), "ông")
    assert (read.name, read.optional) == (name, True)
    assert read_name(case(name), "ông", as_typed=True).name == case(name)


@pytest.mark.parametrize(
    ("typed", "name", "form", "post", "nickname"),
    [
        ("ông Lê Văn Tám", "Lê Văn Tám", "ông", "", ""),
        ("Bà Lò Thị Hoa", "Lò Thị Hoa", "bà", "", ""),
        ("Đ/c Lê Văn Tám", "Lê Văn Tám", "đồng chí", "", ""),
        ("đc. thượng tá Lê Văn Tám", "Lê Văn Tám", "đồng chí", "Thượng tá", ""),
        ("ThS. Lê Văn Tám", "Lê Văn Tám", "", "Thạc sĩ", ""),
        ("PGS.TS.Lê Văn Tám", "Lê Văn Tám", "", "Phó Giáo sư, Tiến sĩ", ""),
        ("Đại đức Thích Minh Tâm", "Thích Minh Tâm", "Đại đức", "", ""),
        ("Hộ ông Lê Văn Bảy", "Lê Văn Bảy", "ông", "", ""),
        ("HỘ GIA ĐÌNH BÀ LÒ THỊ HOA", "Lò Thị Hoa", "bà", "", ""),
        ("Gia đình ông Lê Văn Bảy", "Lê Văn Bảy", "ông", "", ""),
        ("Lê Văn Tám (Tám Cò)", "Lê Văn Tám", "", "", "Tám Cò"),
        ("Ông Lê Văn Tám [Tám Cò]", "Lê Văn Tám", "ông", "", "Tám Cò"),
        ("Lê Văn Tám (1962)", "Lê Văn Tám (1962)", "", "", ""),
        ("(Tám Cò)", "(Tám Cò)", "", "", ""),
        ("cô Vi Thị Xuân", "Vi Thị Xuân", "cô", "", ""),
        ("h’mai êban", "H’Mai Êban", "", "", ""),
        ("KSOR H'BÍA", "Ksor H'Bía", "", "", ""),
        ("Ðinh Thị Hoa", "Đinh Thị Hoa", "", "", ""),
        ("Lê Văn Tаm", "Lê Văn Tam", "", "", ""),
        ("Lª V¨n T¸m", "Lê Văn Tám", "", "", ""),
        ("¤ng NguyÔn V¨n H\u00ad¬ng", "Nguyễn Văn Hương", "ông", "", ""),
        ("NGUYEÃN VAÊN BÌNH", "Nguyễn Văn Bình", "", "", ""),
        ("Lê Văn <b>Đậm</b>", "Lê Văn Đậm", "", "", ""),
        ("<p>Ông Lê Văn <b>ĐẬ</b>M</p>", "Lê Văn Đậm", "ông", "", ""),
        ("Lê Văn<br/>Đậm", "Lê Văn Đậm", "", "", ""),
        ("<td class='x'>Lê&nbsp;Văn Đ&#7853;m</td>", "Lê Văn Đậm", "", "", ""),
        ("Lê Văn &lt;b&gt;Đậm&lt;/b&gt;", "Lê Văn Đậm", "", "", ""),
        ("<b></b>", "", "", "", ""),
        ("Lê & Trần", "Lê & Trần", "", "", ""),
        ("Lê Văn Tám", "Lê Văn Tám", "", "", ""),
    ],
)
def test_what_is_read(typed, name, form, post, nickname):
    read = read_name(typed)
    assert (read.name, read.form_of_address, read.post, read.nickname) == (name, form, post, nickname)
    assert bool(read.corrections) == (typed != name)


@given(st.sampled_from(NAMES), st.sampled_from([encode_tcvn3, encode_vni]))
def test_old_encodings_are_read_only_when_they_are_some(name, encode):
    if encode(name) != name and "’" not in name and name != "Lê Ý":  # TCVN3 has no capital letters with tones
        assert read_name(encode(name), "ông").name == name


def test_title_case_keeps_what_has_its_capitals():
    assert title_case("McDonald Y Bíu H’Mai") == "McDonald Y Bíu H’Mai"


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("bà Lê Thị Bẩy", "Lê Thị Bẩy"),
        ("Bà Lê Thị Bẩy", "Lê Thị Bẩy"),
        ("Đ/c Vi Văn Cừ", "Vi Văn Cừ"),
        ("HÀ THỊ HOA", "Hà Thị Hoa"),
        ("NguyÔn ThÞ H\u00ad¬ng", "Nguyễn Thị Hương"),
        ("Нoàng Văn Trắng", "Hoàng Văn Trắng"),
        ("Lê Văn Cò (Tám Cò)", "Lê Văn Cò"),
        ("Ông Ích Khiêm", ""),
        ("  Lê  Văn Tám ", ""),
        ("Quản trị hệ thống", ""),
        ("H’Mai Êban", ""),
    ],
)
def test_a_form_for_the_mere_name_offers_it(typed, offers):
    fault = mere_name_fault(typed)
    assert bool(fault) is bool(offers) and (not offers or f"“{offers}”" in fault)


def test_a_name_typed_with_caps_lock_or_in_full_width_is_put_right():
    assert read_name("hÀ vĂN bÁU").name == "Hà Văn Báu"
    assert read_name("Ｌê Văn Rộng").name == "Lê Văn Rộng"
