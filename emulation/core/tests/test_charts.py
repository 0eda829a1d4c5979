"""Charts: shapes in proportion from zero, every figure in words, all text escaped and inside the picture."""

import math
import re
from functools import partial
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulation.core.charts import svg
from emulation.core.charts.bars import Bar, BarChart
from emulation.core.charts.columns import HEIGHT, Column, ColumnChart
from emulation.core.charts.labelled_bars import LabelledBarChart
from emulation.core.charts.matrix import TICK, MatrixChart, MatrixMark, MatrixRow
from emulation.core.charts.progress import ProgressBar, ProgressChart
from emulation.core.formatting import format_vnd

YEAR = tuple((str(month), f"tháng {month}") for month in range(1, 13))
NS = "{http://www.w3.org/2000/svg}"
PLAIN = re.compile(r"[^\x00-\x1f\ud800-\udfff\ufffe\uffff]*")
labels = st.from_regex(PLAIN, fullmatch=True).filter(str.strip)
values = st.integers(0, 10**12)
MARKS = {
    "yes": MatrixMark(TICK, "Có", svg.WHITE, svg.GOOD, svg.GOOD),
    "no": MatrixMark("!", "Thiếu <b>", svg.BAD, "#fbe7e1", svg.BAD),
    "": MatrixMark("", "Không hỏi", svg.SOFT, svg.WHITE, "none"),
}


def drawn(chart) -> ElementTree.Element:
    """The image as XML: what was not escaped does not parse, or is an element of its own."""
    root = ElementTree.fromstring(chart.svg)
    allowed = {f"{NS}{tag}" for tag in ("svg", "title", "desc", "g", "rect", "text", "tspan", "path")}
    assert {element.tag for element in root.iter()} <= allowed
    assert not any("style" in element.attrib for element in root.iter())
    assert root.get("role") == "img" and root.find(f"{NS}desc").text == chart.description
    return root


def numbers_in(root: ElementTree.Element) -> list[str | None]:
    """The texts of the image."""
    return [element.text for element in root.iter() if element.tag in (f"{NS}text", f"{NS}tspan")]


several_bars = st.lists(st.builds(Bar, labels, values, values), min_size=1, max_size=8).map(tuple)


@given(several_bars)
def test_bars_are_proportional_and_inside_the_image(bars):
    chart = BarChart("k", "t", bars, ("nay", "trước"))
    figures = [*(bar.value for bar in bars), *(bar.before for bar in bars)]
    now, before = zip(*chart.lengths(), strict=True)
    for value, length in zip(figures, now + before, strict=True):
        assert length * max(figures) == pytest.approx(max(now + before) * value)
        assert length + 7 + svg.number_width(format_vnd(value)) <= svg.WIDTH


@given(several_bars, st.booleans())
def test_bars_are_named_with_their_numbers(bars, compares):
    bars = bars if compares else tuple(Bar(bar.label, bar.value) for bar in bars)
    chart = BarChart("k", "Tên <i> & “tên”", bars, ("nay", "trước"))
    root = drawn(chart)
    shown = numbers_in(root)
    for bar in bars:
        assert f"{bar.label}: {format_vnd(bar.value)}" in chart.description
        assert format_vnd(bar.value) in shown
        assert not compares or format_vnd(bar.before) in shown
    assert root.find(f"{NS}title").text == "Tên <i> & “tên”"


@given(st.lists(st.none() | values, min_size=1, max_size=12))
def test_columns_are_proportional_and_a_missing_one_is_no_zero(found):
    chart = ColumnChart("k", "t", tuple(Column(str(place), value) for place, value in enumerate(found)))
    largest = max(value or 0 for value in found)
    for value, height in zip(found, chart.heights(), strict=True):
        assert height * largest == pytest.approx(HEIGHT * (value or 0))
    root = drawn(chart)
    assert len(list(root.iter(f"{NS}rect"))) == sum(value is not None for value in found)
    assert [element.text for element in root.iter(f"{NS}text")].count(svg.NOT_YET) == found.count(None)
    assert chart.description.count("chưa có") == found.count(None)
    assert numbers_in(root).count(f"“{svg.NOT_YET}”: chưa có") == (None in found)  # the legend explains the sign


@given(st.lists(st.lists(st.sampled_from(["yes", "no", ""]), min_size=3, max_size=3), min_size=1, max_size=9), labels)
def test_a_matrix_has_every_cell_and_its_legend_the_sums(cells, label):
    rows = tuple(MatrixRow(label, tuple(codes)) for codes in cells)
    chart = MatrixChart("k", "t", (("1", "a"), ("2", "b"), ("3", "c")), rows, MARKS)
    counts = chart.counts()
    assert sum(counts.values()) == 3 * len(rows)
    root = drawn(chart)
    legend = [code for code in ("yes", "no") if counts[code]]
    assert len(list(root.iter(f"{NS}rect"))) == 3 * len(rows) + len(legend)
    shown = [element.text for element in root.iter(f"{NS}text")]
    for code in legend:
        assert f"{MARKS[code].meaning}: {counts[code]}" in shown
    # Never colour alone: a sign in every marked cell and in the legend.
    assert shown.count("!") == counts["no"] + bool(counts["no"]) + len(rows) * (label == "!")
    assert len(list(root.iter(f"{NS}path"))) == counts["yes"] + bool(counts["yes"])


