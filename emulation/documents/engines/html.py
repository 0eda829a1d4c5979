"""Paper -> HTML. This module escapes all text; the result has no script, no style attribute and no external URL."""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import groupby
from pathlib import Path

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
from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.blocks.letterhead import MOTTO, NATION, Letterhead, Signature
from emulation.documents.blocks.metrics import balanced_lines
from emulation.documents.blocks.paper import Appendix, Paper, PaperStatus
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout
from emulation.documents.engines.images import ImageReader

STYLE_VERSION = "1"
"""Frozen with each issued paper; a new design is a new file paper_<n>.css, the old ones stay."""
UNVERSIONED_STYLES = frozenset({"booklet", "planner"})
"""Style sheets of documents that are never frozen."""

_ASSET = re.compile(r'src="asset:([0-9a-f]{64})"')


def paper_html(sheet: AnyDocument) -> str:
    """The HTML of one paper, without <html> and style; this is what is frozen at issue."""
    if isinstance(sheet, Paper):
        return _paper(sheet)
    from emulation.documents.engines.html_certificate import certificate_html

    return certificate_html(sheet)


def html_page(bodies: Iterable[str], title: str, style_version: str = STYLE_VERSION) -> str:
    """A complete HTML page of one or more frozen bodies, with inline style."""
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{screen_stylesheet(style_version)}</style></head><body>{''.join(bodies)}</body></html>"
    )


@cache
def screen_stylesheet(version: str) -> str:
    """The style of the paper and that of its display on a screen."""
    return stylesheet(version) + (Path(__file__).parent / "screen.css").read_text("utf-8")


@cache
def stylesheet(version: str = STYLE_VERSION) -> str:
    """The CSS of a style version. Column widths and font sizes are classes, so that papers need no style attribute."""
    name = f"{version}.css" if version in UNVERSIONED_STYLES else f"paper_{int(version)}.css"
    css = (Path(__file__).parent / name).read_text("utf-8")
    widths = "".join(f".w-{n}{{width:{n}%}}" for n in range(1, 101))
    return css + widths + "".join(f".pt-{n}{{font-size:{n}pt}}" for n in range(8, 49))


def embed_images(html: str, read: ImageReader) -> str:
    """Replaces the images that the frozen HTML names by hash with data URLs; a missing image stays blank."""

    def data_url(match: re.Match[str]) -> str:
        data = read(match[1])
        if data is None:
            return 'src="data:,"'
        return f'src="data:image/{image_subtype(data)};base64,{b64encode(data).decode()}"'

    return _ASSET.sub(data_url, html)


def image_subtype(data: bytes) -> str:
    """ "png" or "jpeg": stored images are one of the two."""
    return "png" if data.startswith(b"\x89PNG") else "jpeg"


# ── a paper ──────────────────────────────────────────────────────────────────────────────────────


def _paper(paper: Paper) -> str:
    head = paper.head
    parts = [
        watermark_html(paper.status),
        f'<section class="main">{_letterhead(head, paper)}',
        _type_and_subject(paper),
        _addressees(paper.addressees),
        _blocks(paper.body),
        _foot(paper),
        f'<p class="note">{escaped_lines(paper.note)}</p>' if paper.note else "",
        "</section>",
        *(_appendix(paper, appendix) for appendix in paper.appendices),
    ]
    return f'<article class="paper status-{paper.status}">{"".join(parts)}</article>'


def escaped_lines(text: str) -> str:
    """Escaped text; line breaks become <br>."""
    return escaped_text(text).replace("\n", "<br>")


def escaped_text(text: str) -> str:
    """Escaped text; the number and symbol of a paper ("03/TTr-HĐTĐKT") or a code "(b/c)" is kept on one line."""
    return layout.REFERENCE.sub(r'<span class="whole">\g<0></span>', escape(text))


def watermark_html(status: PaperStatus) -> str:
    return '<div class="watermark">DỰ THẢO</div>' if status is PaperStatus.draft else ""


