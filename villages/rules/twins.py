"""People of one name and year of birth in one unit: what tells them apart. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import format_date, lower_first
from emulation.core.text import fold

SEX_WORDS = {"nam": "nam", "nu": "nữ"}


@dataclass(frozen=True)
class Traits:
    """What may tell a person from another of the same name and year; empty if it is not known."""

    birth_date: date | None = None
    household: str = ""
    note: str = ""
    sex: str = ""
    post: str = ""

    def told_from(self, other: "Traits") -> bool:
        """Whether one of these facts differs. A day of birth or a note is enough alone; the others must be known of both."""
        own = self.birth_date, fold(self.note)
        theirs = other.birth_date, fold(other.note)
        if any(one and one != another for one, another in zip(own, theirs, strict=True)):
            return True
        both = (
            (self.sex, other.sex),
            (fold(self.household), fold(other.household)),
            (fold(self.post), fold(other.post)),
        )
        return any(one and another and one != another for one, another in both)

    def in_words(self) -> dict[str, str]:
        """{fact: how it stands behind a name}, without what is not known."""
        words = {
            "birth_date": f"sinh ngày {format_date(self.birth_date)}" if self.birth_date else "",
            "household": f"hộ {self.household}" if self.household else "",
            "note": self.note,
            "sex": SEX_WORDS.get(self.sex, ""),
            "post": lower_first(self.post),
        }
        return {fact: text for fact, text in words.items() if text}


def twin_labels(twins: Sequence[Traits]) -> list[str]:
    """For each of the twins the first fact that nobody else of them has, or all that some of them do not have; maybe ""."""
    known = [traits.in_words() for traits in twins]
    labels = []
    for place, facts in enumerate(known):
        others = [other for number, other in enumerate(known) if number != place]
        own = [text for fact, text in facts.items() if all(other.get(fact) != text for other in others)]
        some = [text for fact, text in facts.items() if any(other.get(fact) != text for other in others)]
        labels.append(own[0] if own else ", ".join(some))
    return labels
