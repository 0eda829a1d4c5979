"""The blocks of the body of a paper (ô số 6)."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from emulation.core.text import clean_lines
from emulation.documents.blocks.base import Block
from emulation.documents.blocks.text import InvalidPaper, point_letter, roman_numeral, with_full_stop


class TextAlign(Enum):
    """The alignment of text in its column."""

    justify = "justify"
    left = "left"
    center = "center"
    right = "right"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class LegalBasisLine(Block, tag="Ground"):
    """One căn cứ, in italics; the engine ends each of a sequence with ";" and the last with "."."""

    text: str

    def validate(self) -> None:
        self.require_text(text="nội dung căn cứ")


@dataclass(frozen=True)
class EnactingLine(Block, tag="Enact"):
    """The centred bold line after the legal basis: "QUYẾT ĐỊNH:"."""

    text: str = "QUYẾT ĐỊNH:"


@dataclass(frozen=True)
class Paragraph(Block, tag="Paragraph"):
    """A text paragraph, justified, first line indented. `lead` is printed before it in bold."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    align: TextAlign = TextAlign.justify


@dataclass(frozen=True)
class CenteredLine(Block, tag="Centered"):
    """A centred line, such as the title of a list."""

    text: str
    bold: bool = True
    italic: bool = False


class HeadingLevel(StrEnum):
    """part/chapter: "Phần I" above its title; section: "Mục 1" above its title; roman: "I. TÊN"; number: "1. Tên"."""

    part = "part"
    chapter = "chapter"
    section = "section"
    roman = "roman"
    number = "number"


@dataclass(frozen=True)
class Heading(Block, tag="Heading"):
    """A heading; `number` starts at 1 in each level."""

    level: HeadingLevel
    number: int
    title: str

    def validate(self) -> None:
        self.require_text(title="tên đề mục")

    @property
    def label(self) -> str:
        match self.level:
            case HeadingLevel.part:
                return f"Phần {roman_numeral(self.number)}"
            case HeadingLevel.chapter:
                return f"Chương {roman_numeral(self.number)}"
            case HeadingLevel.section:
                return f"Mục {self.number}"
            case HeadingLevel.roman:
                return f"{roman_numeral(self.number)}."
            case _:
                return f"{self.number}."

    @property
    def stacked(self) -> bool:
        """Whether the title is on its own line below the label."""
        return self.level in (HeadingLevel.part, HeadingLevel.chapter, HeadingLevel.section)


@dataclass(frozen=True)
class Article(Block, tag="Article"):
    """ "Điều 1. Tên điều" in bold; without a title the text continues on the same line."""

    number: int
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Clause(Block, tag="Clause"):
    """Khoản: "1. text"; a title is printed in bold on its own line."""

    number: int
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Point(Block, tag="Point"):
    """Điểm: "a) text"; the letter is the `number`-th in Vietnamese order."""

    number: int
    text: str

    @property
    def label(self) -> str:
        return f"{point_letter(self.number)})"


@dataclass(frozen=True)
class Bullet(Block, tag="Bullet"):
    """ "- text"."""

    text: str


@dataclass(frozen=True)
class KeyValue(Block, tag="KeyValue"):
    """ "Label: value" on its own line; an empty value becomes a dotted line to be filled in by hand."""

    label: str
    value: str = ""


def fact_line(label: str, value: str) -> KeyValue:
    """The line of minutes that states a fact, ended by a full stop; without a value, dots to be filled in by hand."""
    return KeyValue(label, with_full_stop(value))


@dataclass(frozen=True)
class DottedLines(Block, tag="Fill"):
    """Dotted lines to be filled in by hand, after an optional label."""

    label: str = ""
    lines: int = 1

    def validate(self) -> None:
        if not 1 <= self.lines <= 30:
            raise InvalidPaper("Số dòng để trống phải từ 1 đến 30.")


@dataclass(frozen=True)
class TableColumn(Block, tag="Column"):
    """A column: title, relative width (any unit, as a share of the sum), alignment of its cells."""

    title: str
    share: int = 10
    align: TextAlign = TextAlign.left


@dataclass(frozen=True)
class TableRowGroup(Block, tag="RowGroup"):
    """A bold row over the full width that begins a group: "I. TẬP THỂ"."""

    title: str


@dataclass(frozen=True)
class Table(Block, tag="Table"):
    """A bordered table whose header repeats on each page.

    `numbered` adds a first column "STT", numbered across the groups. `total` is a last bold row; its first cell is merged
    with the empty cells after it. Use TextAlign.right for columns with money.
    """

    columns: tuple[TableColumn, ...]
    rows: tuple[tuple[str, ...] | TableRowGroup, ...]
    numbered: bool = True
    total: tuple[str, ...] = ()

    def validate(self) -> None:
        if not self.columns:
            raise InvalidPaper("Bảng phải có ít nhất một cột.")
        for row in (*self.rows, *([self.total] if self.total else [])):
            if not isinstance(row, TableRowGroup) and len(row) != len(self.columns):
                raise InvalidPaper("Số ô của một dòng không khớp số cột của bảng.")

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths in per cent, including STT; their sum is 100."""
        first = (7,) if self.numbered else ()
        available = 100 - sum(first)
        shares = [max(1, column.share) for column in self.columns]
        widths = [max(1, round(available * share / sum(shares))) for share in shares]
        widths[widths.index(max(widths))] += available - sum(widths)  # the widest column absorbs the rounding error
        return first + tuple(widths)


def typed_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Entered text as paragraphs, one per line, without empty lines."""
    return tuple(Paragraph(line) for line in clean_lines(text).split("\n") if line)
