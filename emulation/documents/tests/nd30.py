"""Measures a finished PDF against Phụ lục I NĐ 30/2020/NĐ-CP: `measure(pdf)` gives pages, `faults(pdf)` what is wrong.

Texts come from `pdftohtml -xml` (poppler), rules from the content streams (pikepdf). All lengths in millimetres.
"""

import re
import subprocess
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pikepdf

MM = 25.4 / 72
ZOOM = 3  # the most that pdftohtml knows


@dataclass
class PdfText:
    """One piece of text on a line: place from the upper left corner, size in points, its font."""

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
        """Pieces of one line put together (a bold "Điều 1." and the text after it)."""
        out: list[PdfText] = []
        for piece in sorted(self.texts, key=lambda one: (round(one.bottom), one.left)):
            last = out[-1] if out else None
            if last and abs(last.bottom - piece.bottom) < 1 and piece.left - last.right < 4:
                out[-1] = PdfText(
                    last.text + piece.text, last.left, last.top, piece.right, last.bottom, last.size, last.font
                )
            else:
                out.append(piece)
        return out

    def rule_under(self, text: PdfText, within: float = 4) -> PdfRule:
        """The line drawn just under a text."""
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
    out = {}
    for row in listing.splitlines()[2:]:
        out[row.split()[0].split("+")[-1]] = row.split()[-5] == "yes"
    return out


def _texts(pdf: bytes) -> list[PageMeasure]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        command = ["pdftohtml", "-xml", "-stdout", "-i", "-hidden", "-fontfullname", "-zoom", str(ZOOM), str(path)]
        xml = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    root = ElementTree.fromstring(re.sub(r"<!DOCTYPE[^>]*>", "", xml))
    known: dict[str, tuple[float, str]] = {}
    pages = []
    for page in root.iter("page"):
        scale = MM / ZOOM
        measured = PageMeasure(float(page.get("width")) * scale, float(page.get("height")) * scale)
        for spec in page.iter("fontspec"):
            known[spec.get("id")] = (float(spec.get("size")) / ZOOM, spec.get("family").split("+")[-1])
        for node in page.iter("text"):
            text = re.sub(" +", " ", "".join(node.itertext()))  # justified lines come with wide spaces
            if not text.strip():
                continue
            left, top, width, height = (float(node.get(name)) * scale for name in ("left", "top", "width", "height"))
            size, font = known[node.get("font")]
            measured.texts.append(PdfText(text, left, top, left + width, top + height, size, font))
        pages.append(measured)
    return pages


