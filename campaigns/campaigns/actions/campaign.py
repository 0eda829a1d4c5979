"""Actions on the plan of a campaign, up to the launch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from campaigns.campaigns import rules
from campaigns.campaigns.models.campaign import UNIT_KINDS, Campaign, Goal
from campaigns.campaigns.models.registration import Registration
from campaigns.campaigns.papers.campaign import campaign_paper
from campaigns.directives.models.directive import Directive
from campaigns.directives.queries.letter import chair_name
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.core.validation import not_future, require_reason
from emulation.documents import actions as documents
from emulation.documents.models import Draft
from emulation.notices.actions import notify_users
from emulation.workflow.transitions import act
from villages.models import Unit
from villages.queries.people import head_ids_of_units, role_holder_ids

PLAN_RECIPIENTS = (
    "Thường trực Đảng ủy, Thường trực HĐND xã (b/c)\nThành viên Hội đồng TĐKT xã (t/h)\n"
    "Các đơn vị trong xã (t/h)\nLưu: VT, VP"
)
STORED_AS_GIVEN = (
    "name",
    "kind",
    "initiator",
    "parent_name",
    "parent_paper",
    "directive",
    "field",
    "focus",
    "unit_kinds",
    "deputy",
)
"""Columns of the plan that are stored without text clean-up."""
MAX_GOALS = 12


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────
def start_campaign(
    *, by: User, commune: Commune, name: str, kind: str, year: int, initiator: str, directive: Directive | None = None
) -> Campaign:
    """Start the plan of a campaign; a regular one lasts the whole year. Raises RuleBroken for a second one of the name and year."""
    with act("campaigns.start_campaign", commune, by=by, name=clean(name)) as locked:
        same = Campaign.objects.filter(commune=locked, year=year, name__iexact=clean(name))
        if same.exclude(state=Campaign.CANCELLED).exists():
            raise RuleBroken("Năm này đã có phong trào cùng tên.", field="name")
        regular = kind == rules.REGULAR
        return Campaign.objects.create(
            commune=locked,
            state=Campaign.DRAFT,
            name=name,
            kind=kind,
            year=year,
            initiator=initiator,
            directive=directive,
            unit_kinds=[code for code, _ in UNIT_KINDS],
            starts_on=date(year, 1, 1) if regular else None,
            ends_on=date(year, 12, 31) if regular else None,
            recipients=PLAN_RECIPIENTS,
            signer=chair_name(locked, timezone.localdate()),
            created_by=by,
        )


def save_campaign(*, by: User, campaign: Campaign, seen: int | None = None, **given: Any) -> Campaign:
    """Save the given columns of the plan, complete or not ({column: value}). Raises RuleBroken for days out of order."""
    with act("campaigns.save_campaign", campaign, by=by, seen=seen) as locked:
        for name in (*STORED_AS_GIVEN, *Campaign.DAYS):
            if name in given:
                setattr(locked, name, given[name])
        for name in Campaign.TEXTS:
            if name in given:
                setattr(locked, name, clean_lines(given[name]))
        locked.signer = clean(given.get("signer", locked.signer))
        raise_first_fault(locked.days.faults())
        if locked.starts_on:
            locked.year = locked.starts_on.year
    return campaign


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


def submit_campaign(*, by: User, campaign: Campaign, seen: int | None = None) -> Campaign:
    """Submit the plan to the chair. Raises RuleBroken while required parts are missing."""
    with act("campaigns.submit_campaign", campaign, by=by, seen=seen) as locked:
        campaign_paper(locked, timezone.localdate())
        locked.return_notes = {}
        notify_about_campaign(
            locked,
            role_holder_ids(locked.commune_id, Role.chair, on=timezone.localdate()),
            "Văn phòng trình duyệt kế hoạch",
        )
    return campaign


def approve_campaign(*, by: User, campaign: Campaign, seen: int | None = None) -> Campaign:
    """The chair approves the plan; the clerk may then issue it."""
    with act("campaigns.approve_campaign", campaign, by=by, seen=seen) as locked:
        clerks = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        notify_about_campaign(locked, [*clerks, locked.created_by_id], "Chủ tịch đã duyệt kế hoạch")
    return campaign


def return_campaign(*, by: User, campaign: Campaign, reason: str, seen: int | None = None) -> Campaign:
    """The chair returns the plan to the office with a reason."""
    reason = require_reason(reason, "Hãy ghi lý do trả lại.")
    with act("campaigns.return_campaign", campaign, by=by, seen=seen, reason=reason) as locked:
        locked.return_notes = {"reason": reason}
        notify_about_campaign(locked, [locked.created_by_id], "Chủ tịch trả lại kế hoạch để sửa")
    return campaign


def preview_campaign(*, by: User, campaign: Campaign) -> Draft:
    """A preview marked "DỰ THẢO"; of an approved plan the copy for signature (bản trình ký), without number and date."""
    with act("campaigns.preview_campaign", campaign, by=by) as locked:
        paper = campaign_paper(locked, timezone.localdate())
        if locked.state == Campaign.APPROVED:
            paper = paper.for_signature()
        return documents.create_or_update_draft(by=by, commune=locked.commune, paper=paper, key=_key(locked))


def issue_campaign(*, by: User, campaign: Campaign, issued_on: date, seen: int | None = None) -> Campaign:
    """Number and freeze the plan, and create a registration for every unit of the addressed kinds."""
    not_future(issued_on, "Ngày ban hành", "issued_on")
    with act("campaigns.issue_campaign", campaign, by=by, seen=seen) as locked:
        if locked.ends_on and issued_on > locked.ends_on:
            raise RuleBroken("Phong trào đã hết thời gian trước ngày này.", field="issued_on")
        units = list(addressed_units(locked, issued_on))
        Registration.objects.bulk_create(
            Registration(commune_id=locked.commune_id, campaign=locked, unit=unit, state=Registration.WAITING)
            for unit in units
        )
        notify_about_campaign(locked, [*unit_heads_today(units), locked.created_by_id], "Xã phát động, mời đăng ký")
        locked.issued_on = issued_on
        locked.document = documents.issue_document(
            by=by,
            commune=locked.commune,
            paper=campaign_paper(locked, issued_on),
            series="ke_hoach",
            issued_on=issued_on,
            key=_key(locked),
            readers=[
                *(documents.ReaderGrant(unit_id=unit.pk) for unit in units),
                documents.ReaderGrant(role=Role.council_member),
                documents.ReaderGrant(role=Role.superior),
            ],
        )
    return campaign


def drop_campaign(*, by: User, campaign: Campaign, reason: str, seen: int | None = None) -> Campaign:
    """The office drops a plan that was never launched."""
    reason = require_reason(reason, "Hãy ghi lý do bỏ dự thảo.")
    with act("campaigns.drop_campaign", campaign, by=by, seen=seen, reason=reason) as locked:
        locked.cancel_reason = reason
    return campaign


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def addressed_units(campaign: Campaign, on: date) -> Iterable[Unit]:
    """The units of the addressed kinds that are in force on that day, without the office."""
    units = Unit.objects.filter(commune_id=campaign.commune_id, kind__in=campaign.unit_kinds)
    return units.exclude(kind=Unit.OFFICE).in_force(on)


def _key(campaign: Campaign) -> str:
    return f"campaigns.campaign:{campaign.pk}"


def raise_first_fault(faults: dict[str, str]) -> None:
    """Raises RuleBroken for the first of the faults {field: what to do}, if there is one."""
    for field, message in faults.items():
        raise RuleBroken(message, field=field)


def unit_heads_today(units: Iterable[Unit]) -> list[int]:
    """Ids of the users who head these units today."""
    return head_ids_of_units(units, timezone.localdate())


def notify_about_campaign(campaign: Campaign, users: Iterable[int], what: str) -> None:
    """Notify these users about the campaign, with a link to it."""
    notify_users(
        commune_id=campaign.commune_id,
        users=users,
        text=f"{what}: phong trào thi đua “{campaign.name}”",
        link=campaign.get_absolute_url(),
        key=f"campaign:{campaign.pk}:{campaign.version}",
    )
