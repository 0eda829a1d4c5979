"""What all blocks share: frozen, cleaned text, and a fixed tag under which issued papers store them as JSON."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from emulation.documents.blocks.text import InvalidPaper, tidy

STORED_NAME = "stored"


def stored_as(name: str) -> dict[str, str]:
    """Field metadata: the field stands under this name in issued papers."""
    return {STORED_NAME: name}


@dataclass(frozen=True, kw_only=False)
class Block:
    """A piece of a paper. Subclasses are frozen dataclasses of text, numbers, dates, tuples and other blocks.

    `tag` and the names of the fields stand in issued papers and never change: a class may be renamed, a renamed field
    keeps its old name in the JSON (`field(metadata=stored_as("old name"))`).
    """

    registry: ClassVar[dict[str, type["Block"]]] = {}
    tag: ClassVar[str]

    def __init_subclass__(cls, *, tag: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        known = Block.registry.setdefault(tag, cls)
        if known is not cls:
            raise TypeError(f"block tag {tag} belongs to {known.__qualname__}")
        cls.tag = tag

    @classmethod
    def stored_fields(cls) -> dict[str, str]:
        """The name in the JSON of each field, by the field's own name."""
        return {field.name: field.metadata.get(STORED_NAME, field.name) for field in fields(cls)}

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _clean(getattr(self, field.name)))
        self.validate()

    def validate(self) -> None:
        """Raises PaperInvalid when the block cannot stand on a paper."""

    def require_text(self, **texts: str) -> None:
        """Refuses empty text: `need(name="tên người ký")`."""
        for field, label in texts.items():
            if not getattr(self, field):
                raise InvalidPaper(f"Thiếu {label}.", field)


def _clean(value: Any) -> Any:
    if type(value) is str:  # an enumeration stays what it is
        return tidy(value)
    if isinstance(value, (list, tuple)):
        return tuple(_clean(item) for item in value)
    return value
