"""Base of every result of the rules: its legal bases, whether they are confirmed, its JSON form. Pure."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from emulation.legal.engine.law import LegalBasis


@dataclass(frozen=True)
class CitedResult:
    """A verdict and what it rests on."""

    grounds: tuple[LegalBasis, ...]

    @property
    def citation(self) -> str:
        return "; ".join(dict.fromkeys(ground.citation for ground in self.grounds))

    @property
    def confirmed(self) -> bool:
        return all(ground.confirmed for ground in self.grounds)

    @property
    def needs_review(self) -> bool:
        return any(ground.needs_review for ground in self.grounds)

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ground.note for ground in self.grounds if ground.note))

    def facts(self) -> dict[str, Any]:
        """The verdict as JSON, to be kept with the case that it decided."""
        return {
            **{name: to_json_value(value) for name, value in asdict(self).items()},
            "citation": self.citation,
            "confirmed": self.confirmed,
            "needs_review": self.needs_review,
        }


def to_json_value(value: Any) -> Any:
    """The value as JSON takes it: numbers with a fraction become text."""
    if isinstance(value, Decimal | Fraction):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: to_json_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [to_json_value(part) for part in value]
    return value
