"""What all blocks share: frozen, cleaned text, and a place in the registry that reads them back from JSON."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar

from emulation.documents.blocks.text import PaperInvalid, tidy


@dataclass(frozen=True, kw_only=False)
class Block:
    """A piece of a paper. Subclasses are frozen dataclasses of text, numbers, dates, tuples and other blocks."""

    registry: ClassVar[dict[str, type["Block"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Block.registry[cls.__name__] = cls

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, _clean(getattr(self, field.name)))
        self.validate()

    def validate(self) -> None:
        """Raises PaperInvalid when the block cannot stand on a paper."""

    def need(self, **texts: str) -> None:
        """Refuses empty text: `need(name="tên người ký")`."""
        for field, label in texts.items():
            if not getattr(self, field):
                raise PaperInvalid(f"Thiếu {label}.", field)


def _clean(value: Any) -> Any:
    if type(value) is str:  # an enumeration stays what it is
        return tidy(value)
    if isinstance(value, (list, tuple)):
        return tuple(_clean(item) for item in value)
    return value
