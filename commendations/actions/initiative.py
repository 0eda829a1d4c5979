"""Mark the initiatives (sáng kiến) that an award uses."""

from datetime import date

from commendations.models import Nomination
from commendations.queries.eligibility import used_initiative_ids
from emulation.accounts.models import User
from villages.actions.evidence import use_initiative
from villages.models import Initiative


def mark_initiatives_used(*, by: User, nomination: Nomination, on: date, about: str) -> None:
    """Mark the initiatives that the award of this nomination relies on as used for it; `about` names the decision."""
    for initiative in Initiative.objects.filter(pk__in=used_initiative_ids(nomination, on)).order_by("pk"):
        use_initiative(
            by=by, initiative=initiative, award_code=nomination.award_code, year=nomination.award_year, about=about
        )
