"""Shortcuts for tests: bring a campaign to a state through the actions."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from campaigns.campaigns.actions.campaign import (
    GoalInput,
    campaign_approval,
    save_goals,
)
from emulation.accounts.models import User
from emulation.documents.cancellations import agree_to_cancellation, propose_cancellation

TODAY = timezone.localdate()
START = TODAY - timedelta(days=60)
END = TODAY + timedelta(days=60)
PLAN = {
    "grounds": "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "purpose": "- Thi đua thiết thực.",
    "scope": "Toàn xã.",
    "audience": "Các thôn.",
    "contents": "- Hiến đất làm đường.",
    "criteria_collective": "- Hoàn thành chỉ tiêu đăng ký.",
    "measures": "- Họp thôn.",
    "starts_on": START,
    "ends_on": END,
    "register_by": TODAY + timedelta(days=5),
    "midterm_on": TODAY,
    "final_on": END,
    "unit_kinds": ["village", "school"],
}


METHODS = {"return": "send_back"}
"""Methods of an approval that are not called like their verb."""


def draft_campaign(commune):
    """A draft without any text."""
    return campaign_approval.start(
        by=_user("vanphong"),
        commune=commune,
        name="Chung sức xây dựng nông thôn mới",
        kind="thematic",
        year=TODAY.year,
        initiator="own",
    )


def complete_campaign_plan(commune):
    """A plan that can be submitted, with a goal in metres and one that is a rate."""
    campaign = draft_campaign(commune)
    campaign_approval.save(campaign, by=_user("vanphong"), **PLAN)
    goals = [GoalInput("Làm đường", Decimal(3000), "m"), GoalInput("Hộ văn hóa", Decimal(85), "%", is_rate=True)]
    return save_goals(by=_user("vanphong"), campaign=campaign, goals=goals)


def approved_campaign(commune):
    campaign = complete_campaign_plan(commune)
    campaign_approval.submit(campaign, by=_user("vanphong"))
    return campaign_approval.approve(campaign, by=_user("chutich"))


def issued_campaign(commune):
    """Issued today; six villages and three schools are invited to register."""
    return campaign_approval.issue(approved_campaign(commune), by=_user("vanthu"), issued_on=TODAY)


def cancelled_campaign(campaign, reason="Vì mưa bão."):
    """The office proposes to cancel the issued plan, the chair agrees."""
    proposal = propose_cancellation(by=_user("vanphong"), document=campaign.document, reason=reason)
    agree_to_cancellation(by=_user("chutich"), cancellation=proposal)
    campaign.refresh_from_db()
    return campaign


def _user(login):
    return User.objects.get(username=login)
