"""People of one name and year of birth in one unit: what distinguishes them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from emulation.core.formatting import format_date, lower_first
from emulation.core.text import fold

SEX_WORDS = {"nam": "nam", "nu": "nữ"}


@dataclass(frozen=True)
class Traits:
    """What may distinguish a person from another of the same name and year; empty if it is not known."""

    birth_date: date | None = None
    household: str = ""
    note: str = ""
    sex: str = ""
    post: str = ""

    def differs_from(self, other: "Traits") -> bool:
        """Whether one of these facts differs. A day of birth or a note is enough alone; the others must be known of both."""
        alone = ((self.birth_date, other.birth_date), (fold(self.note), fold(other.note)))
        if any(one and one != another for one, another in alone):
            return True
        both = (
            (self.sex, other.sex),
            (fold(self.household), fold(other.household)),
            (fold(self.post), fold(other.post)),
        )
        return any(one and another and one != another for one, another in both)

    def facts_unknown_of(self, other: "Traits") -> list[str]:
        """The Vietnamese names of the facts that must be known of both and are known here only."""
        facts = {
            "giới tính": (self.sex, other.sex),
            "hộ gia đình": (self.household, other.household),
            "nghề nghiệp": (self.post, other.post),
        }
        return [name for name, (one, another) in facts.items() if one and not another]

    def in_words(self) -> dict[str, str]:
        """{fact: its words after a name}, without what is not known."""
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
    return [_label(facts, [other for other in known if other is not facts]) for facts in known]


def _label(facts: dict[str, str], others: list[dict[str, str]]) -> str:
    shared = {fact: [other.get(fact) == text for other in others] for fact, text in facts.items()}
    unique = [facts[fact] for fact, same in shared.items() if not any(same)]
    return unique[0] if unique else ", ".join(facts[fact] for fact, same in shared.items() if not all(same))
