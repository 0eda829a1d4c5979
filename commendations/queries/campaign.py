"""Nominations of a campaign, for the panel on its page (campaign_panel_sources)."""

from typing import Any

from campaigns.models import Campaign
from commendations.models import Nomination
from emulation.core.formatting import format_names

NOMINATIONS_PANEL_TITLE = "Đề nghị khen thưởng của phong trào"


def nominations_that_keep_the_campaign(campaign: Campaign) -> list[str]:
    """For the list of what cancelling the campaign changes."""
    rows = Nomination.objects.filter(campaign=campaign).exclude(state="withdrawn").for_lists()
    names = [case.nominee_alone for case in rows.order_by("pk")]
    if not names:
        return []
    return [
        f"{len(names)} đề nghị khen thưởng của phong trào ({format_names(names, 'đề nghị')}) giữ nguyên; hồ sơ ghi rõ "
        "phong trào đã hủy."
    ]


def nominations_of_campaign(campaign: Campaign, user: Any) -> list[Nomination]:
    """The nominations of the campaign that this user may see, the latest first."""
    rows = Nomination.objects.visible_to(user).filter(campaign=campaign).exclude(state="withdrawn")
    return list(rows.for_lists().order_by("-state_since", "-pk"))
