"""Layout measures shared by the HTML and the Word engine, so that both give the same layout. Lengths in millimetres."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, inf

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.body import (
    Article,
    CenteredLine,
    Clause,
    EnactingLine,
    LegalBasisLine,
    Paragraph,
    Table,
    TableRowGroup,
    TextAlign,
)
from emulation.documents.blocks.certificate import Certificate
from emulation.documents.blocks.letterhead import Letterhead
from emulation.documents.blocks.line_breaks import (
    TextParts,
    looser_parts,
    reference_parts,
    unbroken_parts,
    unbroken_parts_with_marks,
    unbroken_parts_with_names,
    with_kept_names,
    with_kept_spaces,
)
from emulation.documents.blocks.metrics import KEPT_SPACE, balanced_lines, fitted_lines, text_width, widest_space
from emulation.documents.blocks.paper import Paper

TOP, RIGHT, BOTTOM, LEFT = 20, 15, 20, 30
TEXT_WIDTH = 210 - LEFT - RIGHT
LEFT_CELL = 0.41 * TEXT_WIDTH
RIGHT_CELL = TEXT_WIDTH - LEFT_CELL
BODY_PT, HEAD_PT, TABLE_PT = 14, 13, 13
INDENT = 12.7
RULE_SHARE = 0.42
"""Length of the rules below issuer and trích yếu, relative to the text; the decree requires 1/3 to 1/2."""

_DAY = re.compile(rf"ngày[ {KEPT_SPACE}]\d+[ {KEPT_SPACE}]tháng[ {KEPT_SPACE}]\d+[ {KEPT_SPACE}]năm[ {KEPT_SPACE}]\d+")

_IN_TITLES = re.compile(r"xuất sắc|đột xuất", re.IGNORECASE)

MM_PER_PT = 25.4 / 72
CELL_MARGINS = 3
"""Space left and right of the text in a cell of a bordered table, with its borders."""
SUBJECT_EM = 140 / (BODY_PT * MM_PER_PT)
SIGNATURE_MM = 25
"""Space for the handwritten signature and the seal."""


@dataclass(frozen=True)
class Density:
    """Font size of the body in points, and the height of its lines relative to the font size."""

    size: float
    line_height: float


ONE_PAGE_FIXED_PT = 84
"""Height of the letterhead, the type of the paper and the space around them, in the closest density."""
SINGLE_LINE = 1.15
"""Height of a line that Word sets with single spacing, relative to the font size: ascent, descent and line gap of Times New Roman.

