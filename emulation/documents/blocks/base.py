"""Base class of all blocks: frozen, with normalised text and a fixed tag for the JSON of issued papers."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from emulation.core.text import clean_lines
from emulation.documents.blocks.text import InvalidPaper

STORED_NAME = "stored"


def stored_as(name: str) -> dict[str, str]:
    """Field metadata: the name of the field in the JSON of issued papers."""
    return {STORED_NAME: name}


@dataclass(frozen=True, kw_only=False)
class Block:
    """A part of a paper. Subclasses are frozen dataclasses of text, numbers, dates, tuples and other blocks.

    `tag` and the field names are stored in issued papers and never change. A class may be renamed; a renamed field
    keeps its old name in the JSON (`field(metadata=stored_as("old name"))`).
    """

    registry: ClassVar[dict[str, type["Block"]]] = {}
    tag: ClassVar[str]

    def __init_subclass__(cls, *, tag: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        registered = Block.registry.setdefault(tag, cls)
        if registered is not cls:
            raise TypeError(f"block tag {tag} belongs to {registered.__qualname__}")
        cls.tag = tag

    @classmethod
    def stored_fields(cls) -> dict[str, str]:
        """Field name -> its name in the JSON."""
        return {field.name: field.metadata.get(STORED_NAME, field.name) for field in fields(cls)}

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _clean(getattr(self, field.name)))
        self.validate()

    def validate(self) -> None:
        """Raises InvalidPaper if the content is not valid; nothing by default."""

    def require_text(self, **texts: str) -> None:
        """Raises InvalidPaper for an empty field: `require_text(name="tên người ký")`."""
        for field, label in texts.items():
            if not getattr(self, field):
                raise InvalidPaper(f"Thiếu {label}.", field)


def _clean(value: Any) -> Any:
    if type(value) is str:  # not isinstance: members of a StrEnum stay unchanged
        return clean_lines(value)
    if isinstance(value, (list, tuple)):
        return tuple(_clean(item) for item in value)
    return value
