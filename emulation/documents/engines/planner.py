"""Month planner -> HTML for WeasyPrint. This module escapes all text."""

from html import escape

from emulation.documents.blocks.planner import MonthPlanner, PlannerDay
from emulation.documents.engines import merge, pdf

PLANNER_STYLE = "planner"
"""The name of its style sheet; without versions, because planners are never frozen."""
DENSITIES = ("loose", "close", "dense")
"""CSS classes, from the most to the least spacing."""


def planner_pdf(planner: MonthPlanner) -> bytes:
    """The PDF of the month, in the loosest density that fits on one page; the densest one may need a second page."""
    data = b""
    for density in DENSITIES:
        data = pdf.render_pdf([planner_html(planner, density)], planner.title, PLANNER_STYLE)
        if merge.pdf_page_count(data) == 1:
            break
    return data


def planner_html(planner: MonthPlanner, density: str = "loose") -> str:
    """The HTML of the month in one of the DENSITIES, without <html> and style."""
    heads = "".join(f"<th>{escape(head)}</th>" for head in planner.heads)
    weeks = "".join(f"<tr>{''.join(map(_day, week))}</tr>" for week in planner.weeks)
    warnings = "".join(f'<p class="warning">{escape(text)}</p>' for text in planner.warnings)
    end = f'<p class="end">{escape(planner.end)}</p>' if planner.end else ""
    return (
        f'<div class="{density}"><header><p class="owner">{escape(planner.owner)}</p><h1>{escape(planner.title)}</h1>'
        f'<p class="about">{escape(planner.about)}</p></header>{warnings}'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table>{end}</div>"
    )


def _day(day: PlannerDay) -> str:
    if not day.number:
        return '<td class="none"></td>'
    word = f" <small>{escape(day.word)}</small>" if day.word else ""
    lines = "".join(_event(text, done) for text, done in day.lines)
    return f'<td class="{escape(day.mark)}"><div class="day"><b>{escape(day.number)}</b>{word}</div>{lines}</td>'


def _event(text: str, done: bool) -> str:
    return f"<p class=done>✓ {escape(text)}</p>" if done else f"<p>• {escape(text)}</p>"
