"""The blocks that make the body of a paper (ô số 6)."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from emulation.documents.blocks.base import Block
from emulation.documents.blocks.text import InvalidPaper, point_letter, roman_numeral, tidy


class TextAlign(Enum):
    """How text stands in its column."""

    justify = "justify"
    left = "left"
    center = "center"
    right = "right"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class LegalBasisLine(Block, tag="Ground"):
    """One căn cứ: italic; the engine closes all but the last of a run with ";" and the last with "."."""

    text: str

    def validate(self) -> None:
        self.require_text(text="nội dung căn cứ")


@dataclass(frozen=True)
class EnactingLine(Block, tag="Enact"):
    """The centred bold line after the grounds: "QUYẾT ĐỊNH:"."""

    text: str = "QUYẾT ĐỊNH:"


@dataclass(frozen=True)
class Paragraph(Block, tag="Paragraph"):
    """Running text, justified, first line indented. `lead` is printed bold before it."""

    text: str
    lead: str = ""
    bold: bool = False
    italic: bool = False
    align: TextAlign = TextAlign.justify


@dataclass(frozen=True)
class CenteredLine(Block, tag="Centered"):
    """A centred line, such as the name of a list."""

    text: str
    bold: bool = True
    italic: bool = False


class HeadingLevel(StrEnum):
    """part/chapter: "Phần I" over its title; section: "Mục 1" over its title; roman: "I. TÊN"; number: "1. Tên"."""

    part = "part"
    chapter = "chapter"
    section = "section"
    roman = "roman"
    number = "number"


@dataclass(frozen=True)
class Heading(Block, tag="Heading"):
    """A heading of a part of the text; `number` counts from 1 within its level."""

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
        """Whether the title stands on its own line under the label."""
        return self.level in (HeadingLevel.part, HeadingLevel.chapter, HeadingLevel.section)


@dataclass(frozen=True)
class Article(Block, tag="Article"):
    """ "Điều 1. Tên điều" bold; the text runs on after it (a decision on a single case has no name of Điều)."""

    number: int
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Clause(Block, tag="Clause"):
    """Khoản: "1. text"; with a title, the title is bold on its own line."""

    number: int
    text: str = ""
    title: str = ""


@dataclass(frozen=True)
class Point(Block, tag="Point"):
    """Điểm: "a) text", lettered in Vietnamese order from its number."""

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
    """ "Label: value" on a line of its own; an empty value becomes a dotted line to write on."""

    label: str
    value: str = ""


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
    """A column: title, share of the width (any unit; shares are added up), alignment of its cells."""

    title: str
    share: int = 10
    align: TextAlign = TextAlign.left


@dataclass(frozen=True)
class TableRowGroup(Block, tag="RowGroup"):
    """A bold row over the whole table that opens a group: "I. TẬP THỂ"."""

    title: str


@dataclass(frozen=True)
class Table(Block, tag="Table"):
    """A bordered table whose header repeats on each page.

    `numbered` puts a column "STT" first, counted through the groups; `total` is a last bold row (its empty
    leading cells are joined, and its first text stands in them). Money goes into a column with Align.right.
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
        """Widths in per cent, STT included, adding up to 100."""
        first = (7,) if self.numbered else ()
        room, shares = 100 - sum(first), [max(1, column.share) for column in self.columns]
        out = [max(1, round(room * share / sum(shares))) for share in shares]
        out[out.index(max(out))] += room - sum(out)
        return first + tuple(out)


def typed_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """What somebody typed, one paragraph a line, empty lines dropped."""
    return tuple(Paragraph(line) for line in tidy(text).split("\n") if line)
