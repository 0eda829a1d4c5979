"""Paper -> one HTML page: letterhead, body, signature; marks, embedded images, style sheets.

This module escapes all text; the result has no script, no style attribute and no external URL.
"""

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from html import escape
from pathlib import Path

from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.blocks.letterhead import MOTTO, NATION, Letterhead, Signature
from emulation.documents.blocks.paper import Paper
from emulation.documents.blocks.text import punctuated_items
from emulation.documents.engines import layout
from emulation.documents.engines.html_blocks import (
    blocks_html,
    escaped_lines,
    escaped_text,
    ruled_lines_html,
    watermark_html,
)
from emulation.documents.engines.html_certificate import certificate_html
from emulation.documents.engines.images import ImageReader

STYLE_VERSION = layout.STYLE_VERSION
PAPER = '<article class="paper'
"""How the HTML of a paper begins."""
ONE_PAGE = f"{PAPER} one-page"
"""How the HTML of a paper begins whose text must fit one page."""
APPENDIX = '<section class="appendix kept"'
FIRST_APPENDIX = f'{APPENDIX} id="phu-luc"'
"""How the HTML of the first appendix of a paper begins."""
WIDE = ' data-page="wide"'
"""What follows that beginning in an appendix on landscape."""
FOOT_ID = "ky-ten"
"""The id of Nơi nhận and the signature."""
UNVERSIONED_STYLES = frozenset({"booklet", "planner"})
"""Style sheets of documents that are never frozen."""

_ASSET = re.compile(r'src="asset:([0-9a-f]{64})"')


def paper_html(sheet: AnyDocument) -> str:
    """The HTML of one paper, without <html> and style; this is what is frozen at issue."""
    if isinstance(sheet, Paper):
        return _paper(sheet)
    return certificate_html(sheet)


def marked_html(body: str, mark: str) -> str:
    """A frozen body with words across it ("ĐÃ HỦY BỎ"), as a draft has "DỰ THẢO"; the body itself without a mark."""
    if not mark:
        return body
    head, end, rest = body.partition(">")
    return f'{head}{end}<div class="watermark ended">{escape(mark)}</div>{rest}'


def html_page(bodies: Iterable[str], title: str, style_version: str = STYLE_VERSION) -> str:
    """A complete HTML page of one or more frozen bodies, with inline style."""
    return _page("".join(bodies), title, screen_stylesheet(style_version))


def contact_page(bodies: Iterable[str], title: str) -> str:
    """A complete HTML page with several giấy khen, small and next to each other, in the newest style."""
    return _page(f'<div class="contact">{"".join(bodies)}</div>', title, contact_stylesheet())


def _page(body: str, title: str, style: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{style}</style></head><body>{body}</body></html>"
    )


@cache
def screen_stylesheet(version: str) -> str:
    """The style of the paper and that of its display on a screen."""
    return stylesheet(version) + (Path(__file__).parent / "screen.css").read_text("utf-8")


@cache
def contact_stylesheet() -> str:
    """The style of `contact_page`."""
    return screen_stylesheet(STYLE_VERSION) + (Path(__file__).parent / "contact.css").read_text("utf-8")


@cache
def stylesheet(version: str = STYLE_VERSION) -> str:
    """The CSS of a style version. Column widths and font sizes are classes, so that papers need no style attribute."""
    name = f"{version}.css" if version in UNVERSIONED_STYLES else f"paper_{layout.STYLE_VERSIONS[version].sheet}.css"
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
        f'<div class="body pair">{blocks_html(paper.body)}</div>',
        _foot(paper),
        f'<p class="note aside">{escaped_lines(paper.note)}</p>' if paper.note else "",
        "</section>",
        *(_appendix(paper, place) for place in range(len(paper.appendices))),
    ]
    one_page = " one-page" if paper.one_page else ""
    return f'{PAPER}{one_page} status-{paper.status}">{"".join(parts)}</article>'


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
        return f'<p class="to one">Kính gửi: {escaped_text(addressees[0])}</p>'
    items = "".join(f'<p class="item">- {escaped_text(item)}</p>' for item in punctuated_items(addressees))
    return f'<div class="to many"><p>Kính gửi:</p>{items}</div>'


def _foot(paper: Paper) -> str:
    level, below = layout.split_recipients(paper)
    alone = len(paper.signatures) == 1
    together = "" if alone else " together"
    recipients = f'<div class="recipients{together}"><p>Nơi nhận:</p>{_recipient_list(level)}</div>' if level else ""
    left = f'<td class="left" rowspan="2">{recipients}</td>' if alone else ""
    css = "signature right" if alone else "signature half"
    posts = "".join(f'<td class="{css}">{_capacity(one)}</td>' for one in paper.signatures)
    names = "".join(f'<td class="{css} signer">{escape(one.name)}</td>' for one in paper.signatures)
    table = f'<table class="foot" id="{FOOT_ID}"><tr>{left}{posts}</tr><tr>{names}</tr></table>'
    rest = f'<div class="recipients rest together">{_recipient_list(below)}</div>' if below else ""
    return table + (rest if alone else recipients)


def _recipient_list(lines: tuple[str, ...]) -> str:
    return f"<ul>{''.join(f'<li>- {escaped_text(line)}</li>' for line in lines)}</ul>"


def _capacity(signature: Signature) -> str:
    note = f'<p class="hint">{escape(signature.note)}</p>' if signature.note else ""
    return "".join(f'<p class="capacity">{escape(line)}</p>' for line in signature.capacity) + note


def _appendix(paper: Paper, place: int) -> str:
    appendix = paper.appendices[place]
    label = f'<p class="label">{escape(appendix.label)}</p>' if appendix.label else ""
    titles = _appendix_title(appendix.title) + _appendix_title(appendix.subtitle)
    attached_to = ruled_lines_html("with", layout.attached_to_lines(paper.attached_to(appendix)))
    start = (APPENDIX if place else FIRST_APPENDIX) + (WIDE if appendix.wide else "")
    return f"{start}>{label}{titles}{attached_to}{blocks_html(appendix.body)}</section>"


def _appendix_title(text: str) -> str:
    return "".join(f'<p class="type">{escape(line)}</p>' for line in layout.subject_lines(text))
