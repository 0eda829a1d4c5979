"""Base of every result of the rules: its legal bases, whether they are confirmed, its JSON form. Pure."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from emulation.legal.engine.law import LegalBasis


@dataclass(frozen=True)
class CitedResult:
    """A result with its legal bases."""

    grounds: tuple[LegalBasis, ...]

    @property
    def citation(self) -> str:
        return "; ".join(dict.fromkeys(basis.citation for basis in self.grounds))

    @property
    def confirmed(self) -> bool:
        return all(basis.confirmed for basis in self.grounds)

    @property
    def needs_review(self) -> bool:
        return any(basis.needs_review for basis in self.grounds)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(basis.note for basis in self.grounds if basis.note))

    def facts(self) -> dict[str, Any]:
        """The result as JSON, to be stored with the case."""
        return {
            **{name: to_json_value(value) for name, value in asdict(self).items()},
            "citation": self.citation,
            "confirmed": self.confirmed,
            "needs_review": self.needs_review,
        }


def to_json_value(value: Any) -> Any:
    """The value as JSON: Decimal and Fraction become text, dates ISO text."""
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_json_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_json_value(part) for part in value]
    return value
