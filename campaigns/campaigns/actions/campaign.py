"""Actions on the plan of a campaign, up to the launch."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from campaigns.campaigns import rules
from campaigns.campaigns.flow.campaign import CAMPAIGN_APPROVAL_FLOW
from campaigns.campaigns.models.campaign import UNIT_KINDS, Campaign, Goal
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.papers.campaign import campaign_paper
from campaigns.campaigns.queries.campaign import cancelled_campaign_consequences, goals_in_words
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.documents.approval.actions import Approval, Audience
from emulation.documents.blocks.paper import Paper
from emulation.legal import current
from emulation.legal.calendar.due_days import last_days_of
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.contacts import unit_audience
from villages.queries.people import head_ids_of_units

PLAN_RECIPIENTS = (
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)\nThành viên Hội đồng TĐKT xã (t/h)\nCác đơn vị trong xã (t/h)"
)
MAX_GOALS = 12


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class GoalInput:
    """One goal, as the form gives it."""

    text: str
    target: Decimal | None = None
    measure: str = ""
    is_rate: bool = False
    due_on: date | None = None


def save_goals(*, by: User, campaign: Campaign, goals: Sequence[GoalInput], seen: int | None = None) -> Campaign:
    """Replace the goals. Possible because no unit has registered yet while the plan is a draft or returned."""
    if len(goals) > MAX_GOALS:
        raise RuleBroken(f"Mỗi phong trào có nhiều nhất {MAX_GOALS} chỉ tiêu.")
    with act("campaigns.save_goals", campaign, by=by, seen=seen, goals=[goal.text for goal in goals]) as locked:
        locked.goals.all().delete()
        rows = []
        for place, goal in enumerate(goals, 1):
            columns = {**goal.__dict__, "text": clean(goal.text)}
            rows.append(Goal(commune_id=locked.commune_id, campaign=locked, sort=place, **columns))
        Goal.objects.bulk_create(rows)
        locked.updated_at = timezone.now()  # counts as a change of the campaign, although only goals changed
    return campaign


class CampaignApproval(Approval[Campaign]):
    """Plans of campaigns: the issue creates a registration for every unit of the addressed kinds."""

    flow = CAMPAIGN_APPROVAL_FLOW
    key = "campaigns.campaign"
    kind = "ke_hoach"
    series = "ke_hoach"
    messages = {
        "start": "Đã lập. Viết tiếp các mục của kế hoạch; chưa xong cũng lưu được.",
        "issue": "Đã ban hành. Các đơn vị đã được mời đăng ký.",
    }
    issued_words = "Xã phát động, mời đăng ký"

    def prefilled(self, commune: Commune, on: date, columns: Mapping[str, Any]) -> Mapping[str, Any]:
        """A regular campaign lasts the whole year. Raises RuleBroken for a second one of the name and year."""
        year: int = columns["year"]
        same = Campaign.objects.filter(commune=commune, year=year, name__iexact=clean(columns["name"]))
        if same.not_cancelled().exists():
            raise RuleBroken("Năm này đã có phong trào cùng tên.", field="name")
        regular = columns["kind"] == rules.REGULAR
        return {
            **columns,
            "unit_kinds": [code for code, _ in UNIT_KINDS],
            "starts_on": date(year, 1, 1) if regular else None,
            "ends_on": date(year, 12, 31) if regular else None,
            "recipients": f"{PLAN_RECIPIENTS}\n{current.commune_offices_for(commune.pk, on).file_line}",
        }

    def paper(self, subject: Campaign, on: date) -> Paper:
        return campaign_paper(subject, on)

    def own_content(self, subject: Campaign) -> dict[str, str]:
        kinds = ", ".join(label for code, label in UNIT_KINDS if code in subject.unit_kinds)
        return {"Loại đơn vị tham gia": kinds, "Chỉ tiêu": goals_in_words(subject)}

    def on_save(self, subject: Campaign) -> None:
        raise_first_fault(subject.days.faults())
        if subject.starts_on:
            subject.year = subject.starts_on.year

    def on_issue(self, subject: Campaign, on: date) -> None:
        if subject.ends_on and on > subject.ends_on:
            raise RuleBroken("Phong trào đã hết thời gian trước ngày này.", field="issued_on")
        subject.register_until = last_register_day(subject)
        Registration.objects.bulk_create(
            Registration(commune_id=subject.commune_id, campaign=subject, unit=unit, state=Registration.WAITING)
            for unit in addressed_units(subject, on)
        )

    def audience(self, subject: Campaign, on: date) -> Audience:
        return unit_audience(addressed_units(subject, on))

    def consequences(self, subject: Campaign) -> list[str]:
        return cancelled_campaign_consequences(subject)

    def on_cancel(self, subject: Campaign, reason: str) -> None:
        subject.cancel_reason = reason

    def on_drop(self, subject: Campaign, reason: str) -> None:
        subject.cancel_reason = reason


campaign_approval = CampaignApproval()


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def last_register_day(campaign: Campaign) -> date | None:
    """The last day on which a registration is in time: a day off is moved (`limit.rollover`)."""
    return last_days_of(campaign.commune_id).of(campaign.register_by) if campaign.register_by else None


def addressed_units(campaign: Campaign, on: date) -> QuerySet[Unit]:
    """The units of the addressed kinds that are in force on that day, without the office."""
    units = Unit.objects.filter(commune_id=campaign.commune_id, kind__in=campaign.unit_kinds)
    return units.exclude(kind=Unit.OFFICE).in_force(on)


def raise_first_fault(faults: dict[str, str]) -> None:
    """Raises RuleBroken for the first of the faults {field: what to do}, if there is one."""
    for field, message in faults.items():
        raise RuleBroken(message, field=field)


def unit_heads_today(units: Iterable[Unit]) -> list[int]:
    """Ids of the users who head these units today."""
    return head_ids_of_units(units, timezone.localdate())
