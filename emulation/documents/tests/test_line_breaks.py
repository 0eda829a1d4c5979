"""Which words stay on one line: as pure functions, in the lines of headings, in PDF and in Word files."""

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from emulation.documents.blocks.body import Paragraph, Table, TableColumn
from emulation.documents.blocks.line_breaks import (
    LONG_TERMS,
    NBSP,
    PAIRS,
    UNITS,
    reference_parts,
    unbroken_parts,
    unbroken_parts_with_marks,
    unbroken_parts_with_names,
    with_kept_names,
    with_kept_spaces,
)
from emulation.documents.blocks.metrics import KEPT_SPACE, balanced_lines, text_width
from emulation.documents.engines import docx, html, layout, pdf
from emulation.documents.tests import nd30, papers

KEPT = [
    "16.720.000 đồng", "35 m", "200 m2", "1,5 ha", "số 01/QĐ-UBND", "số 152/2025/NĐ-CP", "04-CT/TU", "(b/c)", "Chủ tịch",
    "Phó Chủ tịch", "Chiến sĩ thi đua cơ sở", "kinh tế - xã hội", "quốc phòng, an ninh", "Điều 54", "khoản 2", "điểm e",
    "Thôn 1", "quý IV", "tháng 10", "năm 2026", "ngày 04/10/2026", "2021 - 2025", "0,3 × 2.530.000", "02 cá nhân", "7/7 thành viên",
    "Bộ trưởng", "công chức", "đêm 17",
]  # fmt: skip
WORDS = st.sampled_from(
    [*KEPT, *LONG_TERMS, *PAIRS, "Căn cứ", "của", "về", "tặng", "xã", "Bình", "Lương", "Nụ;", "An.", "-"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=40).map(" ".join)


def kept_parts(text):
    return [part for part, kept in unbroken_parts(text) if kept]


@pytest.mark.parametrize("phrase", KEPT)
def test_a_number_a_reference_and_a_term_are_whole(phrase):
    assert phrase in kept_parts(f"Theo đó {phrase} được nêu ở trên")
    assert phrase in kept_parts(f"{phrase}; các nơi khác")


def test_the_name_of_a_place_stays_on_one_line():
    text = (
        "Ủy ban nhân dân xã Bình Lương, huyện Như Xuân, tỉnh Thanh Hóa báo cáo Thường trực xã Yên; anh Bình Lương ở xã"
    )
    assert [part for part in kept_parts(text) if part.istitle()] == ["Bình Lương", "Như Xuân", "Thanh Hóa"]


@given(TEXTS, st.floats(1, 60))
@example("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", 60)
def test_nothing_but_the_breaks_changes(text, limit):
    for parts in (unbroken_parts, unbroken_parts_with_marks, unbroken_parts_with_names, reference_parts):
        assert "".join(part for part, _ in parts(text)) == text
        assert "".join(part for part, _ in parts(text, limit)) == text
    assert with_kept_spaces(text).replace(KEPT_SPACE, " ") == text


@given(st.text(max_size=200))
def test_any_text_is_kept_whole(text):
    for parts in (unbroken_parts, unbroken_parts_with_marks, unbroken_parts_with_names):
        assert "".join(part for part, _ in parts(text)) == text
        assert "".join(part for part, _ in parts(text, 5)) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("của danh hiệu “Lao động tiên tiến” năm 2025", ["danh hiệu", "“Lao động tiên tiến”", "năm 2025"]),
        ("hơn (khoản 5, 6 Điều 49 Nghị định)", ["(khoản 5, 6", "Điều 49", "Nghị định)"]),
        ("họp Hội đồng Thi đua - Khen thưởng xã", ["Hội đồng", "Thi đua - Khen thưởng"]),
        ("cô Trường Tiểu học Bình Lương; hồ sơ.", ["Tiểu học", "Bình Lương;", "hồ sơ."]),
        ("đạt Khen thưởng - Kỷ luật", ["Khen thưởng -"]),
    ],
)
def test_marks_stay_with_the_part_that_they_touch(text, kept):
    assert [part for part, whole in unbroken_parts_with_marks(text) if whole] == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("đối với hộ gia đình Vi Văn Chiến, Thôn 2", ["hộ gia đình", "Vi Văn Chiến,", "Thôn 2"]),
        ("Hà Thị Bích Đào, Thôn 1", ["Hà Thị Bích Đào,", "Thôn 1"]),
        ("cho bà Đỗ Thị Êm (số 02)", ["bà Đỗ Thị Êm", "(số 02)"]),
        ("Trường Trung học cơ sở Bình Lương", ["cơ sở", "Bình Lương"]),
        ("Hội đồng đồng ý, xuất sắc", ["Hội đồng", "đồng ý,", "xuất sắc"]),
        ("Trường Mầm non Bình Lương", ["Mầm non", "Bình Lương"]),
        ("trước ngày 31 tháng 12 năm 2026;", ["ngày 31 tháng 12", "năm 2026;"]),
        ("Ngày 05 tháng 02.", ["Ngày 05 tháng 02."]),
        ("Hội Nông dân xã; Công an viên", []),
        ("của ông A", ["ông A"]),
        ("giấy khen đã cấp cho ông Vi Văn Thanh được thu hồi", ["giấy khen", "ông Vi"]),
        ("nông dân, Thôn 2, xã Bình Lương.", ["Thôn 2,", "xã Bình Lương."]),
        ("Hà Thị Bích Đào\nThôn 1", ["Hà Thị Bích Đào", "Thôn 1"]),
        ("Phòng Kinh tế, các văn bản", ["Phòng Kinh tế,", "văn bản"]),
        ("ông Lương Văn Đức, Trưởng Thôn 3, xã", ["ông Lương Văn Đức,", "Trưởng Thôn 3,"]),
    ],
)
def test_the_name_of_a_person_stays_on_one_line_from_style_version_5_on(text, kept):
    assert [part for part, whole in unbroken_parts_with_names(text) if whole] == kept
    assert layout.STYLE_VERSIONS["4"].parts is unbroken_parts_with_marks
    assert layout.STYLE_VERSIONS["5"].parts is unbroken_parts_with_names


