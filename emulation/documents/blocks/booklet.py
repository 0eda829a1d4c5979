"""A booklet for reference: many short entries under headings. Not an official paper: no number, no letterhead."""

from dataclasses import dataclass, field

from emulation.documents.blocks.base import Block, stored_as


@dataclass(frozen=True)
class BookletLine(Block, tag="Line"):
    """One fact of an entry: its label, its texts, the citation, and a warning mark."""

    label: str
    says: tuple[str, ...]
    cited: str = ""
    mark: str = ""


@dataclass(frozen=True)
class BookletEntry(Block, tag="Leaf"):
    """One entry: its title, a short note after the title, its facts."""

    title: str
    note: str = field(default="", metadata=stored_as("beside"))
    lines: tuple[BookletLine, ...] = ()

    def validate(self) -> None:
        self.require_text(title="tên mục")


@dataclass(frozen=True)
class BookletSection(Block, tag="Bundle"):
    """Entries under one heading; `about` is what they have in common."""

    title: str
    leaves: tuple[BookletEntry, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Booklet(Block, tag="Booklet"):
    """The booklet: its owner, title, date of validity, introduction, warnings, sections (`bundles`), closing line."""

    owner: str
    title: str
    since: str
    about: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    bundles: tuple[BookletSection, ...] = ()
    end: str = ""

    def validate(self) -> None:
        self.require_text(title="tên tập")
