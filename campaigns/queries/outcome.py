"""What followed each exemplar: what was written down here, and what rooms above know (a nomination and its state).

A room above registers its source in AppConfig.ready(): `source("award")(function)`, function(user, ids) -> (id, Outcome) pairs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from campaigns.models import Exemplar, FollowUp, PraiseLetter

ICONS = {
    FollowUp.PRAISED: "megaphone",
    FollowUp.LETTER: "envelope-paper",
    FollowUp.ABOVE: "arrow-up-circle",
    FollowUp.EXAMPLE: "star",
}


@dataclass(frozen=True)
class Outcome:
    """One thing that followed: a word and an icon, what it says beside it, when, where to read on."""

    word: str
    icon: str
    says: str = ""
    on: date | None = None
    url: str = ""
    row: FollowUp | None = None


Source = Callable[[Any, list[int]], Iterable[tuple[int, Outcome]]]
_sources: dict[str, Source] = {}


def source(kind: str) -> Callable[[Source], Source]:
    """Registers what a room above knows of exemplars."""

    def keep(function: Source) -> Source:
        _sources[kind] = function
        return function

    return keep


def outcomes_of(user: Any, exemplars: Iterable[Exemplar]) -> dict[int, list[Outcome]]:
    """What followed each of these exemplars, oldest first; two queries here and one a source."""
    ids = [exemplar.pk for exemplar in exemplars]
    found: dict[int, list[Outcome]] = {}
    if not ids:
        return found
    for row in FollowUp.objects.filter(exemplar__in=ids):
        word = row.get_kind_display()
        found.setdefault(row.exemplar_id, []).append(Outcome(word, ICONS[row.kind], row.says, row.done_on, row=row))
    for letter in PraiseLetter.objects.visible_to(user).filter(exemplar__in=ids):
        says = "" if letter.signed_on else "chưa ký"
        found.setdefault(letter.exemplar_id, []).append(
            Outcome("Thư khen", ICONS[FollowUp.LETTER], says, letter.signed_on, letter.get_absolute_url())
        )
    for function in _sources.values():
        for pk, outcome in function(user, ids):
            found.setdefault(pk, []).append(outcome)
    return found


def without_outcome(rows: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """Accepted exemplars for which nothing was done yet, not even a nomination."""
    return rows.filter(state=Exemplar.ACCEPTED, nothing=False, followups=None, praise_letter=None)
