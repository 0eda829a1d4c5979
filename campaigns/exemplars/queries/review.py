"""What the office looks at while it reviews a submitted exemplar: the queue of exemplars, the same nominee's others."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from campaigns.exemplars.models.exemplar import Exemplar

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
    nominee = {
        "person_id": exemplar.person_id,
        "household_id": exemplar.household_id,
        "collective_id": exemplar.collective_id,
    }
    if not any(nominee.values()):
        return []
    rows = Exemplar.objects.visible_to(user).filter(**nominee).exclude(pk=exemplar.pk).exclude(state=Exemplar.CANCELLED)
    since = on.replace(year=on.year - LOOK_BACK_YEARS, day=1)
    return list(
        rows.filter(period__opens_on__gte=since).select_related("period", "unit").order_by("-period__opens_on", "-pk")
    )