def test_day_and_month_are_kept_apart_in_a_column_too_narrow_for_both():
    date = "ngày 31 tháng 12 năm 2026"
    assert [part for part, kept in unbroken_parts_with_names(date, 7) if kept] == ["ngày 31", "tháng 12", "năm 2026"]
    assert not any(kept for _, kept in unbroken_parts_with_names(date, 3))


def test_a_number_of_a_paper_is_whole_in_a_column_too_narrow_for_the_word_before_it():
    text = "Điều 49 Nghị định số 152/2025/NĐ-CP), theo"
    assert [part for part, kept in unbroken_parts_with_names(text, 8) if kept][-1] == "152/2025/NĐ-CP),"
    assert [part for part, kept in unbroken_parts_with_names(text, 7.7) if kept][-1] == "152/2025/NĐ-CP"
    assert not any("152" in part for part, kept in unbroken_parts_with_names(text, 5) if kept)


def test_a_phrase_is_measured_in_its_own_letters_from_style_version_5_on():
    name = "Quách Công Định"
    limit = (text_width(name) + text_width(name, bold=True)) / 2
    for bold in (True, False):
        assert next(kept for _, kept in unbroken_parts_with_names(name, limit, bold)) is not bold
        assert not any(kept for part, kept in unbroken_parts_with_marks(f"Nghị định {name}", 1, bold))


def test_a_name_wider_than_its_column_may_be_broken():
    (whole,) = [part for part, kept in unbroken_parts_with_names("Hà Thị Bích Đào", 20) if kept]
    assert whole == "Hà Thị Bích Đào"
    assert [part for part, kept in unbroken_parts_with_names("Hà Thị Bích Đào", 3) if kept] == []


@given(TEXTS, st.floats(20, 60))
def test_no_line_breaks_inside_a_kept_phrase(text, limit):
    lines = balanced_lines(with_kept_spaces(text), limit)
    assert " ".join(lines) == text
    breaks = set()
    place = 0
    for line in lines[:-1]:
        place += len(line)
        breaks.add(place)
        place += 1
    place = 0
    for part, kept in unbroken_parts(text):
        inside = range(place, place + len(part))
        assert not kept or breaks.isdisjoint(inside), (part, lines)
        place += len(part)


@given(TEXTS)
def test_no_line_begins_with_a_dash_between_words(text):
    for line in balanced_lines(with_kept_spaces(f"Xã {text}"), 25):
        assert not line.startswith("- ") or text_width(line) > 25


