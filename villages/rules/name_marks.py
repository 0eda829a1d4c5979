"""What distinguishes people, or households, of one name where both may be named: year of birth, household, day of birth. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import format_date

MAX_MARK = 160
BORN_ON = "sinh ngày "


@dataclass(frozen=True)
class Namesake:
    """One of the people (or households) of one name in one unit; empty if it is not known.

    `household` is the household of a person, of a household its address.
    """

    birth_year: int | None = None
    household: str = ""
    birth_date: date | None = None

    def in_words(self) -> list[str]:
        """What may distinguish it, in the order in which it is preferred; "" for what is not known."""
        return [
            f"sinh năm {self.birth_year}" if self.birth_year else "",
            self.household,
            f"{BORN_ON}{format_date(self.birth_date)}" if self.birth_date else "",
        ]


def name_marks(namesakes: Sequence[Namesake]) -> list[str]:
    """For each of them the first fact that no other has; "" for one alone, and where nothing known distinguishes it."""
    if len(namesakes) < 2:
        return [""] * len(namesakes)
    known = [one.in_words() for one in namesakes]
    return [_mark(facts, [other for other in known if other is not facts]) for facts in known]


def _mark(facts: list[str], others: list[list[str]]) -> str:
    unique = (text for place, text in enumerate(facts) if text and all(other[place] != text for other in others))
    return next(unique, "")[:MAX_MARK]


def marked_name(name: str, mark: str) -> str:
    """ "Lê Văn Hùng (sinh năm 1985)"; the mere name without a mark."""
    return f"{name} ({mark})" if mark else name


def public_name(name: str) -> str:
    """The name for pages that everybody may read: without a mark that is a day of birth."""
    bare, found, _ = name.partition(f" ({BORN_ON}")
    return bare if found else name