The table hhea of the font and of Tinos, which has its metrics: (1825 + 443 + 87) / 2048. NĐ 30/2020, Phụ lục I, II.1 requires at
least single spacing.
"""
DENSITIES = (
    Density(BODY_PT, 1.3),
    # of papers frozen in style versions 1 to 3; the last is less than single spacing
    Density(13.5, 1.2),
    Density(13, SINGLE_LINE),
    Density(13, 1.0),
    # of papers since version 4, with closer rows of tables; the last has less space for the signature
    Density(13.5, 1.2),
    Density(13, SINGLE_LINE),
    Density(13, SINGLE_LINE),
)
"""In the HTML and its style sheets a density has its index, as in "close-2"; a style version tries some of them."""


@dataclass(frozen=True)
class StyleVersion:
    """What differs between the style versions of papers.

    `sheet` is the number of the style sheet, paper_<n>.css; `densities` are the indexes of DENSITIES that a paper which must fit one
    page may have, tried in this order; `parts` splits a text into parts that stay on one line and others, given the width of the
    column and whether the text is bold; `joined` prepares a text for `balanced_lines`; `saves_pages`: whether a text is set closer
    where that saves a page; `keeps_totals`: whether the total of a table is on the page of its last row; `keeps_introductions`:
    whether a paragraph that ends with a colon is on the page of the first row of the table after it; `looser_parts`, if any, splits
    the text of a justified paragraph that `parts` would stretch too much; `max_space`: the widest space between words of a justified
    line, in em (a usual one is 0.25).
    """

    sheet: int
    densities: tuple[int, ...]
    parts: Callable[[str, float, bool], TextParts]
    joined: Callable[[str], str]
    splits_recipients: bool
    saves_pages: bool
    keeps_totals: bool
    keeps_introductions: bool = False
    looser_parts: Callable[[str, float, bool], TextParts] | None = None
    max_space: float = 0.625


def with_kept_dates(text: str) -> str:
    """As `with_kept_spaces`, and "ngày 05 tháng 02 năm 2026", "xuất sắc" and names stay on one line too."""
    kept = with_kept_names(with_kept_spaces(text, unbroken_parts_with_marks))
    for together in (_DAY, _IN_TITLES):
        kept = together.sub(lambda found: found[0].replace(" ", KEPT_SPACE), kept)
    return kept


STYLE_VERSIONS = {
    "1": StyleVersion(
        1, (0, 1, 2, 3), reference_parts, str, splits_recipients=False, saves_pages=False, keeps_totals=False
    ),
    "2": StyleVersion(
        2, (0, 1, 2, 3), unbroken_parts, with_kept_spaces, splits_recipients=True, saves_pages=False, keeps_totals=False
    ),
    "3": StyleVersion(
        2,
        (0, 1, 2, 3),
        unbroken_parts_with_marks,
        with_kept_dates,
        splits_recipients=True,
        saves_pages=True,
        keeps_totals=True,
    ),
    "4": StyleVersion(
        2,
        (0, 4, 5, 6),
        unbroken_parts_with_marks,
        with_kept_dates,
        splits_recipients=True,
        saves_pages=True,
        keeps_totals=True,
    ),
    "5": StyleVersion(
        2,
        (0, 4, 5, 6),
        unbroken_parts_with_names,
        with_kept_dates,
        splits_recipients=True,
        saves_pages=True,
        keeps_totals=True,
        keeps_introductions=True,
        looser_parts=looser_parts,
        max_space=0.8,
    ),
}
STYLE_VERSION = "5"
"""Frozen with each issued paper; a new design is a new version, with a new file paper_<n>.css if its sheet differs."""
CURRENT = STYLE_VERSIONS[STYLE_VERSION]


def issuer_lines(head: Letterhead) -> tuple[str, ...]:
    return _lines_in_left_cell(head.issuer_lines, bold=True)


def parent_lines(head: Letterhead) -> tuple[str, ...]:
    return _lines_in_left_cell(head.parent_lines, bold=False) if head.parent else ()


def _lines_in_left_cell(parts: tuple[str, ...], bold: bool) -> tuple[str, ...]:
    limit = (LEFT_CELL - 3) / (HEAD_PT * MM_PER_PT)
    return balanced_lines("\n".join(parts), limit, bold)


def split_recipients(paper: Paper, style: StyleVersion = CURRENT) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of Nơi nhận next to the signature, and those below it, which may continue on the next page.

    A few lines more than the signature is high stay next to it.
    """
    lines = paper.recipient_lines
    if not style.splits_recipients or len(paper.signatures) > 1:
        return lines, ()
    signature = paper.signatures[0]
    height = (len(signature.capacity) + 1) * BODY_PT * 1.2 + SIGNATURE_MM / MM_PER_PT
    free = int((height - 12 * 1.2) / (11 * 1.2))
    counts = [len(balanced_lines(f"- {line}", (LEFT_CELL - 1) / (11 * MM_PER_PT))) for line in lines]
    if sum(counts) <= free + 3:
        return lines, ()
    level = next(n for n in range(len(lines) + 1) if sum(counts[: n + 1]) > free)
    return lines[:level], lines[level:]


def fits_one_page(paper: Paper) -> bool:
    """Whether the text of the paper, without its appendices, fits one page in the closest density: an estimate.

    Made for papers of paragraphs, without tables; it is on the safe side by a line or two.
    """
    closest = DENSITIES[CURRENT.densities[-1]]
    size = closest.size
    height = size * closest.line_height
    width = TEXT_WIDTH / (size * MM_PER_PT) - 0.6
    indent = "—" * 3  # three em wide
    paragraphs = [with_kept_spaces(f"{indent}{_text(block)}", CURRENT.parts) for block in paper.body]
    text = sum(6 + height * len(balanced_lines(paragraph, width)) for paragraph in paragraphs)
    subject = len(subject_lines(paper.subject)) * size * 1.15
    foot = (18 / MM_PER_PT) + (len(paper.signatures[0].capacity) + 1) * size * 1.2
    return text + subject + foot + ONE_PAGE_FIXED_PT <= (297 - TOP - BOTTOM) / MM_PER_PT


def loose_densities(kept: str) -> list[int]:
    """The densities (indexes of DENSITIES) in which words that stay together (KEPT_SPACE between them) would stretch a justified
    paragraph too much.
    """
    return [number for number in CURRENT.densities if is_loose(kept, DENSITIES[number])]


def justified_parts(text: str, head: str = "", style: StyleVersion = CURRENT) -> TextParts:
    """The parts of a paragraph that begins with `head`: the looser ones where the others would stretch it in the usual density."""
    if style.looser_parts and _stretched(head, text, style.parts) and not _stretched(head, text, style.looser_parts):
        return style.looser_parts(text, inf, True)
    return style.parts(text, inf, True)


def _stretched(head: str, text: str, parts: Callable[[str, float, bool], TextParts]) -> bool:
    return is_loose(f"{head}{with_kept_spaces(text, parts)}", DENSITIES[0])


