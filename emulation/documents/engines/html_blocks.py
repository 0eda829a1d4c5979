"""Blocks of a body -> HTML. This module escapes all text."""

import re
from collections.abc import Callable, Iterable
from html import escape, unescape
from itertools import groupby
from math import inf
from typing import Any

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Article,
    Bullet,
    CenteredLine,
    Clause,
    DottedLines,
    EnactingLine,
    Heading,
    KeyValue,
    LegalBasisLine,
    Paragraph,
    Point,
    Table,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.chart import Bars
from emulation.documents.blocks.line_breaks import NBSP, TextParts
from emulation.documents.blocks.metrics import KEPT_SPACE
from emulation.documents.blocks.paper import PaperStatus
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout

_TAG = re.compile("<[^>]+>")
_ALIGNED = {str(align) for align in TextAlign if align is not TextAlign.justify}
_WHOLE = '<span class="whole">'
_KEPT = re.compile(f"{_WHOLE}(.*?)</span>")


def escaped_lines(text: str, limit: float = inf, bold: bool = True) -> str:
    """Escaped text; line breaks become <br>. `limit`: the width of the column in em, of `bold` letters or not."""
    return "<br>".join(escaped_text(line, limit, bold) for line in text.split("\n"))


def escaped_text(text: str, limit: float = inf, bold: bool = True) -> str:
    """Escaped text whose numbers with their units, references and terms stay on one line."""
    return _escaped_parts(layout.CURRENT.parts(text, limit, bold), in_cell=limit < inf)


def _justified_text(text: str, head: str = "") -> str:
    """The escaped text of a justified paragraph that begins with `head`."""
    return _escaped_parts(layout.justified_parts(text, head), in_cell=False)


def _escaped_parts(parts: TextParts, *, in_cell: bool) -> str:
    html = "".join(_whole(part, in_cell) if kept else escape(part) for part, kept in parts)
    # WeasyPrint breaks a text after its first word when the text fits the line and the space at its end does not.
    return html if in_cell else html.replace(f" {_WHOLE}", f"<span> </span>{_WHOLE}")


def _whole(part: str, in_cell: bool) -> str:
    """A part that stays on one line. Outside of cells its spaces must stretch with those of the line, as NBSP do not.

    In cells WeasyPrint breaks too early before an element, because cells may break anywhere (overflow-wrap).
    """
    if in_cell and not set(part) & set("/-–"):
        return escape(part.replace(" ", NBSP))
    return f"{_WHOLE}{escape(part)}</span>"


def blocks_html(blocks: tuple[Block, ...]) -> str:
    """The HTML of the blocks of a body."""
    out: list[str] = []
    introductions = layout.introductions(blocks)
    for kind, sequence in groupby(blocks, type):
        if kind is LegalBasisLine:
            texts = punctuated_items(tuple(block.text for block in sequence if isinstance(block, LegalBasisLine)))
            out.extend(_paragraph_html(escaped_text(text), " ground") for text in texts)
        else:
            out.extend(
                _kept_with_next(_block(block)) if block in introductions else _block(block) for block in sequence
            )
    return "".join(out)


def _kept_with_next(html: str) -> str:
    """The paragraphs, the last of them on the page of what follows."""
    before, opening, last = html.rpartition('<p class="para')
    return f"{before}{opening} keep{last}"


def _block(block: Block) -> str:
    if type(block) not in BLOCK_HTML:
        raise TypeError(f"no HTML for {type(block).__name__}")
    return BLOCK_HTML[type(block)](block)


def _point(block: Point) -> str:
    return _paragraph_html(f"{block.label} {escaped_text(block.text)}")


def _bullet(block: Bullet) -> str:
    return _paragraph_html(f"- {escaped_text(block.text)}")


def _enacting_line(block: EnactingLine) -> str:
    return f'<p class="enact">{escaped_text(block.text)}</p>'


def _bars(block: Bars) -> str:
    """One paragraph of two lines, which WeasyPrint keeps on one page."""
    return f'<p class="centered"><b>{escape(block.title)}</b><br>{block.chart.svg}</p>'


def _heading(block: Heading) -> str:
    gap = "<br>" if block.stacked else " "
    title = block.title if block.level == "number" else block.title.upper()
    return f'<p class="heading {block.level}">{escape(block.label)}{gap}{escaped_lines(title)}</p>'


def _centered_line(block: CenteredLine) -> str:
    bold = " bold" if block.bold else ""
    italic = " italic" if block.italic else ""
    return f'<p class="centered{bold}{italic}">{escaped_lines(block.text)}</p>'


def _field(block: KeyValue | DottedLines) -> str:
    if isinstance(block, DottedLines):
        lines = _dotted_line(block.label) + _dotted_line() * (block.lines - 1)
        return f'<div class="fill">{lines}</div>' if block.lines > 1 else lines
    if block.value:
        return _paragraph_html(f"{escaped_text(block.label)}: {escaped_lines(block.value)}")
    return _dotted_line(f"{block.label}:")


