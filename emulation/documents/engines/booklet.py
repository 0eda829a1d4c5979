"""Booklet -> HTML for WeasyPrint. All text is escaped here."""

from html import escape

from emulation.documents.blocks.booklet import Booklet, BookletEntry, BookletLine, BookletSection

BOOKLET_STYLE = "booklet"
"""The name of its style sheet: nothing of it is ever frozen, so it needs no versions."""


def booklet_html(booklet: Booklet) -> str:
    """The HTML of the booklet, without <html> and style."""
    about = "".join(f"<p>{escape(text)}</p>" for text in booklet.about)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in booklet.warnings)
    bundles = "".join(map(_section, booklet.bundles))
    end = f'<p class="end">{escape(booklet.end)}</p>' if booklet.end else ""
    return (
        f'<header><p class="owner">{escape(booklet.owner)}</p><h1>{escape(booklet.title)}</h1>'
        f'<p class="since">{escape(booklet.since)}</p>'
        f'<div class="about">{about}</div></header>{warnings}{bundles}{end}'
    )


def _section(bundle: BookletSection) -> str:
    about = f'<p class="of-all">{escape(bundle.about)}</p>' if bundle.about else ""
    return f"<h2>{escape(bundle.title)}</h2>{about}{''.join(map(_entry, bundle.leaves))}"


def _entry(leaf: BookletEntry) -> str:
    beside = f" <small>{escape(leaf.beside)}</small>" if leaf.beside else ""
    return f"<section><h3>{escape(leaf.title)}{beside}</h3>{''.join(map(_line, leaf.lines))}</section>"


def _line(line: BookletLine) -> str:
    mark = f' <b class="mark">{escape(line.mark)}</b>' if line.mark else ""
    cited = f" <i>[{escape(line.cited)}]</i>" if line.cited else ""
    return f"<p><b>{escape(line.label)}:</b> {escape(_sentence(line.says))}{cited}{mark}</p>"


def _sentence(parts: tuple[str, ...]) -> str:
    """The parts in one line, ";" between them, unless one leads the next in with a colon."""
    said = ""
    for part in parts:
        said = f"{said} {part}" if said.endswith(":") else f"{said.rstrip(' ;.')}; {part}" if said else part
    return said
