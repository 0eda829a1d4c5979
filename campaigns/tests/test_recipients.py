"""Parsing of recipient lines ("Nơi nhận") and document symbols in various spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.directives.rules import recipient as rules
from campaigns.directives.rules.document_symbols import LONGEST, symbol_key

SOURCE = """- Phòng Nội vụ (b/c);
- Đảng ủy, TTHĐND xã (b/c);
- MTTQ, các Đoàn thể (p/h);
- CT.UBND, các Phó.CT UBND xã (C/đ);
- Cán bộ, CC, BCT UBND xã (t/h);
- Hiệu trưởng các trường (t/h);
- Trưởng trạm Y tế xã (t/h);
- Trưởng thôn 6 thôn (t/h);
- Lưu: VP, VT."""
UNITS = [
    *(rules.RecipientUnit(number, "village", f"Thôn {number}") for number in range(1, 7)),
    rules.RecipientUnit(7, "school", "Trường Mầm non Bình Lương"),
    rules.RecipientUnit(8, "school", "Trường Tiểu học Bình Lương"),
    rules.RecipientUnit(9, "school", "Trường THCS Bình Lương"),
    rules.RecipientUnit(10, "station", "Trạm Y tế xã Bình Lương"),
    rules.RecipientUnit(11, "organisation", "Ủy ban MTTQ Việt Nam xã Bình Lương"),
    rules.RecipientUnit(12, "organisation", "Hội Liên hiệp Phụ nữ xã Bình Lương"),
    rules.RecipientUnit(13, "organisation", "Hội Nông dân xã Bình Lương"),
]
VILLAGES = [1, 2, 3, 4, 5, 6]
SCHOOLS = [7, 8, 9]
STATION = [10]
ORGANISATIONS = [11, 12, 13]


def test_the_nine_lines_of_the_source_letter():
    found = rules.parse_recipients(SOURCE)
    assert [(line.code, line.kind) for line in found] == [
        ("b/c", "superior"), ("b/c", "party"), ("p/h", "organisations"), ("c/đ", "leaders"), ("t/h", "officials"),
        ("t/h", "schools"), ("t/h", "station"), ("t/h", "villages"), ("", "archive"),
    ]  # fmt: skip
    assert [line.name for line in found[:4]] == [
        "Phòng Nội vụ", "Đảng ủy, TTHĐND xã", "MTTQ, các Đoàn thể", "CT.UBND, các Phó.CT UBND xã",
    ]  # fmt: skip
    assert [rules.units_addressed(line, UNITS) for line in found] == [
        [], [], ORGANISATIONS, [], [], SCHOOLS, STATION, VILLAGES, [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "kind", "units"),
    [
        ("Phòng Nội vụ b/c", "b/c", "superior", []),
        ("Sở Nội vụ ( B / C )", "b/c", "superior", []),
        ("+ Trưởng các thôn (để thực hiện).", "t/h", "villages", VILLAGES),
        ("Các Trưởng thôn t/h", "t/h", "villages", VILLAGES),
        ("Trưởng thôn Thôn 2 (t/h)", "t/h", "villages", [2]),
        ("Trưởng Thôn 2 (t/h)", "t/h", "villages", [2]),
        ("Trưởng thôn 6 thôn", "", "villages", VILLAGES),
        ("Các thôn, trường học", "", "villages", [*VILLAGES, *SCHOOLS]),
        ("Các thôn, trường học, Trạm Y tế, đoàn thể", "", "station", [*VILLAGES, *SCHOOLS, *STATION, *ORGANISATIONS]),
        ("Hội Nông dân xã (p/h)", "p/h", "organisations", [13]),
        ("Chủ tịch Hội Liên hiệp Phụ nữ xã (để biết)", "để biết", "organisations", [12]),
        ("Trường THCS Bình Lương (t/h)", "t/h", "schools", [9]),
        ("TRẠM Y TẾ XÃ (TH)", "t/h", "station", STATION),
        ("Chủ tịch UBND xã (C/Đ)", "c/đ", "leaders", []),
        ("Hội đồng Thi đua - Khen thưởng xã", "", "council", []),
        ("Công an xã (p/h)", "p/h", "other", []),
        ("Lưu VT", "", "archive", []),
    ],
)
def test_lines_in_various_spellings(text, code, kind, units):
    line = rules.parse_recipient(text)
    assert (line.code, line.kind, rules.units_addressed(line, UNITS)) == (code, kind, units)


def test_as_above_means_the_addressees():
    addressed = rules.parse_recipients("Hội đồng Thi đua - Khen thưởng xã\nTrưởng các thôn\nHiệu trưởng các trường học")
    above = rules.parse_recipient("Như trên;")
    assert above.kind == "above"
    assert rules.units_addressed(above, UNITS, addressed) == [*VILLAGES, *SCHOOLS]
    assert rules.units_addressed(above, UNITS) == []


@given(st.text(max_size=200))
def test_any_line_is_parsed(text):
    line = rules.parse_recipient(text)
    if line is None:
        return
    assert line.kind in rules.KINDS and (line.code == "" or line.code in rules.CODES)
    assert line.name in line.text
    again = rules.parse_recipient(line.text)
    assert (again.code, again.kind) == (line.code, line.kind)
    known = {unit.pk for unit in UNITS}
    found = rules.units_addressed(line, UNITS, [line])
    assert set(found) <= known and len(found) == len(set(found))


@pytest.mark.parametrize("code", [code for code in rules.CODES if "/" in code])
@given(
    name=st.sampled_from(["Phòng Nội vụ", "Hiệu trưởng các trường", "Trưởng thôn 6 thôn", "Công an xã"]), data=st.data()
)
def test_a_code_is_found_with_any_spacing(code, name, data):
    first, second = code.split("/")
    gap = st.sampled_from(["", " "])
    written = f"{data.draw(gap)}{first}{data.draw(gap)}/{data.draw(gap)}{second}{data.draw(gap)}"
    written = data.draw(st.sampled_from([written, written.upper()]))
    end = data.draw(st.sampled_from(["", ";", ".", " ;"]))
    line = rules.parse_recipient(data.draw(st.sampled_from([f"- {name} ({written}){end}", f"{name} {written}{end}"])))
    assert (line.code, line.name) == (code, name)


@pytest.mark.parametrize(
    "written",
    ["1757/UBND-NV", "1757/UBND- NV", " 1757 / ubnd–nv", "Số: 1757/UBND—NV", "số 1757/UBND−NV", "1757/UBND\u2011NV"],
)
def test_one_symbol_in_various_spellings(written):
    assert symbol_key(written) == "1757/ubnd-nv"


def test_different_symbols_have_different_keys():
    assert len({symbol_key(one) for one in ("1757/UBND-NV", "1757/UBND-VP", "175/UBND-NV", "1757/NV", "04-CT/TU")}) == 5


@given(st.text(max_size=120))
def test_the_key_of_a_symbol_is_stable(text):
    key = symbol_key(text)
    assert symbol_key(key) == key and len(key) <= LONGEST and not any(char.isspace() for char in key)
