"""Planner -> HTML for WeasyPrint. All text is escaped here."""

from html import escape

from emulation.documents.blocks.planner import DayBox, Planner
from emulation.documents.engines import merge, pdf

STYLE = "planner"
"""The name of its style sheet: nothing of it is ever frozen, so it needs no versions."""


SETTINGS = ("loose", "close", "dense")


def one_sheet(planner: Planner) -> bytes:
    """The PDF of the month on one page, set closer the more is in it; what runs over even so has a second page."""
    data = b""
    for setting in SETTINGS:
        data = pdf.render([body(planner, setting)], planner.title, STYLE)
        if merge.pages(data) == 1:
            break
    return data


def body(planner: Planner, setting: str = "loose") -> str:
    """The HTML of the month in one of the SETTINGS, without <html> and style."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in planner.heads)
    weeks = "".join(f"<tr>{''.join(map(_box, week))}</tr>" for week in planner.weeks)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in planner.warnings)
    end = f'<p class="end">{escape(planner.end)}</p>' if planner.end else ""
    return (
        f'<div class="{setting}"><header><p class="owner">{escape(planner.owner)}</p><h1>{escape(planner.title)}</h1>'
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
