"""Sáng kiến that an award uses up: marked when it is given, so that no other case can stand on them."""

from datetime import date

from commendations.models import Nomination
from commendations.queries.eligibility import initiatives_spent
from emulation.accounts.models import User
from villages import actions as villages
from villages.models import Initiative


def spend(*, by: User, nomination: Nomination, on: date, about: str) -> None:
    """Marks the initiatives on which the award of this case stands as used for it; `about` names the decision."""
    for initiative in Initiative.objects.filter(pk__in=initiatives_spent(nomination, on)).order_by("pk"):
        villages.use_initiative(
            by=by, initiative=initiative, award_code=nomination.award_code, year=nomination.award_year, about=about
        )