def ruled_lines_html(css: str, broken: Iterable[str]) -> str:
    """Centred lines with a rule below, whose length depends on the longest line."""
    return f'<div class="ruled {css}"><span>{" <br>".join(escape(line) for line in broken)}</span></div>'


def _letterhead(head: Letterhead, paper: Paper) -> str:
    nation = f'<p class="nation">{NATION}</p>{ruled_lines_html("motto", (MOTTO,))}'
    date = f'<p class="place">{escape(head.date_line)}</p>' if head.date_line else ""
    if not head.issuer:
        return f'<div class="head alone">{nation}{date}</div>'
    parent = "".join(f'<p class="parent">{escape(line)}</p>' for line in layout.parent_lines(head))
    issuer = ruled_lines_html("issuer", layout.issuer_lines(head))
    number = f'<p class="number">{escape(head.number_line)}</p>' if head.number_line else ""
    about = ""
    if not paper.doc_type:
        about = f'<p class="about">{" <br>".join(map(escape, layout.official_letter_subject(paper.subject)))}</p>'
    return (
        f'<table class="head"><tr><td class="left">{parent}{issuer}</td><td class="right">{nation}</td></tr>'
        f'<tr><td class="left">{number}{about}</td><td class="right">{date}</td></tr></table>'
    )


def _type_and_subject(paper: Paper) -> str:
    if not paper.doc_type:
        return ""
    subject = ruled_lines_html("subject", layout.subject_lines(paper.subject)) if paper.subject else ""
    return f'<div class="name"><p class="type">{escape(paper.doc_type)}</p>{subject}</div>'


def _addressees(addressees: tuple[str, ...]) -> str:
    if not addressees:
        return ""
    if len(addressees) == 1:
        return f'<p class="to one">Kính gửi: {escape(addressees[0])}</p>'
    items = "".join(f'<p class="item">- {escaped_text(item)}</p>' for item in punctuated_items(addressees))
    return f'<div class="to many"><p>Kính gửi:</p>{items}</div>'


def _foot(paper: Paper) -> str:
    recipients = ""
    if paper.recipients:
        items = "".join(f"<li>- {escaped_text(line)}</li>" for line in paper.recipient_lines)
        recipients = f'<div class="recipients"><p>Nơi nhận:</p><ul>{items}</ul></div>'
    alone = len(paper.signatures) == 1
    left = f'<td class="left" rowspan="2">{recipients}</td>' if alone else ""
    css = "signature right" if alone else "signature half"
    posts = "".join(f'<td class="{css}">{_capacity(one)}</td>' for one in paper.signatures)
    names = "".join(f'<td class="{css} signer">{escape(one.name)}</td>' for one in paper.signatures)
    table = f'<table class="foot"><tr>{left}{posts}</tr><tr>{names}</tr></table>'
    return table if alone else table + recipients


def _capacity(signature: Signature) -> str:
    note = f'<p class="hint">{escape(signature.note)}</p>' if signature.note else ""
    return "".join(f'<p class="capacity">{escape(line)}</p>' for line in signature.capacity) + note


def _appendix(paper: Paper, appendix: Appendix) -> str:
    label = f'<p class="label">{escape(appendix.label)}</p>' if appendix.label else ""
    titles = _appendix_title(appendix.title) + _appendix_title(appendix.subtitle)
    attached_to = ruled_lines_html("with", layout.attached_to_lines(paper.attached_to(appendix)))
    return f'<section class="appendix">{label}{titles}{attached_to}{_blocks(appendix.body)}</section>'


def _appendix_title(text: str) -> str:
    lines = balanced_lines(text, layout.SUBJECT_EM, bold=True) if text else ()
    return "".join(f'<p class="type">{escape(line)}</p>' for line in lines)


# ── blocks ───────────────────────────────────────────────────────────────────────────────────────


