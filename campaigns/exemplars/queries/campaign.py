"""Exemplars of a campaign, for the panel on its page and against its cancelling."""

from typing import Any

from django.db.models import QuerySet

from campaigns.campaigns.models.campaign import Campaign
from campaigns.exemplars.models.exemplar import Exemplar

EXEMPLARS_ON_PAGE = 12


def exemplars_of_campaign(campaign: Campaign, user: Any) -> QuerySet[Exemplar]:
    """Exemplars of the campaign that this user may see, the latest first."""
    rows = Exemplar.objects.visible_to(user).filter(campaign=campaign).exclude(state=Exemplar.CANCELLED)
    return rows.for_lists().order_by("-period__opens_on", "unit__sort", "pk")


def exemplars_that_keep_the_campaign(campaign: Campaign) -> list[str]:
    """For the list of what cancelling the campaign changes."""
    count = Exemplar.objects.filter(campaign=campaign).exclude(state=Exemplar.CANCELLED).count()
    return [f"{count} điển hình của phong trào giữ nguyên."] if count else []


def exemplar_context(campaign: Campaign, user: Any) -> dict[str, Any]:
    """The first exemplars of the campaign and how many there are, for its page; two queries."""
    exemplars = exemplars_of_campaign(campaign, user)
    return {"exemplars": exemplars[:EXEMPLARS_ON_PAGE], "exemplar_count": exemplars.count()}
