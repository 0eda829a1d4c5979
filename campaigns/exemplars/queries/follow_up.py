"""What followed each exemplar: what was written down here, and what rooms above know (a nomination and its state).

A room above registers its source in AppConfig.ready(): `source("award")(function)`, function(user, ids) -> (id, Outcome) pairs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from campaigns.exemplars.models.praise_letter import PraiseLetter

ICONS = {
    FollowUp.PRAISED: "megaphone",
    FollowUp.LETTER: "envelope-paper",
    FollowUp.ABOVE: "arrow-up-circle",
    FollowUp.EXAMPLE: "star",
}


@dataclass(frozen=True)
class FollowUpItem:
    """One thing that followed: a word and an icon, what it says beside it, when, where to read on."""

    word: str
    icon: str
    says: str = ""
    on: date | None = None
    url: str = ""
    row: FollowUp | None = None


FollowUpSource = Callable[[Any, list[int]], Iterable[tuple[int, FollowUpItem]]]
_sources: dict[str, FollowUpSource] = {}


def follow_up_source(kind: str) -> Callable[[FollowUpSource], FollowUpSource]:
    """Registers what a room above knows of exemplars."""

    def keep(function: FollowUpSource) -> FollowUpSource:
        _sources[kind] = function
        return function

    return keep


def follow_ups_of(user: Any, exemplars: Iterable[Exemplar]) -> dict[int, list[FollowUpItem]]:
    """What followed each of these exemplars, oldest first; two queries here and one a source."""
    ids = [exemplar.pk for exemplar in exemplars]
    found: dict[int, list[FollowUpItem]] = {}
    if not ids:
        return found
    for row in FollowUp.objects.filter(exemplar__in=ids):
        word = row.get_kind_display()
        found.setdefault(row.exemplar_id, []).append(
            FollowUpItem(word, ICONS[row.kind], row.says, row.done_on, row=row)
        )
    for letter in PraiseLetter.objects.visible_to(user).filter(exemplar__in=ids):
        says = "" if letter.signed_on else "chưa ký"
        found.setdefault(letter.exemplar_id, []).append(
            FollowUpItem("Thư khen", ICONS[FollowUp.LETTER], says, letter.signed_on, letter.get_absolute_url())
        )
    for function in _sources.values():
        for pk, outcome in function(user, ids):
            found.setdefault(pk, []).append(outcome)
    return found


def without_follow_up(rows: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """Accepted exemplars for which nothing was done yet, not even a nomination."""
    return rows.filter(state=Exemplar.ACCEPTED, nothing=False, followups=None, praise_letter=None)
