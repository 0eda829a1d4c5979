"""A booklet: many short entries under headings, for people to keep at hand. No official paper: no number, no letterhead."""

from dataclasses import dataclass

from emulation.documents.blocks.base import Block


@dataclass(frozen=True)
class BookletLine(Block, tag="Line"):
    """One fact of an entry: what it is, what is said (a line each), where it stands; `mark` warns of it."""

    label: str
    says: tuple[str, ...]
    cited: str = ""
    mark: str = ""


@dataclass(frozen=True)
class BookletEntry(Block, tag="Leaf"):
    """One entry: its title, a few words beside it, its facts."""

    title: str
    beside: str = ""
    lines: tuple[BookletLine, ...] = ()

    def validate(self) -> None:
        self.require_text(title="tên mục")


@dataclass(frozen=True)
class BookletSection(Block, tag="Bundle"):
    """Entries under one heading; `about` says what they have in common."""

    title: str
    leaves: tuple[BookletEntry, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Booklet(Block, tag="Booklet"):
    """The whole: whose it is, title, since when it holds, what it is about, warnings, bundles, a word at the end."""

    owner: str
    title: str
    since: str
    about: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    bundles: tuple[BookletSection, ...] = ()
    end: str = ""

    def validate(self) -> None:
        self.require_text(title="tên tập")
