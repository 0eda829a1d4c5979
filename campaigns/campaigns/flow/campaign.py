"""Workflow of campaigns: plan, approval, launch, change of days, reviews, closing."""

from typing import Any

from django.db.models import Q
from django.db.models.functions import Now, TruncDate

from campaigns.campaigns import rules
from campaigns.campaigns.models.campaign import Campaign
from emulation.documents.approval.flow import ApprovalFlow
from emulation.workflow import permissions
from emulation.workflow.workflow import State, Step

TODAY = TruncDate(Now())
COVERAGE_READERS = permissions.staff | permissions.council_member


def campaign_plan(campaign: Any) -> rules.CampaignPlan:
    """The plan as input of the rule `missing_plan_parts`."""
    names = (
        "purpose",
        "scope",
        "audience",
        "contents",
        "measures",
        "unit_kinds",
        "parent_name",
        "signer",
        "recipients",
    )
    return rules.CampaignPlan(
        days=campaign.days,
        criteria=[getattr(campaign, name) for name in rules.CRITERIA],
        response=campaign.is_response,
        **{name: getattr(campaign, name) for name in names},
    )


def plan_incomplete(campaign: Any) -> str | None:
    """Reason when purpose, criteria, time or another required part of the plan is missing."""
    found = list(rules.missing_plan_parts(campaign_plan(campaign)).values())
    more = f" Còn {len(found) - 1} mục nữa." if len(found) > 1 else ""
    return f"Kế hoạch chưa rõ: {found[0]}{more}" if found else None


SAVE_GOALS = Step(
    "campaigns.save_goals",
    "Sửa chỉ tiêu",
    permissions.office,
    sources=Campaign.OPEN,
    refused="Kế hoạch đã trình nên chỉ tiêu không sửa được nữa.",
    url="campaigns:edit_goals",
    form=True,
    icon="list-check",
)

CAMPAIGN_STEPS = (
    Step(
        "campaigns.hold_midterm",
        "Ghi sơ kết",
        permissions.office,
        sources=("running",),
        target="midterm",
        refused="Phong trào đã sơ kết, hoặc không còn đang thực hiện.",
        url="campaigns:hold_midterm",
        form=True,
        todo_rank=60,
        todo="Sơ kết phong trào",
        waits=Q(midterm_on__lte=TODAY),
        icon="clipboard-check",
    ),
    Step(
        "campaigns.sum_up",
        "Ghi tổng kết",
        permissions.office,
        sources=Campaign.RUNNING,
        target="summed",
        refused="Chỉ tổng kết được phong trào đang thực hiện.",
        url="campaigns:sum_up",
        form=True,
        todo_rank=60,
        todo="Tổng kết phong trào",
        waits=Q(final_on__lte=TODAY),
        icon="clipboard-check",
    ),
    Step(
        "campaigns.close_campaign",
        "Kết thúc phong trào",
        permissions.office,
        sources=("summed",),
        target="closed",
        refused="Phải tổng kết trước khi kết thúc.",
        url="campaigns:close_campaign",
        todo_rank=70,
        todo="Khen thưởng xong thì kết thúc phong trào",
        confirm="Kết thúc phong trào? Sau đó chỉ còn xem và in.",
        icon="check2-circle",
        tone="primary",
    ),
    Step(
        "campaigns.extend_campaign",
        "Đổi thời hạn",
        permissions.office,
        sources=Campaign.RUNNING,
        refused="Chỉ đổi được thời hạn của phong trào đang thực hiện.",
        url="campaigns:extend_campaign",
        form=True,
        icon="calendar-plus",
    ),
)

CAMPAIGN_APPROVAL_FLOW = ApprovalFlow(
    model=Campaign,
    acts="campaigns.{verb}_campaign",
    title="Phong trào thi đua",
    name="kế hoạch phong trào",
    page="campaigns:campaign",
    icon="flag",
    start_label="Lập kế hoạch phong trào",
    edit_label="Sửa kế hoạch",
    end_label="Lấy số, ban hành kế hoạch",
    end="running",
    cancelled_from=Campaign.RUNNING,
    submit_guard=plan_incomplete,
    own_edits=(SAVE_GOALS,),
    own_steps=CAMPAIGN_STEPS,
    own_states={
        "draft": State("Đang soạn kế hoạch", "pencil"),
        "running": State("Đang thực hiện", "flag", "good"),
        "midterm": State("Đang thực hiện, đã sơ kết", "flag", "good"),
        "summed": State("Đã tổng kết", "check-circle", "good"),
        "closed": State("Đã kết thúc", "check2-circle"),
        "cancelled": State("Đã hủy", "x-circle"),
    },
)
