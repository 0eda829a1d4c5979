"""Measures that the HTML and the Word engine share, so that both lay a paper out alike. Lengths in millimetres."""

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
"""Length of the rules under issuer and trích yếu; the decree wants 1/3 to 1/2 of the text."""

REFERENCE = re.compile(r"((?<!\S)\d+/[\w/.]*-[\w-]*|(?<!\S)\d+-[A-ZĐ][\w/.-]*|\(\w{1,2}/\w{1,2}\))")
"""What is not broken at the end of a line: "03/TTr-HĐTĐKT", "04-CT/TU", "(b/c)"."""
_DAY = re.compile(r"ngày \d+ tháng \d+ năm \d+")

MM_PER_PT = 25.4 / 72
SUBJECT_EM = 140 / (BODY_PT * MM_PER_PT)


def issuer_lines(head: Letterhead) -> tuple[str, ...]:
    return _to_left_cell(head.issuer_lines, bold=True)


def parent_lines(head: Letterhead) -> tuple[str, ...]:
    return _to_left_cell(head.parent_lines, bold=False) if head.parent else ()


def _to_left_cell(parts: tuple[str, ...], bold: bool) -> tuple[str, ...]:
    limit = (LEFT_CELL - 3) / (HEAD_PT * MM_PER_PT)
    return tuple(line for part in parts for line in balanced_lines(part, limit, bold))


def official_letter_subject(subject: str) -> tuple[str, ...]:
    """ "V/v …" of a công văn, broken to the left cell."""
    bare = subject
    for start in ("V/v ", "Về việc ", "về việc "):
        bare = bare.removeprefix(start)
    return balanced_lines(
        f"V/v {bare[:1].lower()}{bare[1:]}" if bare[1:2].islower() else f"V/v {bare}", 60 / (13 * MM_PER_PT)
    )


def subject_lines(subject: str) -> tuple[str, ...]:
    return balanced_lines(subject, SUBJECT_EM, bold=True)


def attached_to_lines(text: str) -> tuple[str, ...]:
    whole = _DAY.sub(lambda day: day[0].replace(" ", "\u00a0"), text)
    return balanced_lines(whole, (TEXT_WIDTH - 5) / (BODY_PT * MM_PER_PT))


def longest_line_width(lines: tuple[str, ...], size: float, bold: bool) -> float:
    """Width of the longest line in millimetres."""
    return max(text_width(line, bold) for line in lines) * size * MM_PER_PT


def total_cells(table: Table) -> tuple[int, list[str]]:
    """How many columns the first cell of the total row joins, and the texts of the cells."""
    texts = list(table.total)
    lead = 1
    while lead < len(texts) and not texts[lead]:
        lead += 1
    return lead + table.numbered, [texts[0], *texts[lead:]]


# ── giấy khen ────────────────────────────────────────────────────────────────────────────────────
CERTIFICATE_WIDTH_PT = 225 / MM_PER_PT


def certificate_fit(sheet: Certificate) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Size in points and broken lines of each text of a giấy khen that may be long."""
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
    """Whether the texts are short enough to be set wider apart."""
    return sum(len(broken) for _, broken in fit.values()) <= 5
