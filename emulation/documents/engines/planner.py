"""Planner -> HTML for WeasyPrint. All text is escaped here."""

from html import escape

from emulation.documents.blocks.planner import MonthPlanner, PlannerDay
from emulation.documents.engines import merge, pdf

PLANNER_STYLE = "planner"
"""The name of its style sheet: nothing of it is ever frozen, so it needs no versions."""


DENSITIES = ("loose", "close", "dense")


def planner_pdf(planner: MonthPlanner) -> bytes:
    """The PDF of the month on one page, set closer the more is in it; what runs over even so has a second page."""
    data = b""
    for setting in DENSITIES:
        data = pdf.render_pdf([planner_html(planner, setting)], planner.title, PLANNER_STYLE)
        if merge.pdf_page_count(data) == 1:
            break
    return data


def planner_html(planner: MonthPlanner, setting: str = "loose") -> str:
    """The HTML of the month in one of the SETTINGS, without <html> and style."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in planner.heads)
    weeks = "".join(f"<tr>{''.join(map(_day, week))}</tr>" for week in planner.weeks)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in planner.warnings)
    end = f'<p class="end">{escape(planner.end)}</p>' if planner.end else ""
    return (
        f'<div class="{setting}"><header><p class="owner">{escape(planner.owner)}</p><h1>{escape(planner.title)}</h1>'
        f'<p class="about">{escape(planner.about)}</p></header>{warnings}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>{end}</div>"
    )


def _day(box: PlannerDay) -> str:
    if not box.number:
        return '<td class="none"></td>'
    word = f" <small>{escape(box.word)}</small>" if box.word else ""
    lines = "".join(
        f"<p{' class=done' if done else ''}>{'✓' if done else '•'} {escape(text)}</p>" for text, done in box.lines
    )
    return f'<td class="{escape(box.mark)}"><div class="day"><b>{escape(box.number)}</b>{word}</div>{lines}</td>'