def _rules(page: pikepdf.Page, height: float) -> list[PdfRule]:
    """Flat rectangles that are filled, and straight strokes."""
    stack, matrix, out, path = [], pikepdf.Matrix(), [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif name == "re":
            x, y, width, tall = map(float, operands)
            path += [matrix.transform((x, y)), matrix.transform((x + width, y + tall))]
        elif name in ("m", "l"):
            path.append(matrix.transform(tuple(map(float, operands))))
        elif name in ("f", "f*", "S", "n", "W", "B"):
            if path and name in ("f", "f*", "S", "B"):
                xs, ys = [p[0] * MM for p in path], [height - p[1] * MM for p in path]
                if max(ys) - min(ys) < 0.6 and max(xs) - min(xs) > 2:
                    out.append(PdfRule(min(xs), max(xs), sum(ys) / len(ys)))
            path = [] if name != "W" else path
    return sorted(out, key=lambda rule: rule.y)


# ── the decree ───────────────────────────────────────────────────────────────────────────────────


def layout_faults(pdf: bytes, *, numbered: bool = True, named: bool = True) -> list[str]:
    """What in a portrait paper is not to the decree; empty for a good paper."""
    pages, out = measure_pages(pdf), []

    def want(ok: bool, what: str) -> None:
        if not ok:
            out.append(what)

    embedded = embedded_fonts(pdf)
    want(all(name.startswith("Tinos") for name in embedded), f"fonts {sorted(embedded)}")
    want(all(embedded.values()), "a font is not embedded")
    for place, page in enumerate(pages, start=1):
        want(
            (round(page.width), round(page.height)) == (210, 297),
            f"page {place}: size {page.width:.0f} x {page.height:.0f}",
        )
        body = [text for text in page.texts if not _page_number(text) and text.size < 20]
        want(
            min(text.left for text in body) >= 29.5, f"page {place}: left margin {min(text.left for text in body):.1f}"
        )
        want(page.width - max(text.right for text in body) >= 14.5, f"page {place}: right margin")
        want(min(text.top for text in body) >= 19, f"page {place}: top margin")
        want(page.height - max(text.bottom for text in body) >= 19, f"page {place}: bottom margin")
        want(
            {round(text.size) for text in body} <= {11, 12, 13, 14},
            f"page {place}: sizes {sorted({t.size for t in body})}",
        )
    _head(pages[0], want, numbered=numbered, named=named)
    return out


def _head(page, want, *, numbered: bool, named: bool) -> None:
    nation, motto = page.find("CỘNG HÒA XÃ HỘI"), page.find("Độc lập - Tự do - Hạnh phúc")
    want(nation.text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Quốc hiệu is broken")
    want(12 <= round(nation.size) <= 13 and nation.bold and not nation.italic, "Quốc hiệu 12-13 bold upright")
    want(13 <= round(motto.size) <= 14 and motto.bold and not motto.italic, "Tiêu ngữ 13-14 bold upright")
    rule = page.rule_under(motto)
    want(abs(rule.length - (motto.right - motto.left)) < 1.5, f"rule under Tiêu ngữ {rule.length:.1f}")
    want(abs(_middle(nation) - _middle(motto)) < 1, "Tiêu ngữ not centred under Quốc hiệu")
    day = next((text for text in page.texts if re.search(r"ngày .*tháng .*năm", text.text) and text.top < 90), None)
    if day:
        want(day.italic and not day.bold and 13 <= round(day.size) <= 14, "place and day 13-14 italic")
    if numbered:
        number = page.find("Số:")
        want(round(number.size) == 13 and not number.bold and not number.italic, "number 13 upright")
        want(day is not None and abs(day.bottom - number.bottom) < 2.5, "number and day not on one line")
        issuer = max((t for t in page.texts if t.bold and t.right < 100 and t.top < number.top), key=lambda t: t.top)
        widest = max(t.right - t.left for t in page.texts if t.bold and t.right < 100 and t.top < number.top)
        want(12 <= round(issuer.size) <= 13, "issuer 12-13 bold")
        share = page.rule_under(issuer).length / widest
        want(1 / 3 <= share <= 1 / 2, f"rule under issuer {share:.2f} of the text")
    if named:
        heads = [t for t in page.texts if t.bold and t.top > motto.bottom + 8 and round(t.size) in (13, 14)]
        want(heads[0].text.isupper() and abs(_middle(heads[0]) - (30 + 195) / 2) < 1.5, "tên loại in capitals, centred")
        ruled = [line for line in page.rules if line.y > heads[0].bottom and line.length < 90]
        subject = [t for t in heads if ruled and heads[0].top < t.top < ruled[0].y]
        if subject:
            share = ruled[0].length / max(t.right - t.left for t in subject)
            want(1 / 3 <= share <= 1 / 2, f"rule under trích yếu {share:.2f} of the line")
        else:
            want(False, "trích yếu without a rule")
    else:
        about = page.find("V/v")
        want(12 <= round(about.size) <= 13 and not about.bold and not about.italic, "V/v 12-13 upright")


def page_numbers(pdf: bytes) -> list[str]:
    """The number in the top margin of each page, "" where there is none; it stands in the middle, 13-14 upright."""
    out = []
    for page in measure_pages(pdf):
        found = [text for text in page.texts if _page_number(text)]
        for text in found:
            assert abs(_middle(text) - (30 + 195) / 2) < 1.5, "page number not in the middle"
            assert 13 <= round(text.size) <= 14 and not text.bold and not text.italic
        out.append(found[0].text.strip() if found else "")
    return out


def _page_number(text: PdfText) -> bool:
    return text.bottom < 20 and text.text.strip().isdecimal()


def _middle(text: PdfText) -> float:
    return (text.left + text.right) / 2
