"""Nominations of a campaign, for the panel on its page (campaign_panel_sources)."""

from typing import Any

from campaigns.models import Campaign
from commendations.models import Nomination

NOMINATIONS_PANEL_TITLE = "Đề nghị khen thưởng của phong trào"


def nominations_of_campaign(campaign: Campaign, user: Any) -> list[Nomination]:
    """The nominations of the campaign that this user may see, the latest first."""
    rows = Nomination.objects.visible_to(user).filter(campaign=campaign).exclude(state="withdrawn")
    return list(rows.for_lists().order_by("-state_since", "-pk"))
