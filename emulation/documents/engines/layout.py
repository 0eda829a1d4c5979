"""Layout measures shared by the HTML and the Word engine, so that both give the same layout. Lengths in millimetres."""

import re

from emulation.documents.blocks.body import Table
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import Letterhead
from emulation.documents.blocks.metrics import balanced_lines, fitted_lines, text_width

TOP, RIGHT, BOTTOM, LEFT = 20, 15, 20, 30
TEXT_WIDTH = 210 - LEFT - RIGHT
LEFT_CELL = 0.41 * TEXT_WIDTH
RIGHT_CELL = TEXT_WIDTH - LEFT_CELL
BODY_PT, HEAD_PT, TABLE_PT = 14, 13, 13
INDENT = 12.7
RULE_SHARE = 0.42
"""Length of the rules below issuer and trích yếu, relative to the text; the decree requires 1/3 to 1/2."""

REFERENCE = re.compile(r"((?<!\S)\d+/[\w/.]*-[\w-]*|(?<!\S)\d+-[A-ZĐ][\w/.-]*|\(\w{1,2}/\w{1,2}\))")
"""Texts that must not be broken at the end of a line: "03/TTr-HĐTĐKT", "04-CT/TU", "(b/c)"."""
_DAY = re.compile(r"ngày \d+ tháng \d+ năm \d+")

MM_PER_PT = 25.4 / 72
SUBJECT_EM = 140 / (BODY_PT * MM_PER_PT)


def issuer_lines(head: Letterhead) -> tuple[str, ...]:
    return _lines_in_left_cell(head.issuer_lines, bold=True)


def parent_lines(head: Letterhead) -> tuple[str, ...]:
    return _lines_in_left_cell(head.parent_lines, bold=False) if head.parent else ()


def _lines_in_left_cell(parts: tuple[str, ...], bold: bool) -> tuple[str, ...]:
    limit = (LEFT_CELL - 3) / (HEAD_PT * MM_PER_PT)
    return balanced_lines("\n".join(parts), limit, bold)


def official_letter_subject(subject: str) -> tuple[str, ...]:
    """ "V/v …" of a công văn, broken into the lines of the left cell."""
    text = subject
    for prefix in ("V/v ", "Về việc ", "về việc "):
        text = text.removeprefix(prefix)
    if text[1:2].islower():  # the first word is not an abbreviation
        text = text[:1].lower() + text[1:]
    return balanced_lines(f"V/v {text}", 60 / (13 * MM_PER_PT))


def subject_lines(subject: str) -> tuple[str, ...]:
    return balanced_lines(subject, SUBJECT_EM, bold=True)


def attached_to_lines(text: str) -> tuple[str, ...]:
    with_unbroken_dates = _DAY.sub(lambda day: day[0].replace(" ", "\u00a0"), text)
    return balanced_lines(with_unbroken_dates, (TEXT_WIDTH - 5) / (BODY_PT * MM_PER_PT))


def longest_line_width(lines: tuple[str, ...], size: float, bold: bool) -> float:
    """Width of the longest line in millimetres."""
    return max(text_width(line, bold) for line in lines) * size * MM_PER_PT


def total_cells(table: Table) -> tuple[int, list[str]]:
    """The number of columns of the merged first cell of the total row, and the texts of the cells."""
    texts = list(table.total)
    merged = 1
    while merged < len(texts) and not texts[merged]:
        merged += 1
    return merged + table.numbered, [texts[0], *texts[merged:]]


# ── giấy khen ────────────────────────────────────────────────────────────────────────────────────
CERTIFICATE_WIDTH_PT = 225 / MM_PER_PT


def certificate_fit(sheet: Certificate) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Font size (points) and lines of each text of a giấy khen that may be long."""
    return {
        "post": fitted_lines(sheet.post, (22, 20, 18, 16), CERTIFICATE_WIDTH_PT, 1, bold=True),
        "recipient": fitted_lines(
            sheet.recipient, (30, 27, 24, 21, 18), CERTIFICATE_WIDTH_PT, sheet.recipient.count("\n") + 1, bold=True
        ),
        "about": fitted_lines(sheet.about, (17, 15, 13), CERTIFICATE_WIDTH_PT, 2),
        "achievement": fitted_lines(
            sheet.achievement, (18, 16, 14, 12), CERTIFICATE_WIDTH_PT, 2 + (len(sheet.achievement) > 220)
        ),
    }


def is_widely_set(fit: dict[str, tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the texts are short enough for more space between them."""
    return sum(len(broken) for _, broken in fit.values()) <= 5