def is_loose(kept: str, density: Density, style: StyleVersion = CURRENT) -> bool:
    """Whether a paragraph (KEPT_SPACE where no line breaks) is stretched too much, so that it is set flush left instead."""
    em = density.size * MM_PER_PT
    return widest_space(kept, TEXT_WIDTH / em, INDENT / em) > style.max_space


def _text(block: Block) -> str:
    match block:
        case Article() | Clause():
            return f"Điều {block.number}. {block.text}"
        case LegalBasisLine(text) | CenteredLine(text) | EnactingLine(text) | Paragraph(text):
            return text
    raise TypeError(f"no estimate for {type(block).__name__}")


def introductions(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The paragraphs like "Danh sách gồm:" right before their table."""
    pairs = ((block, following) for block, following in pairwise(blocks) if isinstance(following, Table))
    return tuple(block for block, _ in pairs if isinstance(block, Paragraph) and block.text.rstrip().endswith(":"))


def column_widths(table: Table) -> tuple[int, ...]:
    """`Table.widths`, with right-aligned columns at least as wide as their numbers, taken from the widest columns.

    A table whose numbers need more than the page is left as it is.
    """
    widths = list(table.widths)
    least = [1] * table.numbered + [_width_of_numbers(table, column) for column in range(len(table.columns))]
    if sum(least) > sum(widths):
        return table.widths
    for column, needed in enumerate(least):
        while widths[column] < needed:
            widest = max(range(len(widths)), key=lambda other: widths[other] - least[other])
            widths[widest] -= 1
            widths[column] += 1
    return tuple(widths)


def _width_of_numbers(table: Table, column: int) -> int:
    """The width, in per cent of the page, in which no word of a right-aligned column is broken; 1 for other columns."""
    if table.columns[column].align is not TextAlign.right:
        return 1
    rows = [row for row in table.rows if not isinstance(row, TableRowGroup)]
    texts = [row[column] for row in (*rows, *([table.total] if table.total else ()))]
    longest = max((text_width(word, bold=True) for word in " ".join(texts).split()), default=0)
    return ceil((longest * TABLE_PT * MM_PER_PT + CELL_MARGINS) * 100 / TEXT_WIDTH)


def column_limits(widths: tuple[int, ...]) -> list[float]:
    """Widths of the text in the columns of a bordered table, in em; `widths` in per cent of the page."""
    return [(TEXT_WIDTH * width / 100 - CELL_MARGINS) / (TABLE_PT * MM_PER_PT) for width in widths]


def official_letter_subject(subject: str, style: StyleVersion = CURRENT) -> tuple[str, ...]:
    """ "V/v …" of a công văn, broken into the lines of the left cell."""
    text = subject
    for prefix in ("V/v ", "Về việc ", "về việc "):
        text = text.removeprefix(prefix)
    if text[1:2].islower():  # the first word is not an abbreviation
        text = text[:1].lower() + text[1:]
    return balanced_lines(style.joined(f"V/v {text}"), 60 / (13 * MM_PER_PT))


def subject_lines(subject: str, style: StyleVersion = CURRENT) -> tuple[str, ...]:
    """Bold lines of a trích yếu or of the title of an appendix; () for an empty one."""
    return balanced_lines(style.joined(subject), SUBJECT_EM, bold=True) if subject else ()


def attached_to_lines(text: str, style: StyleVersion = CURRENT) -> tuple[str, ...]:
    with_unbroken_dates = _DAY.sub(lambda day: day[0].replace(" ", KEPT_SPACE), style.joined(text))
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


def certificate_fit(sheet: Certificate, style: StyleVersion = CURRENT) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Font size (points) and lines of each text of a giấy khen that may be long."""
    joined = style.joined
    return {
        "post": fitted_lines(joined(sheet.post), (22, 20, 18, 16), CERTIFICATE_WIDTH_PT, 1, bold=True),
        "recipient": fitted_lines(
            joined(sheet.recipient),
            (30, 27, 24, 21, 18),
            CERTIFICATE_WIDTH_PT,
            sheet.recipient.count("\n") + 1,
            bold=True,
        ),
        "about": fitted_lines(joined(sheet.about), (17, 15, 13), CERTIFICATE_WIDTH_PT, 2),
        "achievement": fitted_lines(
            joined(sheet.achievement), (18, 16, 14, 12), CERTIFICATE_WIDTH_PT, 2 + (len(sheet.achievement) > 220)
        ),
    }


def is_widely_set(fit: dict[str, tuple[int, tuple[str, ...]]]) -> bool:
    """Whether the texts are short enough for more space between them."""
    return sum(len(broken) for _, broken in fit.values()) <= 5