def test_the_number_of_a_village_stays_with_it_where_the_post_is_too_wide():
    narrow = list(unbroken_parts_with_names("Trưởng Thôn 1, xã Bình Lương", text_width("Trưởng Thôn"), bold=False))
    assert narrow[:2] == [("Trưởng ", False), ("Thôn 1,", True)]
    wide = list(unbroken_parts_with_names("Trưởng Thôn 1, xã Bình Lương"))
    assert wide[0] == ("Trưởng Thôn 1,", True)


@given(TEXTS, st.floats(2, 12))
def test_what_is_wider_than_its_column_is_not_kept(text, limit):
    assert all(text_width(part, bold=True) <= limit for part, kept in unbroken_parts(text, limit) if kept)


@given(st.integers(0, 10**9), st.sampled_from(UNITS))
def test_a_sum_stays_with_its_unit(number, unit):
    grouped = f"{number:,}".replace(",", ".")
    assert f"{grouped} {unit}" in kept_parts(f"gồm {grouped} {unit}, còn lại")


def paper_of(text):
    table = Table((TableColumn("Nội dung", 20), TableColumn("Ghi chú", 12)), ((text[:200], text[:60]),))
    return replace(
        papers.final("bao_cao"), body=(*(Paragraph(text[n:]) for n in range(0, 30, 3)), table, Paragraph(text))
    )


TEXT = " ".join(f"{phrase}, và {phrase} của xã;" for phrase in KEPT)


def test_no_line_of_a_pdf_ends_inside_a_number_or_a_term():
    pages = nd30.measure_pages(pdf.render_pdf([html.paper_html(paper_of(TEXT))], "x"))
    body = []
    for page in pages:
        body += [line.text.strip() for line in page.lines() if line.size > 13.5]
    joined = "\n".join(body)
    for phrase in KEPT:
        broken = re.escape(phrase).replace(r"\ ", r"\s").replace("/", r"/\n?").replace(r"\-", r"\-\n?")
        for found in re.finditer(broken, joined):
            assert "\n" not in found[0], (phrase, found[0])


def test_a_word_file_has_no_break_inside_a_term():
    data = docx.render_docx(paper_of(TEXT))
    with zipfile.ZipFile(BytesIO(data)) as package:
        document = package.read("word/document.xml").decode()
    assert f"35{NBSP}m" in document and f"Chủ{NBSP}tịch" in document and f"16.720.000{NBSP}đồng" in document
    assert "Chủ tịch" not in document
    old = docx.render_docx(paper_of(TEXT), style_version="1")
    with zipfile.ZipFile(BytesIO(old)) as package:
        document = package.read("word/document.xml").decode()
    assert "Chủ tịch" in document and NBSP not in document and "noBreakHyphen" in document


def test_dates_and_names_of_a_subject_stay_on_one_line_from_style_version_3_on():
    subject = "hủy bỏ Quyết định số 04/QĐ-UBND ngày 09 tháng 5 năm 2025 của Chủ tịch Ủy ban nhân dân xã"
    lines = {version: layout.subject_lines(subject, style) for version, style in layout.STYLE_VERSIONS.items()}
    assert any("ngày 09 tháng 5 năm 2025" in line for line in lines["3"])
    assert not any("ngày 09 tháng 5 năm 2025" in line for line in lines["2"])
    letter = layout.official_letter_subject("Về việc đính chính Quyết định số 02/QĐ-UBND ngày 06 tháng 11 năm 2026")
    assert letter[-1] == "ngày 06 tháng 11 năm 2026"
    decision = (
        "Về việc tặng Giấy khen cho hộ gia đình có thành tích xuất sắc trong phong trào thi đua xây dựng nông thôn mới"
    )
    assert [line.split()[-1] for line in layout.subject_lines(decision)] == ["tích", "mới"]
    plan = "Triển khai thực hiện phong trào thi đua “Bình Lương thi đua đổi mới sáng tạo”"
    assert any("“Bình Lương" in line for line in layout.subject_lines(plan))


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hộ gia đình Vi Văn Chiến ở Thôn 1", ["Vi Văn Chiến"]),
        ("Trường THCS Bình Lương, Như Xuân", ["Trường THCS Bình Lương", "Như Xuân"]),
        ("“Bình Lương thi đua”", ["“Bình Lương"]),
        ("ông bà Ủy viên", []),
    ],
)
def test_kept_names(text, kept):
    words = with_kept_names(text)
    assert words.replace(KEPT_SPACE, " ") == text
    assert [word.replace(KEPT_SPACE, " ").strip(",”") for word in words.split(" ") if KEPT_SPACE in word] == kept
