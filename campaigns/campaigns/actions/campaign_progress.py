"""Actions on a running campaign: change of days, midterm review (sơ kết), final review (tổng kết), closing."""

from datetime import date

from campaigns.campaigns import rules
from campaigns.campaigns.actions.campaign import (
    campaign_approval,
    last_register_day,
    raise_first_fault,
    unit_heads_today,
)
from campaigns.campaigns.models.campaign import Campaign
from campaigns.campaigns.queries.registration import registration_table
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.validation import not_future, require_reason
from emulation.workflow.transitions import act
from villages.models import Unit


def extend_campaign(
    *, by: User, campaign: Campaign, days: rules.CampaignDays, reason: str, seen: int | None = None
) -> Campaign:
    """Change days of a running campaign, with a reason; the issued plan is not changed, the history shows the new days."""
    reason = require_reason(reason, "Hãy ghi lý do đổi thời hạn.")
    with act("campaigns.extend_campaign", campaign, by=by, seen=seen, reason=reason) as locked:
        before = locked.days
        for name in ("ends_on", "register_by", "final_on"):
            if getattr(days, name) is None:
                raise RuleBroken("Phong trào đang thực hiện phải có ngày này.", field=name)
        for name in Campaign.DAYS:
            setattr(locked, name, getattr(days, name))
        locked.starts_on = before.starts_on
        locked.register_until = last_register_day(locked)
        raise_first_fault(locked.days.faults())
        if locked.days == before:
            raise RuleBroken("Chưa có ngày nào được đổi.", field="final_on")
    return campaign


def record_midterm_review(
    *, by: User, campaign: Campaign, held_on: date, note: str, seen: int | None = None
) -> Campaign:
    """Midterm review (sơ kết): a note and a snapshot of the current figures."""
    note = require_reason(note, "Hãy ghi đánh giá sơ kết: làm được gì, còn vướng gì.", "note")
    with act("campaigns.hold_midterm", campaign, by=by, seen=seen) as locked:
        _check_review_open(locked, held_on)
        locked.midterm_held_on = held_on
        locked.midterm_note = note
        locked.midterm_figures = _figures(locked)
        campaign_approval.notify(locked, _unit_heads(locked), "Đã sơ kết")
    return campaign


def record_final_review(
    *,
    by: User,
    campaign: Campaign,
    held_on: date,
    results: str,
    shortcomings: str,
    lessons: str,
    seen: int | None = None,
) -> Campaign:
    """Final review (tổng kết): results, shortcomings with causes, lessons, and a snapshot of the current figures."""
    texts = {"results": results, "shortcomings": shortcomings, "lessons": lessons}
    with act("campaigns.sum_up", campaign, by=by, seen=seen) as locked:
        _check_review_open(locked, held_on)
        if locked.midterm_held_on and held_on < locked.midterm_held_on:
            raise RuleBroken("Ngày tổng kết không thể trước ngày đã sơ kết.", field="held_on")
        for name, text in texts.items():
            setattr(locked, name, require_reason(text, "Hãy ghi mục này trước khi tổng kết.", name))
        locked.final_held_on = held_on
        locked.final_figures = _figures(locked)
        campaign_approval.notify(locked, _unit_heads(locked), "Đã tổng kết")
    return campaign


def close_campaign(*, by: User, campaign: Campaign, seen: int | None = None) -> Campaign:
    """Close the campaign; afterwards it is read-only."""
    with act("campaigns.close_campaign", campaign, by=by, seen=seen):
        pass
    return campaign


def _check_review_open(campaign: Campaign, day: date) -> None:
    not_future(day, "Ngày họp", "held_on")
    if campaign.starts_on and day < campaign.starts_on:
        raise RuleBroken("Ngày họp không thể trước ngày bắt đầu phong trào.", field="held_on")


def _figures(campaign: Campaign) -> list[dict[str, str]]:
    return [line.as_snapshot() for line in registration_table(campaign).goals]


def _unit_heads(campaign: Campaign) -> list[int]:
    return unit_heads_today(Unit.objects.filter(pk__in=campaign.registrations.values("unit_id")))
