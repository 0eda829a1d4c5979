"""Measures that the HTML and the Word engine share, so that both lay a paper out alike. Lengths in millimetres."""

import re

from emulation.documents.blocks import Certificate, Letterhead, Table
from emulation.documents.blocks.metrics import balanced, fitted, width

TOP, RIGHT, BOTTOM, LEFT = 20, 15, 20, 30
TEXT = 210 - LEFT - RIGHT
LEFT_CELL = 0.41 * TEXT
RIGHT_CELL = TEXT - LEFT_CELL
BODY_PT, HEAD_PT, TABLE_PT = 14, 13, 13
INDENT = 12.7
SHARE = 0.42
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
    return tuple(line for part in parts for line in balanced(part, limit, bold))


def dispatch_subject(subject: str) -> tuple[str, ...]:
    """ "V/v …" of a công văn, broken to the left cell."""
    bare = subject
    for start in ("V/v ", "Về việc ", "về việc "):
        bare = bare.removeprefix(start)
    return balanced(
        f"V/v {bare[:1].lower()}{bare[1:]}" if bare[1:2].islower() else f"V/v {bare}", 60 / (13 * MM_PER_PT)
    )


def subject_lines(subject: str) -> tuple[str, ...]:
    return balanced(subject, SUBJECT_EM, bold=True)


def with_lines(text: str) -> tuple[str, ...]:
    whole = _DAY.sub(lambda day: day[0].replace(" ", "\u00a0"), text)
    return balanced(whole, (TEXT - 5) / (BODY_PT * MM_PER_PT))


def longest(lines: tuple[str, ...], size: float, bold: bool) -> float:
    """Width of the longest line in millimetres."""
    return max(width(line, bold) for line in lines) * size * MM_PER_PT


def total_cells(table: Table) -> tuple[int, list[str]]:
    """How many columns the first cell of the total row joins, and the texts of the cells."""
    texts = list(table.total)
    lead = 1
    while lead < len(texts) and not texts[lead]:
        lead += 1
    return lead + table.numbered, [texts[0], *texts[lead:]]


# ── giấy khen ────────────────────────────────────────────────────────────────────────────────────
CERTIFICATE_ROOM = 225 / MM_PER_PT


def certificate_fit(sheet: Certificate) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Size in points and broken lines of each text of a giấy khen that may be long."""
    return {
        "post": fitted(sheet.post, (22, 20, 18, 16), CERTIFICATE_ROOM, 1, bold=True),
        "recipient": fitted(
            sheet.recipient, (30, 27, 24, 21, 18), CERTIFICATE_ROOM, sheet.recipient.count("\n") + 1, bold=True
        ),
        "about": fitted(sheet.about, (17, 15, 13), CERTIFICATE_ROOM, 2),
        "achievement": fitted(
            sheet.achievement, (18, 16, 14, 12), CERTIFICATE_ROOM, 2 + (len(sheet.achievement) > 220)
        ),
    }


def roomy(fit: dict[str, tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the texts are short enough to be set wider apart."""
    return sum(len(broken) for _, broken in fit.values()) <= 5