def _blocks(blocks: tuple[Block, ...]) -> str:
    out: list[str] = []
    for kind, sequence in groupby(blocks, type):
        if kind is LegalBasisLine:
            texts = punctuated_items(tuple(block.text for block in sequence if isinstance(block, LegalBasisLine)))
            out.extend(f'<p class="para ground">{escaped_text(text)}</p>' for text in texts)
        else:
            out.extend(_block(block) for block in sequence)
    return "".join(out)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Article():
            return _article(block)
        case Clause():
            return _clause(block)
        case Point(_, text):
            return _paragraph_html(f"{block.label} {escaped_text(text)}")
        case Bullet(text):
            return _paragraph_html(f"- {escaped_text(text)}")
        case Heading():
            return _heading(block)
        case EnactingLine(text):
            return f'<p class="enact">{escaped_text(text)}</p>'
        case CenteredLine():
            return _centered_line(block)
        case KeyValue() | DottedLines():
            return _field(block)
        case Table():
            return _table(block)
    raise TypeError(f"no HTML for {type(block).__name__}")


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
        return _dotted_line(block.label) + _dotted_line() * (block.lines - 1)
    if block.value:
        return _paragraph_html(f"{escape(block.label)}: {escaped_lines(block.value)}")
    return _dotted_line(f"{block.label}:")


def _dotted_line(label: str = "") -> str:
    first = f"<span>{escape(label)}</span>" if label else ""
    return f'<p class="dots">{first}<span class="leader"></span></p>'


def _paragraph_html(html: str, css: str = "") -> str:
    return f'<p class="para{css}">{html}</p>'


def _paragraph(block: Paragraph) -> str:
    css = "".join(f" {name}" for name, on in (("bold", block.bold), ("italic", block.italic)) if on)
    css += "" if block.align is TextAlign.justify else f" {block.align}"
    first, *rest = block.text.split("\n")
    lead = f"<b>{escape(block.lead)}</b> " if block.lead else ""
    return _paragraph_html(lead + escaped_text(first), css) + _paragraphs([line for line in rest if line], css)


def _paragraphs(lines: Iterable[str], css: str = "") -> str:
    return "".join(_paragraph_html(escaped_text(line), css) for line in lines)


def _article(article: Article) -> str:
    title = f" {escape(article.title)}" if article.title else ""
    head = f"<b>Điều {article.number}.{title}</b> "
    first, *rest = article.text.split("\n")
    if article.title and article.text:  # the text begins on a new line
        return _paragraph_html(head, " keep") + _paragraphs((first, *rest))
    return _paragraph_html(head + escaped_text(first)) + _paragraphs(rest)


def _clause(clause: Clause) -> str:
    first, *rest = clause.text.split("\n")
    if not clause.title:
        return _paragraph_html(f"{clause.number}. {escaped_text(first)}") + _paragraphs(rest)
    head = _paragraph_html(f"<b>{clause.number}. {escape(clause.title)}</b>", " keep")
    return head + _paragraphs((first, *rest) if first else rest)


def _table(table: Table) -> str:
    count = len(table.columns) + table.numbered
    aligns = [TextAlign.center] * table.numbered + [column.align for column in table.columns]
    cols = "".join(f'<col class="w-{width}">' for width in table.widths)
    titles = ["STT"] * table.numbered + [column.title for column in table.columns]
    head = "".join(f"<th>{escaped_lines(title)}</th>" for title in titles)
    rows = []
    serial = 0
    for row in table.rows:
        if isinstance(row, TableRowGroup):
            rows.append(f'<tr class="group"><td colspan="{count}">{escaped_lines(row.title)}</td></tr>')
            continue
        serial += 1
        cells = [str(serial)] * table.numbered + list(row)
        rows.append(f"<tr>{_cells(cells, aligns)}</tr>")
    if table.total:
        rows.append(_total(table, aligns))
    return f'<table class="grid"><colgroup>{cols}</colgroup><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _cells(texts: list[str], aligns: list[TextAlign]) -> str:
    pairs = zip(texts, aligns, strict=True)
    return "".join(f'<td class="{align}">{escaped_lines(text)}</td>' for text, align in pairs)


def _total(table: Table, aligns: list[TextAlign]) -> str:
    span, cells = layout.total_cells(table)
    rest = _cells(cells[1:], aligns[span:])
    return f'<tr class="total"><td class="center" colspan="{span}">{escaped_lines(cells[0])}</td>{rest}</tr>'
