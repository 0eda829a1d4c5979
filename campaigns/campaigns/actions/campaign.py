"""Acts on the plan of a campaign, up to its launching."""

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
FREE = (
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
MAX_GOALS = 12


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────
def start_campaign(
    *, by: User, commune: Commune, name: str, kind: str, year: int, initiator: str, directive: Directive | None = None
) -> Campaign:
    """Begins the plan of a campaign of that year; a regular one runs through it. Two of one name and year are refused."""
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
    """Keeps what was typed of the plan, complete or not ({column: value}). RuleBroken for days out of order."""
    with act("campaigns.save_campaign", campaign, by=by, seen=seen) as locked:
        for name in (*FREE, *Campaign.DAYS):
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
    """One goal as the form gives it."""

    text: str
    target: Decimal | None = None
    measure: str = ""
    is_rate: bool = False
    due_on: date | None = None


def save_goals(*, by: User, campaign: Campaign, aims: Sequence[GoalInput], seen: int | None = None) -> Campaign:
    """Puts these goals in the place of those before; nobody has registered for them yet while the plan is open."""
    if len(aims) > MAX_GOALS:
        raise RuleBroken(f"Mỗi phong trào có nhiều nhất {MAX_GOALS} chỉ tiêu.")
    with act("campaigns.save_goals", campaign, by=by, seen=seen, goals=[aim.text for aim in aims]) as locked:
        locked.goals.all().delete()
        Goal.objects.bulk_create(
            Goal(commune_id=locked.commune_id, campaign=locked, sort=place, **{**aim.__dict__, "text": clean(aim.text)})
            for place, aim in enumerate(aims, 1)
        )
        locked.updated_at = timezone.now()  # a new version, though only rows beside it changed
    return campaign


def submit_campaign(*, by: User, campaign: Campaign, seen: int | None = None) -> Campaign:
    """Puts the plan before the chair. Raises RuleBroken while aim, criteria or time are not clear."""
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
    """The chair agrees to the plan; the clerk may number it."""
    with act("campaigns.approve_campaign", campaign, by=by, seen=seen) as locked:
        clerks = role_holder_ids(locked.commune_id, Role.clerk, on=timezone.localdate())
        notify_about_campaign(locked, [*clerks, locked.created_by_id], "Chủ tịch đã duyệt kế hoạch")
    return campaign


def return_campaign(*, by: User, campaign: Campaign, reason: str, seen: int | None = None) -> Campaign:
    """The chair sends the plan back to the office with a reason."""
    reason = required_reason(reason, "Hãy ghi lý do trả lại.")
    with act("campaigns.return_campaign", campaign, by=by, seen=seen, reason=reason) as locked:
        locked.return_notes = {"reason": reason}
        notify_about_campaign(locked, [locked.created_by_id], "Chủ tịch trả lại kế hoạch để sửa")
    return campaign


def preview_campaign(*, by: User, campaign: Campaign) -> Draft:
    """The plan as it would print, marked "DỰ THẢO"; once approved, the bản trình ký without number and day."""
    with act("campaigns.preview_campaign", campaign, by=by) as locked:
        paper = campaign_paper(locked, timezone.localdate())
        if locked.state == Campaign.APPROVED:
            paper = paper.for_signature()
        return documents.create_or_update_draft(by=by, commune=locked.commune, paper=paper, key=_key(locked))


def issue_campaign(*, by: User, campaign: Campaign, issued_on: date, seen: int | None = None) -> Campaign:
    """Numbers and freezes the plan; every unit of the kinds that it addresses is asked to register."""
    if issued_on > timezone.localdate():
        raise RuleBroken("Ngày ban hành không thể ở tương lai.", field="issued_on")
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
    """The office gives up a plan that was never launched."""
    reason = required_reason(reason, "Hãy ghi lý do bỏ dự thảo.")
    with act("campaigns.drop_campaign", campaign, by=by, seen=seen, reason=reason) as locked:
        locked.cancel_reason = reason
    return campaign


# ── parts ────────────────────────────────────────────────────────────────────────────────────────
def addressed_units(campaign: Campaign, on: date) -> Iterable[Unit]:
    """Units in force on that day of the kinds that the campaign addresses."""
    units = Unit.objects.filter(commune_id=campaign.commune_id, kind__in=campaign.unit_kinds)
    return units.exclude(kind=Unit.OFFICE).in_force(on)


def _key(campaign: Campaign) -> str:
    return f"campaigns.campaign:{campaign.pk}"


def required_reason(text: str, ask: str, field: str = "reason") -> str:
    """What was written; RuleBroken with `ask` where nothing was."""
    if not clean(text):
        raise RuleBroken(ask, field=field)
    return clean_lines(text)


def raise_first_fault(faults: dict[str, str]) -> None:
    """RuleBroken for the first of these {field: what to do}."""
    for field, what in faults.items():
        raise RuleBroken(what, field=field)


def unit_heads_today(units: Iterable[Unit]) -> list[int]:
    """Ids of the users who head these units today."""
    return head_ids_of_units(units, timezone.localdate())


def notify_about_campaign(campaign: Campaign, users: Iterable[int], what: str) -> None:
    """One message about the campaign with its link."""
    notify_users(
        commune_id=campaign.commune_id,
        users=users,
        text=f"{what}: phong trào thi đua “{campaign.name}”",
        link=campaign.get_absolute_url(),
        key=f"campaign:{campaign.pk}:{campaign.version}",
    )
