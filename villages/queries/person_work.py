"""What is unfinished about a person; the apps above register their own.

A source is registered in AppConfig.ready(): a function(user, ids of the records of a person) -> the rows that the user sees.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from emulation.core.registry import Registry
from villages.models import Person
from villages.queries.same_people import same_person_ids


@dataclass(frozen=True)
class OpenRow:
    """An unfinished row about a person: what it is, and its page."""

    text: str
    url: str


OpenRowSource = Callable[[Any, Sequence[int]], Iterable[OpenRow]]
person_work_sources: Registry[OpenRowSource] = Registry(
    "Work about people", "kind: a function that gives the unfinished rows about a person that a user may see"
)


def open_rows_about(user: Any, person: Person) -> list[OpenRow]:
    """What is unfinished about the person, in all records; a query for each kind."""
    ids = same_person_ids([person])
    return list(chain.from_iterable(source(user, ids) for source in person_work_sources.values()))