@given(values, values, st.booleans())
def test_progress_is_drawn_on_a_scale_from_zero_with_the_goal(done, whole, is_goal):
    bar = ProgressBar("Việc & “việc”", done, whole, is_goal)
    chart = ProgressChart("k", "t", (bar,))
    length, end = chart.lengths(bar)
    assert max(length, end) <= svg.WIDTH - 4
    assert length * whole == pytest.approx(end * done)
    assert (length > end) == (done > whole)
    root = drawn(chart)
    assert len(list(root.iter(f"{NS}path"))) == is_goal
    assert chart.bars[0].in_words(format_vnd) in [element.text for element in root.iter(f"{NS}text")]
    assert ("%" in chart.description) == bool(whole)


def test_words_are_broken_and_numbers_are_written_the_vietnamese_way():
    long = "Trường Tiểu học và Trung học cơ sở xã Bình Lương, điểm trường thôn Sáu"
    texts = [element.text for element in drawn(BarChart("k", "t", (Bar(long, 1490000),))).iter(f"{NS}text")]
    assert texts[:2] == ["Trường Tiểu học và Trung học cơ sở xã Bình", "Lương, điểm trường thôn Sáu"]
    assert "1.490.000" in texts
    assert svg.wrapped("Thực hiện 01/QĐ-UBND", 110) == ["Thực hiện", "01/QĐ-UBND"]
    assert ProgressBar("x", 61, 70, is_goal=True).in_words(format_vnd) == "61 (87,1% chỉ tiêu 70)"


LONG_NAMES = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam xã Bình Lương và các tổ chức chính trị - xã hội của thôn Đồng Tâm, khu dân cư số 14",
    "01/UBND-VP Về việc triển khai thực hiện Chỉ thị số 04-CT/TU ngày 28 tháng 5 năm 2021 của Ban Thường vụ Tỉnh ủy về học và làm theo",
    "Đoàn TNCS Hồ Chí Minh xã Bình Lương",
)


@pytest.mark.parametrize("name", LONG_NAMES)
@pytest.mark.parametrize(
    "chart",
    [
        lambda name: BarChart("k", "t", (Bar(name, 3), Bar("Thôn 1", 2))),
        lambda name: BarChart("k", "t", (Bar(name, 0), Bar("Thôn 1", 2))),
        lambda name: BarChart("k", "t", (Bar(name, 3, 77777),), ("nay", "trước")),
        lambda name: LabelledBarChart("k", "t", (Bar(name, 3), Bar("Thôn 1", 2))),
        lambda name: ProgressChart("k", "t", (ProgressBar(name, 3, 4),)),
        lambda name: MatrixChart(
            "k", "t", YEAR, (MatrixRow(name, ("yes",) * 12), MatrixRow("Thôn 1", ("no",) * 12)), MARKS
        ),
        lambda name: MatrixChart("k", "t", YEAR[:4], (MatrixRow(name, ("yes",) * 4),), MARKS),
    ],
    ids=["bars", "zero", "compared", "of papers", "progress", "year", "quarters"],
)
def test_a_name_is_whole_and_above_what_comes_next(chart, name):
    groups = drawn(chart(name)).findall(f"{NS}g")
    first = next(filter(partial(begins_with, name), groups))
    lines = [text for text in texts_of(first) if text.text.strip() in name]
    assert " ".join(line.text.strip() for line in lines) == name
    heights = [float(line.get("y")) for line in lines]
    assert heights == sorted(set(heights))
    assert top_of(first) + heights[-1] < min(filter(top_of(first).__lt__, map(top_of, groups)), default=math.inf)


def begins_with(name: str, group: ElementTree.Element) -> bool:
    texts = texts_of(group)
    return bool(texts) and name.startswith(texts[0].text.strip())


def texts_of(group: ElementTree.Element) -> list[ElementTree.Element]:
    """Its lines of plain text, without numbers and signs, which are bold."""
    return [text for text in group.iter(f"{NS}text") if text.get("font-weight") != "600"]


def top_of(group: ElementTree.Element) -> float:
    return float(group.get("transform").removeprefix("translate(0 ").removesuffix(")"))


@pytest.mark.parametrize("mark", MARKS.values(), ids=lambda mark: mark.meaning)
def test_signs_have_contrast(mark):
    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted([luminance(mark.ink), luminance(mark.fill)])
    assert (light + 0.05) / (dark + 0.05) >= 4.5
