"""What distinguishes people, or households, of one name where both may be named: year of birth, household and so on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import format_date, lower_first
from villages.rules.twins import SEX_WORDS

MAX_MARK = 160


@dataclass(frozen=True)
class Namesake:
    """One of the people (or households) of one name in one unit; empty if it is not known.

    `household` is the household of a person, of a household its address.
    """

    birth_year: int | None = None
    household: str = ""
    birth_date: date | None = None
    post: str = ""
    sex: str = ""

    def in_words(self) -> list[str]:
        """What may distinguish it, in the order in which it is preferred; "" for what is not known."""
        return [
            f"sinh năm {self.birth_year}" if self.birth_year else "",
            self.household,
            f"sinh ngày {format_date(self.birth_date)}" if self.birth_date else "",
            lower_first(self.post),
            SEX_WORDS.get(self.sex, ""),
        ]


def name_marks(namesakes: Sequence[Namesake]) -> list[str]:
    """For each of them the first fact that no other has, or all that some of them do not have; "" for one alone, and where
    nothing known distinguishes it."""
    if len(namesakes) < 2:
        return [""] * len(namesakes)
    known = [one.in_words() for one in namesakes]
    return [_mark(facts, [other for other in known if other is not facts]) for facts in known]


def _mark(facts: list[str], others: list[list[str]]) -> str:
    others_with = {text: sum(text in other for other in others) for text in facts if text}
    unique = [text for text, count in others_with.items() if not count]
    words = unique[0] if unique else " – ".join(text for text, count in others_with.items() if count < len(others))
    return words[:MAX_MARK]


def marked_name(name: str, mark: str) -> str:
    """ "Lê Văn Hùng (sinh năm 1985)"; the mere name without a mark."""
    return f"{name} ({mark})" if mark else name
