"""Measures a PDF against Phụ lục I NĐ 30/2020/NĐ-CP: `measure_pages(pdf)` and `layout_faults(pdf)`.

Texts are read with `pdftohtml -xml` (poppler), rules from the content streams (pikepdf). All lengths in millimetres.
"""

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pikepdf

from emulation.documents.letterheads import DEMO_NOTE

MM = 25.4 / 72
ZOOM = 3  # the maximum of pdftohtml
POSTS = {"CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "THƯ KÝ", "NGƯỜI BÁO CÁO", "HIỆU TRƯỞNG", "TRƯỞNG THÔN"}
"""First lines of signatures."""
Want = Callable[[bool, str], None]  # adds the text to the faults unless the condition is true


@dataclass
class PdfText:
    """A piece of text on one line: position from the upper left corner, font size in points, font."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str

    @property
    def bold(self) -> bool:
        return "Bold" in self.font

    @property
    def italic(self) -> bool:
        return "Italic" in self.font


@dataclass
class PdfRule:
    """A horizontal line."""

    left: float
    right: float
    y: float

    @property
    def length(self) -> float:
        return self.right - self.left


@dataclass
class PageMeasure:
    width: float
    height: float
    texts: list[PdfText] = field(default_factory=list)
    rules: list[PdfRule] = field(default_factory=list)

    def find(self, words: str) -> PdfText:
        """The first text that contains the words."""
        for text in self.texts:
            if words in text.text:
                return text
        raise AssertionError(f"{words!r} not on the page: {[text.text for text in self.texts]}")

    def lines(self) -> list[PdfText]:
        """The lines, with their pieces joined (a bold "Điều 1." and the text after it)."""
        joined: list[PdfText] = []
        for piece in sorted(self.texts, key=lambda one: (round(one.bottom), one.left)):
            last = joined[-1] if joined else None
            if last and abs(last.bottom - piece.bottom) < 1 and piece.left - last.right < 4:
                joined[-1] = PdfText(
                    last.text + piece.text, last.left, last.top, piece.right, last.bottom, last.size, last.font
                )
            else:
                joined.append(piece)
        return joined

    def rule_under(self, text: PdfText, within: float = 4) -> PdfRule:
        """The line drawn directly below a text."""
        for rule in self.rules:
            if -1 < rule.y - text.bottom < within and rule.left < text.right and rule.right > text.left:
                return rule
        raise AssertionError(f"no rule under {text.text!r} (bottom {text.bottom:.1f}): {self.rules}")


def measure_pages(pdf: bytes) -> list[PageMeasure]:
    """The texts and rules of each page."""
    pages = _texts(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        for page, measured in zip(document.pages, pages, strict=True):
            measured.rules = _rules(page, measured.height)
    return pages


def embedded_fonts(pdf: bytes) -> dict[str, bool]:
    """Font name (without subset prefix) -> embedded."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        listing = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    fonts = {}
    for row in listing.splitlines()[2:]:
        fonts[row.split()[0].split("+")[-1]] = row.split()[-5] == "yes"
    return fonts


def _texts(pdf: bytes) -> list[PageMeasure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftohtml", "-xml", "-stdout", "-i", "-hidden", "-fontfullname", "-zoom", str(ZOOM), str(path)]
        xml = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", xml))
    fonts: dict[str, tuple[float, str]] = {}
    pages = []
    for page in root.iter("page"):
        scale = MM / ZOOM
        measured = PageMeasure(float(page.get("width")) * scale, float(page.get("height")) * scale)
        for spec in page.iter("fontspec"):
            fonts[spec.get("id")] = (float(spec.get("size")) / ZOOM, spec.get("family").split("+")[-1])
        for node in page.iter("text"):
            text = re.sub(" +", " ", "".join(node.itertext()))  # justified lines have several spaces
            if not text.strip():
                continue
            left, top, width, height = (float(node.get(name)) * scale for name in ("left", "top", "width", "height"))
            size, font = fonts[node.get("font")]
            measured.texts.append(PdfText(text, left, top, left + width, top + height, size, font))
        pages.append(measured)
    return pages


def _rules(page: pikepdf.Page, height: float) -> list[PdfRule]:
    """Filled flat rectangles and straight strokes."""
    rules: list[PdfRule] = []
    stack: list[pikepdf.Matrix] = []
    matrix = pikepdf.Matrix()
    path: list[tuple[float, float]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif name in ("re", "m", "l"):
            path += [matrix.transform(point) for point in _points(name, operands)]
        elif name in ("f", "f*", "S", "B"):
            rules += _flat_rules(path, height)
            path = []
        elif name == "n":
            path = []
    return sorted(rules, key=lambda rule: rule.y)


def _points(name: str, operands) -> list[tuple[float, float]]:
    """The corners of a rectangle, or the point of a line."""
    if name == "re":
        x, y, width, height = map(float, operands)
        return [(x, y), (x + width, y + height)]
    return [tuple(map(float, operands))]


def _flat_rules(path: list[tuple[float, float]], height: float) -> list[PdfRule]:
    """The path as a rule, if it is flat and longer than 2 mm."""
    if not path:
        return []
    xs = [x * MM for x, _ in path]
    ys = [height - y * MM for _, y in path]
    if max(ys) - min(ys) >= 0.6 or max(xs) - min(xs) <= 2:
        return []
    return [PdfRule(min(xs), max(xs), sum(ys) / len(ys))]


# ── the decree ───────────────────────────────────────────────────────────────────────────────────


def layout_faults(pdf: bytes, *, numbered: bool = True, named: bool = True) -> list[str]:
    """How a portrait paper deviates from the decree; empty if it does not."""
    pages = measure_pages(pdf)
    faults: list[str] = []

    def want(ok: bool, what: str) -> None:
        if not ok:
            faults.append(what)

    embedded = embedded_fonts(pdf)
    want(all(name.startswith("Tinos") for name in embedded), f"fonts {sorted(embedded)}")
    want(all(embedded.values()), "a font is not embedded")
    for place, page in enumerate(pages, start=1):
        _check_page(page, f"page {place}", want)
    _check_nation_and_motto(pages[0], want)
    day = _place_and_day(pages[0])
    if day:
        want(_has_font(day, (13, 14), italic=True), "place and day 13-14 italic")
    if numbered:
        _check_number_and_issuer(pages[0], day, want)
    if named:
        _check_type_and_subject(pages[0], want)
    else:
        want(_has_font(pages[0].find("V/v"), (12, 13)), "V/v 12-13 upright")
    return faults


def _visible_right(text: PdfText) -> float:
    """The right end of the text without a space at the end of the line, which hangs out of the margin."""
    hanging = len(text.text) - len(text.text.rstrip())
    return text.right - hanging * 0.25 * text.size * MM


# Least margins in mm of an upright page by the decree; of an appendix on landscape, of which it gives none, ours.
UPRIGHT = {"left": 29.5, "right": 14.5, "top": 19, "bottom": 19}
TURNED = {"left": 19, "right": 14.5, "top": 19, "bottom": 14.5}


def _check_page(page: PageMeasure, name: str, want: Want) -> None:
    """Size, margins and font sizes; the first page is never turned."""
    size = (round(page.width), round(page.height))
    turned = size == (297, 210) and name != "page 1"
    want(turned or size == (210, 297), f"{name}: size {size}")
    body = [text for text in page.texts if _is_running_text(text)]
    margins = _margins(page, body)
    for side, least in (TURNED if turned else UPRIGHT).items():
        want(margins[side] >= least, f"{name}: {side} margin {margins[side]:.1f}")
    sizes = {round(text.size) for text in body}
    want(sizes <= {11, 12, 13, 14}, f"{name}: sizes {sorted(sizes)}")


def _margins(page: PageMeasure, body: list[PdfText]) -> dict[str, float]:
    """From the edges of the page to its running text, in mm."""
    return {
        "left": min(text.left for text in body),
        "right": page.width - max(map(_visible_right, body)),
        "top": min(text.top for text in body),
        "bottom": page.height - max(text.bottom for text in body),
    }


def _check_nation_and_motto(page: PageMeasure, want: Want) -> None:
    nation = page.find("CỘNG HÒA XÃ HỘI")
    motto = page.find("Độc lập - Tự do - Hạnh phúc")
    want(nation.text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu is broken")
    want(_has_font(nation, (12, 13), bold=True), "Quốc hiệu 12-13 bold upright")
    want(_has_font(motto, (13, 14), bold=True), "Tiêu ngữ 13-14 bold upright")
    rule = page.rule_under(motto)
    want(abs(rule.length - (motto.right - motto.left)) < 1.5, f"rule under Tiêu ngữ {rule.length:.1f}")
    want(abs(_middle(nation) - _middle(motto)) < 1, "Tiêu ngữ not centred under Quốc hiệu")


def _place_and_day(page: PageMeasure) -> PdfText | None:
    found = (text for text in page.texts if text.top < 90 and re.search(r"\w, ngày .*tháng .*năm", text.text))
    return next(found, None)


def _check_number_and_issuer(page: PageMeasure, day: PdfText | None, want: Want) -> None:
    number = page.find("Số:")
    want(_has_font(number, (13,)), "number 13 upright")
    want(day is not None and abs(day.bottom - number.bottom) < 2.5, "number and day not on one line")
    issuer = [text for text in page.texts if text.bold and text.right < 100 and text.top < number.top]
    lowest = max(issuer, key=lambda text: text.top)
    want(12 <= round(lowest.size) <= 13, "issuer 12-13 bold")
    share = page.rule_under(lowest).length / _widest(issuer)
    want(1 / 3 <= share <= 1 / 2, f"rule under issuer {share:.2f} of the text")


def _headings(page: PageMeasure) -> list[PdfText]:
    """Bold text of 13-14 points below the letterhead: the type name and the subject come first."""
    motto = page.find("Độc lập - Tự do - Hạnh phúc")
    return [text for text in page.texts if text.top > motto.bottom + 8 and text.bold and round(text.size) in (13, 14)]


def _check_type_and_subject(page: PageMeasure, want: Want) -> None:
    heads = _headings(page)
    doc_type = heads[0]
    want(doc_type.text.isupper() and _is_centred(doc_type), "tên loại in capitals, centred")
    rules = [rule for rule in page.rules if rule.y > doc_type.bottom and rule.length < 90]
    end = rules[0].y if rules else 0
    subject = [text for text in heads if doc_type.top < text.top < end]
    want(bool(subject), "trích yếu without a rule")
    if subject:
        share = rules[0].length / _widest(subject)
        want(1 / 3 <= share <= 1 / 2, f"rule under trích yếu {share:.2f} of the line")


def page_numbers(pdf: bytes) -> list[str]:
    """The number in the top margin of each page, "" if there is none; checks that it is centred, 13-14 upright."""
    numbers = []
    for page in measure_pages(pdf):
        found = [text for text in page.texts if _is_page_number(text)]
        for text in found:
            assert _is_centred(text), "page number not in the middle"
            assert _has_font(text, (13, 14))
        numbers.append(found[0].text.strip() if found else "")
    return numbers


def _is_page_number(text: PdfText) -> bool:
    return text.bottom < 20 and text.text.strip().isdecimal()


def _is_note(text: PdfText) -> bool:
    """The small print at the end, which may stand in the margin of a full page."""
    return DEMO_NOTE in text.text


def sparse_pages(pdf: bytes) -> list[str]:
    """Pages after the first that carry almost nothing: fewer than five lines, or a signature with fewer than two above it."""
    pages = enumerate(measure_pages(pdf)[1:], start=2)
    return [f"page {place}" for place, page in pages if _is_sparse(page)]


def _is_sparse(page: PageMeasure) -> bool:
    texts = [text for text in page.texts if _is_running_text(text)]
    tops = [text.top for text in texts if text.bold and text.text.strip() in POSTS]
    above = _count_lines(text for text in texts if tops and text.bottom < min(tops) + 1)
    return _count_lines(texts) < 5 or bool(tops and above < 2)


def _is_running_text(text: PdfText) -> bool:
    """Neither the page number, nor the small print, nor the mark across the page."""
    return text.size < 20 and not _is_page_number(text) and not _is_note(text)


def _count_lines(texts: Iterable[PdfText]) -> int:
    return len({round(text.bottom) for text in texts})


def _has_font(text: PdfText, sizes: tuple[int, ...], *, bold: bool = False, italic: bool = False) -> bool:
    return round(text.size) in sizes and (text.bold, text.italic) == (bold, italic)


def _is_centred(text: PdfText) -> bool:
    return abs(_middle(text) - (30 + 195) / 2) < 1.5


def _widest(texts: list[PdfText]) -> float:
    return max(text.right - text.left for text in texts)


def _middle(text: PdfText) -> float:
    return (text.left + text.right) / 2
