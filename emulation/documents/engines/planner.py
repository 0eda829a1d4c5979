"""Planner -> HTML for WeasyPrint. All text is escaped here."""

from html import escape

from emulation.documents.blocks.planner import DayBox, Planner
from emulation.documents.engines import merge, pdf

STYLE = "planner"
"""The name of its style sheet: nothing of it is ever frozen, so it needs no versions."""


def one_sheet(planner: Planner) -> bytes:
    """The PDF of the month on one page: set closer when it would run over; whatever then still runs over has a second."""
    loose = pdf.render([body(planner)], planner.title, STYLE)
    return loose if merge.pages(loose) == 1 else pdf.render([body(planner, dense=True)], planner.title, STYLE)


def body(planner: Planner, *, dense: bool = False) -> str:
    """The HTML of the month, without <html> and style."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in planner.heads)
    weeks = "".join(f"<tr>{''.join(map(_box, week))}</tr>" for week in planner.weeks)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in planner.warnings)
    end = f'<p class="end">{escape(planner.end)}</p>' if planner.end else ""
    return (
        f'<div class="{"dense" if dense else "loose"}"><header><p class="owner">{escape(planner.owner)}</p><h1>{escape(planner.title)}</h1>'
        f'<p class="about">{escape(planner.about)}</p></header>{warnings}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>{end}</div>"
    )


def _box(box: DayBox) -> str:
    if not box.number:
        return '<td class="none"></td>'
    word = f" <small>{escape(box.word)}</small>" if box.word else ""
    lines = "".join(
        f"<p{' class=done' if done else ''}>{'✓' if done else '•'} {escape(text)}</p>" for text, done in box.lines
    )
    return f'<td class="{escape(box.mark)}"><div class="day"><b>{escape(box.number)}</b>{word}</div>{lines}</td>'
