"""Mark the initiatives (sáng kiến) that an award uses, and free them when it is cancelled."""

from collections.abc import Iterable
from datetime import date

from commendations.models import Nomination
from commendations.queries.amendment import spent_initiatives
from commendations.queries.eligibility import used_initiative_ids
from emulation.accounts.models import User
from villages.actions.evidence import release_initiative, use_initiative
from villages.models import Initiative


def mark_initiatives_used(*, by: User, nomination: Nomination, on: date, about: str) -> None:
    """Mark the initiatives that the award of this nomination relies on as used for it; `about` names the decision."""
    for initiative in Initiative.objects.filter(pk__in=used_initiative_ids(nomination, on)).order_by("pk"):
        use_initiative(
            by=by, initiative=initiative, award_code=nomination.award_code, year=nomination.award_year, about=about
        )


def release_initiatives(*, by: User, nominations: Iterable[Nomination]) -> None:
    """Free the initiatives that the awards of these nominations used, so that another award may use them."""
    for initiative in spent_initiatives(nominations):
        release_initiative(by=by, initiative=initiative)