def _kept_text(html: str) -> str:
    """The text of the HTML, KEPT_SPACE where it does not break."""
    kept = _KEPT.sub(lambda whole: whole[1].replace(" ", KEPT_SPACE), html.replace("<br>", " "))
    return unescape(_TAG.sub("", kept))


def _dotted_line(label: str = "") -> str:
    first = f"<span>{escape(label)}</span>" if label else ""
    return f'<p class="dots">{first}<span class="leader"></span></p>'


def _paragraph_html(html: str, css: str = "") -> str:
    """A justified paragraph; flush left in the densities in which its lines would be stretched too much."""
    if not _ALIGNED & set(css.split()):
        loose = layout.loose_densities(_kept_text(html))
        css += "".join(f" loose-{number}" for number in loose)
    return f'<p class="para{css}">{html}</p>'


def _paragraph(block: Paragraph) -> str:
    css = "".join(f" {name}" for name, on in (("bold", block.bold), ("italic", block.italic)) if on)
    css += "" if block.align is TextAlign.justify else f" {block.align}"
    first, *rest = block.text.split("\n")
    lead = f"<b>{escaped_text(block.lead)}</b> " if block.lead else ""
    html = lead + _justified_text(first, f"{block.lead} " if block.lead else "")
    return _paragraph_html(html, css) + _paragraphs([line for line in rest if line], css)


def _paragraphs(lines: Iterable[str], css: str = "") -> str:
    return "".join(_paragraph_html(_justified_text(line), css) for line in lines)


def _article(article: Article) -> str:
    title = f" {escaped_text(article.title)}" if article.title else ""
    head = f"<b>Điều {article.number}.{title}</b> "
    first, *rest = article.text.split("\n")
    if article.title and article.text:  # the text begins on a new line
        return _paragraph_html(head, " keep") + _paragraphs((first, *rest))
    plain_head = f"Điều {article.number}. {article.title} ".replace("  ", " ")
    return _paragraph_html(head + _justified_text(first, plain_head)) + _paragraphs(rest)


def _clause(clause: Clause) -> str:
    first, *rest = clause.text.split("\n")
    if not clause.title:
        return _paragraph_html(f"{clause.number}. {_justified_text(first, f'{clause.number}. ')}") + _paragraphs(rest)
    head = _paragraph_html(f"<b>{clause.number}. {escaped_text(clause.title)}</b>", " keep")
    return head + _paragraphs((first, *rest) if first else rest)


def _table(table: Table) -> str:
    count = len(table.columns) + table.numbered
    aligns = [TextAlign.center] * table.numbered + [column.align for column in table.columns]
    widths = layout.column_widths(table)
    cols = "".join(f'<col class="w-{width}">' for width in widths)
    limits = layout.column_limits(widths)
    titles = ["STT"] * table.numbered + [column.title for column in table.columns]
    head = "".join(f"<th>{escaped_lines(*pair)}</th>" for pair in zip(titles, limits, strict=True))
    rows = []
    serial = 0
    for row in table.rows:
        if isinstance(row, TableRowGroup):
            rows.append(f'<tr class="group"><td colspan="{count}">{escaped_lines(row.title)}</td></tr>')
            continue
        serial += 1
        cells = [str(serial)] * table.numbered + list(row)
        rows.append(f"<tr>{_cells(cells, aligns, limits, bold=False)}</tr>")
    if table.total:
        rows = [*_before_total(rows), _total(table, aligns, limits)]
    return f'<table class="grid"><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _cells(texts: list[str], aligns: list[TextAlign], limits: list[float], bold: bool) -> str:
    cells = zip(texts, aligns, limits, strict=True)
    return "".join(f'<td class="{align}">{escaped_lines(text, limit, bold)}</td>' for text, align, limit in cells)


def _before_total(rows: list[str]) -> list[str]:
    """The rows, the last of which is on the page of the total."""
    return [*rows[:-1], *(row.replace("<tr>", '<tr class="before-total">', 1) for row in rows[-1:])]


def _total(table: Table, aligns: list[TextAlign], limits: list[float]) -> str:
    span, cells = layout.total_cells(table)
    rest = _cells(cells[1:], aligns[span:], limits[span:], bold=True)
    return f'<tr class="total"><td class="center" colspan="{span}">{escaped_lines(cells[0])}</td>{rest}</tr>'


def watermark_html(status: PaperStatus) -> str:
    return '<div class="watermark">DỰ THẢO</div>' if status is PaperStatus.draft else ""


def ruled_lines_html(css: str, broken: Iterable[str]) -> str:
    """Centred lines with a rule below, whose length depends on the longest line."""
    return f'<div class="ruled {css}"><span>{" <br>".join(escape(line) for line in broken)}</span></div>'


BLOCK_HTML: dict[type[Any], Callable[[Any], str]] = {
    Paragraph: _paragraph,
    Article: _article,
    Clause: _clause,
    Point: _point,
    Bullet: _bullet,
    Heading: _heading,
    EnactingLine: _enacting_line,
    CenteredLine: _centered_line,
    KeyValue: _field,
    DottedLines: _field,
    Table: _table,
    Bars: _bars,
}
