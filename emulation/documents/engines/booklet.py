"""Booklet (leaflet of the catalogue) -> HTML for WeasyPrint. This module escapes all text."""

from html import escape

from emulation.documents.blocks.booklet import Booklet, BookletEntry, BookletLine, BookletSection

BOOKLET_STYLE = "booklet"
"""The name of its style sheet; without versions, because booklets are never frozen."""


def booklet_html(booklet: Booklet) -> str:
    """The HTML of the booklet, without <html> and style."""
    about = "".join(f"<p>{escape(text)}</p>" for text in booklet.about)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in booklet.warnings)
    sections = "".join(map(_section, booklet.bundles))
    end = f'<p class="end">{escape(booklet.end)}</p>' if booklet.end else ""
    return (
        f'<header><p class="owner">{escape(booklet.owner)}</p><h1>{escape(booklet.title)}</h1>'
        f'<p class="since">{escape(booklet.since)}</p>'
        f'<div class="about">{about}</div></header>{warnings}{sections}{end}'
    )


def _section(section: BookletSection) -> str:
    about = f'<p class="of-all">{escape(section.about)}</p>' if section.about else ""
    return f"<h2>{escape(section.title)}</h2>{about}{''.join(map(_entry, section.leaves))}"


def _entry(entry: BookletEntry) -> str:
    note = f" <small>{escape(entry.note)}</small>" if entry.note else ""
    return f"<section><h3>{escape(entry.title)}{note}</h3>{''.join(map(_line, entry.lines))}</section>"


def _line(line: BookletLine) -> str:
    mark = f' <b class="mark">{escape(line.mark)}</b>' if line.mark else ""
    cited = f" <i>[{escape(line.cited)}]</i>" if line.cited else ""
    return f"<p><b>{escape(line.label)}:</b> {escape(_sentence(line.says))}{cited}{mark}</p>"


def _sentence(parts: tuple[str, ...]) -> str:
    """The parts on one line, separated by ";", or by a space after a colon."""
    sentence = ""
    for part in parts:
        if not sentence:
            sentence = part
        elif sentence.endswith(":"):
            sentence = f"{sentence} {part}"
        else:
            sentence = f"{sentence.rstrip(' ;.')}; {part}"
    return sentence
