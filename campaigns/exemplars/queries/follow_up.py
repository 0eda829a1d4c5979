"""Follow-ups of exemplars: those stored here, and those of apps of higher layers (a nomination and its state).

Such an app registers its source on import: `@follow_up_sources.register("award")`, with
function(user, ids) -> pairs of exemplar id and FollowUpItem.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.core.registry import Registry

ICONS = {
    FollowUp.PRAISED: "megaphone",
    FollowUp.LETTER: "envelope-paper",
    FollowUp.ABOVE: "arrow-up-circle",
    FollowUp.EXAMPLE: "star",
}


@dataclass(frozen=True)
class FollowUpItem:
    """One follow-up as shown in lists: a word with an icon, details (`details`), day and link.

    `warning`: a whole sentence at the top of the page of the exemplar; "" for nothing.
    """

    word: str
    icon: str
    details: str = ""
    on: date | None = None
    url: str = ""
    row: FollowUp | None = None
    warning: str = ""


FollowUpSource = Callable[[Any, list[int]], Iterable[tuple[int, FollowUpItem]]]
follow_up_sources: Registry[FollowUpSource] = Registry(
    "Follow-ups", "kind: the function that returns follow-ups of exemplars that an app of a higher layer knows"
)


def follow_ups_of(user: Any, exemplars: Iterable[Exemplar]) -> dict[int, list[FollowUpItem]]:
    """The follow-ups of these exemplars by exemplar id; two queries, and those of each source."""
    ids = [exemplar.pk for exemplar in exemplars]
    found: dict[int, list[FollowUpItem]] = {}
    if not ids:
        return found
    for row in FollowUp.objects.filter(exemplar__in=ids):
        word = row.get_kind_display()
        found.setdefault(row.exemplar_id, []).append(
            FollowUpItem(word, ICONS[row.kind], row.details, row.done_on, row=row)
        )
    for letter in PraiseLetter.objects.visible_to(user).not_cancelled().filter(exemplar__in=ids):
        details = "" if letter.issued_on else "chưa ký"
        found.setdefault(letter.exemplar_id, []).append(
            FollowUpItem("Thư khen", ICONS[FollowUp.LETTER], details, letter.issued_on, letter.get_absolute_url())
        )
    for source in follow_up_sources.values():
        for pk, item in source(user, ids):
            found.setdefault(pk, []).append(item)
    return found


def without_follow_up(rows: QuerySet[Exemplar]) -> QuerySet[Exemplar]:
    """Accepted exemplars without any follow-up, praise letter or nomination."""
    letters = PraiseLetter.objects.filter(exemplar=OuterRef("pk")).not_cancelled()
    return rows.filter(~Exists(letters), state=Exemplar.ACCEPTED, nothing=False, followups=None)
