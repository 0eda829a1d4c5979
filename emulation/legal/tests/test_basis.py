"""Căn cứ lines with an article of the law, and those that cite what is not in force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.engine.law import Citation
from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.basis import basis_lines_with_article, citation_in_full, instrument_faults
from emulation.legal.engine.rules.requirements import legal_basis_lines

LAW = shipped_statutes().law
INSTRUMENTS = shipped_statutes().instruments
NOVEMBER = date(2026, 11, 10)
ARTICLE_93 = LAW.value_on("award.cancellation", NOVEMBER).citation


def faults(line, on=NOVEMBER):
    return instrument_faults([line], INSTRUMENTS, on)


@given(st.dates(date(2020, 1, 1), date(2027, 12, 31)))
def test_the_prescribed_lines_of_a_day_have_no_fault_on_it(day):
    assert instrument_faults(legal_basis_lines(LAW, "quyet_dinh", day), INSTRUMENTS, day) == []


@pytest.mark.parametrize("one", [one for one in INSTRUMENTS if one.basis and one.start], ids=lambda one: one.code)
def test_the_line_of_an_instrument_is_at_fault_the_day_before_it_is_in_force(one):
    assert (
        f"đến ngày {one.start:%d/%m/%Y} mới có hiệu lực" in faults(f"Căn cứ {one.basis}", one.start - timedelta(1))[-1]
    )


@pytest.mark.parametrize("one", [one for one in INSTRUMENTS if one.basis and one.end], ids=lambda one: one.code)
def test_the_line_of_an_instrument_is_at_fault_the_day_after_its_last(one):
    after = one.end + timedelta(1)
    assert any(f"hết hiệu lực từ ngày {after:%d/%m/%Y}" in fault for fault in faults(f"Căn cứ {one.basis};", after))


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("Căn cứ khoản 1 Điều 54 Nghị định số 98/2023/NĐ-CP", 1),
        ("Căn cứ Luật Thi đua, khen thưởng số 15/2003/QH11", 1),
        ("Căn cứ Luật Thi đua, khen thưởng ngày 26/11/2003", 1),
        ("Căn cứ Điều 93 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022", 0),
        ("Căn cứ Thông tư số 99/2026/TT-BNV hướng dẫn Nghị định số 98/2023/NĐ-CP", 0),
        ("Căn cứ Quy chế của Hội đồng", 0),
        ("Xét Tờ trình theo Nghị định số 98/2023/NĐ-CP", 0),
        ("", 0),
    ],
)
def test_only_the_instrument_that_a_line_begins_with_is_judged(line, count):
    assert len(faults(line)) == count


def test_an_article_is_named_in_the_line_of_its_law():
    lines = basis_lines_with_article(LAW, "quyet_dinh", date(2025, 12, 10), ARTICLE_93)
    plain = [line.rstrip(";") for line in legal_basis_lines(LAW, "quyet_dinh", date(2025, 12, 10))]
    assert "Căn cứ Điều 93 Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022" in lines
    assert [line.replace("Điều 93 ", "") for line in lines] == plain


def test_an_instrument_that_no_line_names_gets_a_line():
    lines = basis_lines_with_article(
        LAW, "quyet_dinh", NOVEMBER, Citation("X", "Quy chế khen thưởng của xã", article="5")
    )
    assert lines[-1] == "Căn cứ Điều 5 Quy chế khen thưởng của xã"


def test_a_citation_is_written_in_full_with_the_day_the_issuer_and_the_subject_of_its_instrument():
    assert citation_in_full("Điều 7 Nghị định số 86/2023/NĐ-CP", INSTRUMENTS).startswith(
        "Điều 7 Nghị định số 86/2023/NĐ-CP ngày 07 tháng 12 năm 2023 của Chính phủ quy định khung tiêu chuẩn"
    )
    for unknown in ("Điều 7 Nghị định số 186/2023/NĐ-CP", "khoản 2 Điều 12 Quy chế xét tặng", "Điều 7"):
        assert citation_in_full(unknown, INSTRUMENTS) == unknown
