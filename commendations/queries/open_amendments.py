"""Amendments that are not issued yet, and the awards that they are about."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from commendations.models import Amendment, Award, Decision


def open_amendments(decision: Decision) -> QuerySet[Amendment]:
    """The amendments of a decision that are neither issued nor dropped."""
    return decision.amendments.filter(state__in=Amendment.PREPARED)


def awards_in_open_amendments(decision: Decision, besides: Amendment | None = None) -> dict[int, Amendment]:
    """By id of the award the other open amendment of the decision that is about it."""
    return _by_award(open_amendments(decision).exclude(pk=besides.pk if besides else None))


def mark_open_amendments(awards: Iterable[Award], user: Any) -> list[Award]:
    """The awards, each with the open amendment about it that this user may see as `open_amendment`; one query."""
    marked = list(awards)
    decisions = {award.decision_id for award in marked}
    rows = Amendment.objects.visible_to(user).filter(decision__in=decisions, state__in=Amendment.PREPARED)
    found = _by_award(rows.select_related("decision__document"))
    for award in marked:
        award.open_amendment = found.get(award.pk)
    return marked


def _by_award(amendments: Iterable[Amendment]) -> dict[int, Amendment]:
    found: dict[int, Amendment] = {}
    for amendment in amendments:
        found |= dict.fromkeys(amendment.award_ids, amendment)
    return found
