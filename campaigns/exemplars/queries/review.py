"""What the office looks at while it reviews a submitted exemplar: the queue of exemplars, the same nominee's others."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.rules.shortlist import first_sentence
from emulation.workflow.authorization import check_act
from villages.queries.same_people import about_nominees

LOOK_BACK_YEARS = 1


@dataclass(frozen=True)
class ReviewQueue:
    """The place of an exemplar among those that wait for the office, and the one after it (None: it is the only one)."""

    place: int
    total: int
    following: Exemplar | None


def review_queue(user: Any, exemplar: Exemplar) -> ReviewQueue:
    """The submitted exemplars that the user sees, by period and in the order in which they came; after the last comes the first."""
    waiting = Exemplar.objects.visible_to(user).filter(state=Exemplar.SUBMITTED)
    keys = list(waiting.order_by("period__opens_on", "state_since", "pk").values_list("pk", flat=True))
    place = keys.index(exemplar.pk) + 1 if exemplar.pk in keys else 0
    others = [*keys[place:], *keys[:place]]
    return ReviewQueue(place, len(keys), waiting.exclude(pk=exemplar.pk).filter(pk__in=others[:1]).first())


def other_exemplars(user: Any, exemplar: Exemplar, on: date) -> list[Exemplar]:
    """Exemplars of the same nominee of the last 12 months that were not dropped, newest first."""
    return others_of(user, [exemplar], on)[exemplar.pk]


def others_of(user: Any, exemplars: Sequence[Exemplar], on: date) -> dict[int, list[Exemplar]]:
    """By primary key of each exemplar what `other_exemplars` returns; one query."""
    rows = Exemplar.objects.visible_to(user).filter(about_nominees(exemplars)).exclude(state=Exemplar.CANCELLED)
    since = on.replace(year=on.year - LOOK_BACK_YEARS, day=1)
    found = defaultdict(list)
    for row in (
        rows.filter(period__opens_on__gte=since)
        .select_related("period", "unit", "person")
        .order_by("-period__opens_on", "-pk")
    ):
        found[row.nominee_identity].append(row)
    return {one.pk: [row for row in found.get(one.nominee_identity, []) if row.pk != one.pk] for one in exemplars}


@dataclass(frozen=True)
class ReviewLine:
    """One of several exemplars that are accepted at once: why it cannot be ("" if it can), the nominee's others."""

    exemplar: Exemplar
    reason: str
    others: list[Exemplar]

    @property
    def gist(self) -> str:
        """The deed in one sentence, or why there is none."""
        return first_sentence(self.exemplar.nothing_reason if self.exemplar.nothing else self.exemplar.deed)

    @property
    def is_corrected(self) -> bool:
        """Whether the office returned it before."""
        return bool(self.exemplar.returned_content)


def review_lines(user: Any, keys: Iterable[int], on: date) -> list[ReviewLine]:
    """The exemplars with these primary keys that the user sees, in the order in which units sent them; two queries."""
    sent = Exemplar.objects.visible_to(user).sent().filter(pk__in=list(keys))
    rows = list(sent.for_lists().order_by("period__opens_on", "state_since", "pk"))
    others = others_of(user, rows, on)
    return [ReviewLine(row, check_act("campaigns.accept", row, user).reason, others[row.pk]) for row in rows]
