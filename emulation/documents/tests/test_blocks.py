"""Blocks: conversion to JSON and back, normalised text, validation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emulation.core.errors import RuleBroken
from emulation.documents.blocks import line_breaks
from emulation.documents.blocks.body import (
    Article,
    Bullet,
    CenteredLine,
    Clause,
    DottedLines,
    EnactingLine,
    Heading,
    HeadingLevel,
    KeyValue,
    LegalBasisLine,
    Paragraph,
    Point,
    Table,
    TableColumn,
    TableRowGroup,
    TextAlign,
    typed_paragraphs,
)
from emulation.documents.blocks.chart import BarFigure, Bars
from emulation.documents.blocks.codec import paper_from_json, paper_hash, paper_to_json
from emulation.documents.blocks.letterhead import Letterhead, Signature, date_or_blank
from emulation.documents.blocks.metrics import balanced_lines, fitted_lines, text_width
from emulation.documents.blocks.paper import Appendix, Paper, PaperStatus
from emulation.documents.blocks.text import InvalidPaper, point_letter, punctuated_items, roman_numeral, with_end_mark
from emulation.documents.codes import CODE_ALPHABET, new_code, parse_code, printed_code
from emulation.documents.engines import html, layout
from emulation.documents.tests import papers

words = st.text(max_size=60)
some = words.filter(lambda text: Paragraph(text).text)
lines = st.lists(words, max_size=3).map(tuple)
numbers = st.integers(1, 22)
columns = st.builds(TableColumn, some, st.integers(1, 50), st.sampled_from(TextAlign))


@st.composite
def tables(draw):
    heads = tuple(draw(st.lists(columns, min_size=1, max_size=4)))
    row = st.tuples(*[words] * len(heads))
    rows = tuple(draw(st.lists(st.one_of(row, st.builds(TableRowGroup, words)), max_size=4)))
    return Table(heads, rows, numbered=draw(st.booleans()), total=draw(st.one_of(st.just(()), row)))


blocks = st.one_of(
    st.builds(LegalBasisLine, some),
    st.builds(EnactingLine, words),
    st.builds(Paragraph, words, words, st.booleans(), st.booleans(), st.sampled_from(TextAlign)),
    st.builds(CenteredLine, words),
    st.builds(Heading, st.sampled_from(HeadingLevel), numbers, some),
    st.builds(Article, numbers, words, words),
    st.builds(Clause, numbers, words, words),
    st.builds(Point, numbers, words),
    st.builds(Bullet, words),
    st.builds(KeyValue, words, words),
    st.builds(DottedLines, words, st.integers(1, 30)),
    tables(),
    st.builds(
        Bars, some, st.lists(st.builds(BarFigure, some, st.integers(0, 10**9)), min_size=1, max_size=3).map(tuple)
    ),
)
bodies = st.lists(blocks, min_size=1, max_size=5).map(tuple)
signatures = st.lists(st.builds(Signature, st.tuples(some), some, words), min_size=1, max_size=2).map(tuple)
days = st.dates(date(2000, 1, 1), date(2100, 12, 31))
made = st.builds(
    Paper,
    kind=st.sampled_from(sorted(papers.KINDS)),
    letterhead=st.builds(
        Letterhead,
        issuer=some,
        place=words,
        parent=words,
        symbol=st.sampled_from(["", "QĐ-UBND", "TTr-HĐTĐKT"]),
        day=st.one_of(st.none(), days),
        year=st.one_of(st.none(), st.integers(2000, 2100)),
    ),
    body=bodies,
    signatures=signatures,
    doc_type=st.sampled_from(["QUYẾT ĐỊNH", "BÁO CÁO"]),
    subject=words,
    addressees=lines,
    recipients=lines,
    appendices=st.lists(st.builds(Appendix, some, bodies, words, words, words), max_size=2).map(tuple),
    note=words,
    status=st.sampled_from([PaperStatus.draft, PaperStatus.for_signature]),
)


@settings(max_examples=150, deadline=None)
@given(made)
def test_a_paper_survives_the_conversion_to_json_and_back(paper):
    text = paper_to_json(paper)
    again = paper_from_json(text)
    assert again == paper
    assert paper_to_json(again) == text and paper_hash(again) == paper_hash(paper)
    assert html.paper_html(again) == html.paper_html(paper)


@pytest.mark.parametrize("kind", papers.KINDS)
def test_every_kind_survives_the_conversion_to_json_and_back(kind):
    for sheet in (papers.KINDS[kind](), papers.KINDS[kind]().for_signature(), papers.final(kind)):
        again = paper_from_json(paper_to_json(sheet))
        assert again == sheet
        assert type(again.status) is PaperStatus


@settings(max_examples=60, deadline=None)
@given(made)
def test_no_text_opens_a_tag(paper):
    evil = "<script>x</script>"
    assert "<script" not in html.paper_html(papers.with_text_everywhere(paper, evil))


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format":9,"paper":{}}', '{"format":1,"paper":{"type":"Nothing"}}',
                                  '{"format":1,"paper":{"type":"Bullet","text":"x"}}', '{"format":1,"paper":{"type":"Paper"}}'])  # fmt: skip
def test_json_that_is_not_a_paper_is_refused(text):
    with pytest.raises(InvalidPaper):
        paper_from_json(text)


def test_text_is_normalised_without_invisible_characters():
    assert Paragraph("To\u0302\u0301t \u00a0 \u200b\u202ela\u0300nh\x00").text == "Tốt lành"
    assert paper_hash(replace(papers.report(), note="Hoa\u0300")) == paper_hash(replace(papers.report(), note="Hoà"))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Signature(("CHỦ TỊCH",)), "Thiếu họ tên người ký"),
        (lambda: Signature(("",), "Lê Văn A"), "Thiếu chức vụ"),
        (lambda: Letterhead(issuer="X", symbol="QĐ - UBND"), "khoảng trắng"),
        (lambda: Letterhead(issuer="X", number=5), "đi cùng ký hiệu"),
        (lambda: replace(papers.dispatch(), subject=""), "trích yếu"),
        (lambda: replace(papers.report(), body=()), "chưa có nội dung"),
        (lambda: replace(papers.report(), signatures=()), "một hoặc hai người ký"),
        (lambda: replace(papers.report(), status=PaperStatus.issued), "phải có số và ngày"),
        (lambda: Table((TableColumn("A"),), (("1", "2"),)), "không khớp số cột"),
        (lambda: papers.certificate(" "), "Thiếu tên người được khen"),
        (lambda: papers.certificate("x" * 500), "quá dài"),
        (lambda: replace(papers.certificate(), status=PaperStatus.issued), "số sổ vàng"),
        (lambda: Point(30, "x").label, "tối đa"),
    ],
)
def test_invalid_content_is_refused_with_a_reason(make, message):
    with pytest.raises(RuleBroken, match=message):
        make()


def test_numbers_and_dates_are_written_as_the_decree_requires():
    final = papers.final("quyet_dinh")
    assert final.head.number_line == "Số: 05/QĐ-UBND"
    assert final.head.date_line == "Bình Lương, ngày 05 tháng 02 năm 2026"
    assert date_or_blank(date(2026, 3, 12)) == "ngày 12 tháng 3 năm 2026"
    signing = final.for_signature()
    assert " ".join(signing.head.number_line.split()) == "Số: /QĐ-UBND"
    assert " ".join(signing.head.date_line.split()) == "Bình Lương, ngày tháng năm 2026"
    assert final.attached_to(final.appendices[0]) == (
        "(Kèm theo Quyết định số 05/QĐ-UBND ngày 05 tháng 02 năm 2026 của Chủ tịch Ủy ban nhân dân xã Bình Lương)"
    )


def test_symbols_codes_and_dates_are_not_broken():
    found = line_breaks.REFERENCE.findall("Chỉ thị số 04-CT/TU, Công văn 1757/UBND-NV, Trưởng thôn (t/h), 2020-2025")
    assert found == ["04-CT/TU", "1757/UBND-NV", "(t/h)"]
    appendix = Appendix("DANH SÁCH", (Bullet("x"),), of="Ủy ban nhân dân xã Bình Lương")
    broken = layout.attached_to_lines(papers.final("bao_cao").attached_to(appendix))
    assert any("ngày 05 tháng 02 năm 2026" in line for line in broken)


def test_small_helpers():
    assert [point_letter(n) for n in range(1, 9)] == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert [roman_numeral(n) for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]
    assert punctuated_items(("- Như trên;", "Lưu: VT, VP.")) == ("Như trên;", "Lưu: VT, VP.")
    assert (
        with_end_mark("thi hành Quyết định này.")
        == "thi hành Quyết định này./."
        == with_end_mark("thi hành Quyết định này./.")
    )
    assert typed_paragraphs("một\n\nhai\n") == (Paragraph("một"), Paragraph("hai"))
    assert sum(Table((TableColumn("A", 3), TableColumn("B", 3), TableColumn("C", 3)), ()).widths) == 100


@settings(deadline=None)
@given(st.text(alphabet="abc đơưằ-", min_size=1, max_size=300), st.floats(5, 60))
def test_lines_are_broken_without_losing_a_word(text, limit):
    broken = balanced_lines(text, limit)
    assert " ".join(" ".join(broken).split()) == " ".join(text.split())
    assert all(text_width(line) <= limit or " " not in line.replace(" - ", "") for line in broken)


def test_long_names_get_a_smaller_font():
    assert fitted_lines("Bà Lò Thị Hoa", (30, 24, 18), 600, 1, bold=True)[0] == 30
    size, broken = fitted_lines(
        "Tập thể cán bộ, giáo viên Trường Tiểu học và Trung học cơ sở Bình Lương", (30, 24, 18), 600
    )
    assert size < 30 and len(broken) <= 2


def test_one_wrong_letter_in_a_code_is_detected():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in list(codes)[:20]:
        assert parse_code(printed_code(code).lower()) == code
        for at in range(len(code)):
            other = CODE_ALPHABET[(CODE_ALPHABET.index(code[at]) + 7) % 32]
            assert parse_code(code[:at] + other + code[at + 1 :]) is None
    assert parse_code("xin chào") is None
