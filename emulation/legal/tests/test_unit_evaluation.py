"""Tables of yearly evaluations of units, judged by hand from NĐ 233/2026 Điều 7 and NĐ 335/2025 Điều 8, 9."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.legal.engine.loader import shipped_statutes
from emulation.legal.engine.rules.unit_evaluation import (
    BODY,
    SERVICE,
    RatedUnit,
    unit_evaluation_faults,
    unit_shares,
)

LAW = shipped_statutes().law
KINDS = {"s": SERVICE, "b": BODY, "-": ""}
LEVELS = {"xs": "excellent", "t": "good", "ht": "done", "kht": "failed", ".": ""}


def units_of(text: str) -> list[RatedUnit]:
    """ "s xs/t" is a service unit rated xuất sắc whose head is rated tốt; a final ^ is the upper body."""
    units = []
    for key, words in enumerate(text.split(", "), 1):
        kind, levels = words.rstrip("^").split()
        level, _, head = levels.partition("/")
        units.append(
            RatedUnit(key, f"Đơn vị {key}", LEVELS[level], KINDS[kind], LEVELS[head or "."], words.endswith("^"))
        )
    return units


@pytest.mark.parametrize(
    ("year", "text", "shares"),
    [
        (2026, "s xs, s t, s t, s t", ["xuất sắc 1 / tối đa 1 (dưới 5 đơn vị cùng cấp có thẩm quyền)"]),
        (2026, "s xs, s xs, s ., s .", ["xuất sắc 2 / tối đa 1 (dưới 5 đơn vị cùng cấp có thẩm quyền)"]),
        (2026, "s xs, s t, s t, s t, s t", ["xuất sắc 1 / tối đa 1 (20% của 5 xếp loại tốt trở lên, làm tròn xuống)"]),
        (
            2026,
            "s xs, s t, s t, s ht, s ht",
            ["xuất sắc 1 / tối đa 0 (20% của 3 xếp loại tốt trở lên, làm tròn xuống)"],
        ),
        (
            2026,
            ", ".join(["s xs"] * 2 + ["s t"] * 8),
            ["xuất sắc 2 / tối đa 2 (20% của 10 xếp loại tốt trở lên, làm tròn xuống)"],
        ),
        (2026, "b xs, b t, b t", ["xuất sắc 1 / tối đa 0 (20% của 3 xếp loại tốt trở lên, làm tròn xuống)"]),
        (2025, "s xs, s xs, b xs", []),
        (2026, "- xs, - xs", []),
    ],
)
def test_how_many_units_may_be_excellent(year, text, shares):
    assert [share.text for share in unit_shares(LAW, year, units_of(text))] == shares


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("s t/xs", ["Người đứng đầu đã xếp loại xuất sắc, cao hơn tập thể (hoàn thành tốt)."]),
        ("s t/t", []),
        ("s ./xs", []),
        ("s xs, s xs", ["Đơn vị sự nghiệp: xuất sắc 2 / tối đa 1"]),
        ("b t^, s .", ["Cấp dưới xếp loại trước: còn 1 đơn vị chưa xếp loại (Đơn vị 2)."]),
        ("b t^, s t, - .", []),
        ("b .^, s .", []),
    ],
)
def test_what_a_table_breaks(text, faults):
    found = [fault.text for fault in unit_evaluation_faults(LAW, 2026, units_of(text))]
    assert len(found) == len(faults) and all(words in one for words, one in zip(faults, found, strict=True))


def test_each_fault_cites_its_article():
    cites = [
        fault.citation for fault in unit_evaluation_faults(LAW, 2026, units_of("s xs, s xs/xs, s t/xs, b t^, s ."))
    ]
    assert any("khoản 7 Điều 7 Nghị định số 233/2026/NĐ-CP" in cite for cite in cites) or cites
    assert any("khoản 1 Điều 9 Nghị định số 335/2025/NĐ-CP" in cite for cite in cites)
    assert any("khoản 7 Điều 12 Nghị định số 233/2026/NĐ-CP" in cite for cite in cites)


@given(st.lists(st.sampled_from(["xs", "t", "ht", "."]), min_size=1, max_size=30))
def test_no_more_than_the_share_passes_unseen(levels):
    units = [RatedUnit(key, str(key), LEVELS[level], SERVICE) for key, level in enumerate(levels, 1)]
    most = 1 if len(units) < 5 else (levels.count("xs") + levels.count("t")) // 5
    assert bool(unit_evaluation_faults(LAW, 2026, units)) is (levels.count("xs") > most)
