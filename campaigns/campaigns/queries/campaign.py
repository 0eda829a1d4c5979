"""Queries about campaigns: lists, open registrations, calendar dates, history; hooks for packages of higher layers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.text import Truncator

from campaigns.campaigns.models.campaign import Campaign, Goal
from campaigns.campaigns.models.registration import Registration
from campaigns.obligations.queries import Obligation, obligation_sources
from emulation.audit.log import entries_about
from emulation.core.formatting import format_date, format_names
from emulation.core.registry import Registry
from emulation.workflow.calendar_registry import Deadline
from villages.models import Unit


# ── for reminders, the calendar and higher layers ────────────────────────────────────────────────
@dataclass(frozen=True)
class OpenRegistration:
    """A unit that has not answered the invitation to a running campaign."""

    registration: Registration
    unit: Unit
    campaign: Campaign
    due_on: date

    @property
    def link(self) -> str:
        return self.registration.get_absolute_url()


REGISTRATION_COLUMNS = ("name", "issued_on", "register_by", "register_until")


def open_registrations(commune_id: int, on: date) -> list[OpenRegistration]:
    """Unanswered registrations of campaigns whose time is not over on that day, the most urgent first; one query."""
    rows = Registration.objects.filter(
        commune_id=commune_id,
        state=Registration.WAITING,
        campaign__state__in=Campaign.RUNNING,
        campaign__issued_on__lte=on,
        campaign__ends_on__gte=on,
    ).filter(Q(unit__dissolved_on=None) | Q(unit__dissolved_on__gt=on))
    rows = rows.select_related("unit", "campaign").only(
        "unit__name", *(f"campaign__{name}" for name in REGISTRATION_COLUMNS)
    )
    rows = rows.order_by("campaign__register_by", "campaign_id", "unit__sort", "pk")
    return [
        OpenRegistration(row, row.unit, row.campaign, due)
        for row in rows
        if (due := row.campaign.last_register_day)  # always set for a launched campaign, by a database constraint
    ]


@obligation_sources.register("registration")
def registration_obligations(commune_id: int, on: date) -> list[Obligation]:
    """Unanswered registrations as obligations, which exist from the day the plan is issued."""
    return [
        Obligation(
            commune_id=commune_id,
            kind="registration",
            object_id=row.campaign.pk,
            unit_id=row.unit.pk,
            title=f"đăng ký phong trào “{row.campaign.name}”",
            short_title=f"Đăng ký “{Truncator(row.campaign.name).chars(24)}”",
            requested_on=row.campaign.issued_on or row.due_on,
            due_on=row.due_on,
            link=row.link,
        )
        for row in open_registrations(commune_id, on)
    ]


DAY_NAMES = (
    ("starts_on", "Bắt đầu"),
    ("last_register_day", "Hạn đăng ký"),
    ("midterm_on", "Sơ kết"),
    ("final_on", "Tổng kết"),
    ("ends_on", "Hết thời gian"),
)


def campaign_dates(commune_id: int, first: date, last: date) -> list[tuple[date, str, str]]:
    """Days of launched campaigns from `first` to `last`, inclusive: (day, title, URL), sorted; one query."""
    span = Q()
    for name in (*Campaign.DAYS, "register_until"):
        span |= Q(**{f"{name}__range": (first, last)})
    rows = Campaign.objects.filter(span, commune_id=commune_id, document__isnull=False)
    found = []
    for campaign in rows.not_cancelled().for_lists():
        for name, label in DAY_NAMES:
            day = getattr(campaign, name)
            if day and first <= day <= last:
                found.append((day, f"{label}: {campaign.name}", campaign.get_absolute_url()))
    return sorted(found)


def campaign_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The same days as entries of the calendar."""
    for day, title, url in campaign_dates(commune_id, first, last):
        yield Deadline(day, title, f"{url}{title}", url)


campaign_dependents: Registry[Callable[[Campaign], list[str]]] = Registry(
    "What keeps its campaign after a cancellation",
    "name: sentences(campaign) of a package of a higher layer, for the list of what the cancellation changes",
)


def cancelled_campaign_consequences(campaign: Campaign) -> list[str]:
    """What cancelling a running campaign changes, one sentence each, with names and counts."""
    rows = list(campaign.registrations.select_related("unit"))
    registered = [row.unit.name for row in rows if row.state == Registration.REGISTERED]
    waiting = [row.unit.name for row in rows if row.is_open]
    sentences = [f"Dừng phong trào “{campaign.name}”: không còn trong lịch, nhắc việc và danh mục đang thực hiện."]
    if registered:
        sentences.append(
            f"{len(registered)} bản đăng ký ({format_names(registered, 'đơn vị')}) vẫn xem được, nhưng thôi tính."
        )
    if waiting:
        sentences.append(f"Thôi phải đăng ký: {format_names(waiting, 'đơn vị')}.")
    for source in campaign_dependents.values():
        sentences += source(campaign)
    return sentences


PanelRows = Callable[[Campaign, Any], Iterable[Any]]
campaign_panel_sources: Registry[PanelRows] = Registry(
    "Panels of a campaign's page", "title: rows(campaign, user) of an app of a higher layer, linked objects"
)


def campaign_panels(campaign: Campaign, user: Any) -> list[tuple[str, list[Any]]]:
    """The panels (title, rows) of apps of higher layers, without empty ones."""
    found = [(title, list(rows(campaign, user))) for title, rows in campaign_panel_sources.items()]
    return [(title, rows) for title, rows in found if rows]


PageContext = Callable[[Campaign, Any], dict[str, Any]]
page_contexts: Registry[PageContext] = Registry(
    "Context of a campaign's page",
    "name: context(campaign, user) of a package of a higher layer, merged into the page's",
)


def extra_context(campaign: Campaign, user: Any) -> dict[str, Any]:
    """The registered contexts of the campaign's page, merged."""
    merged: dict[str, Any] = {}
    for context in page_contexts.values():
        merged.update(context(campaign, user))
    return merged


# ── lists ────────────────────────────────────────────────────────────────────────────────────────
FILTERS = {"dang": Campaign.RUNNING, "xong": Campaign.DONE, "soan": Campaign.PREPARED, "huy": (Campaign.CANCELLED,)}


def with_registration_counts(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns annotated with `invited` and `registered`: the numbers of invited and of registered units.

    A cancelled one invites nobody.
    """
    return campaigns.annotate(
        invited=Count("registrations", filter=~Q(state=Campaign.CANCELLED)),
        registered=Count("registrations", filter=Q(registrations__state=Registration.REGISTERED)),
    )


def campaign_filter_chips(rows: QuerySet[Campaign], chosen: str, year: int | None) -> list[dict[str, Any]]:
    """Links that filter the list by stage, with counts; `rows` are the campaigns of the year."""
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    keep = f"nam={year}&" if year else ""
    found = [{"label": "Tất cả", "url": f"?{keep}", "active": not chosen, "count": sum(counts.values())}]
    labels = {"dang": "Đang thực hiện", "xong": "Đã xong", "soan": "Đang soạn", "huy": "Đã hủy"}
    for name, states in FILTERS.items():
        count = sum(counts.get(state, 0) for state in states)
        if count or chosen == name:
            url = f"?{keep}loc={name}"
            found.append({"label": labels[name], "url": url, "active": chosen == name, "count": count})
    return found


def campaign_years(rows: QuerySet[Campaign]) -> list[int]:
    """The years with campaigns, the latest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def open_campaigns(commune_id: int, current_id: int | None = None) -> QuerySet[Campaign]:
    """Campaigns to which an exemplar may belong: the running ones, and its current one (`current_id`)."""
    allowed = Q(state__in=Campaign.RUNNING)
    if current_id is not None:
        allowed |= Q(pk=current_id)
    return Campaign.objects.filter(allowed, commune_id=commune_id).order_by("-year", "name")


# ── history ──────────────────────────────────────────────────────────────────────────────────────
BACKWARD_ACTS = {"campaigns.return_campaign", "campaigns.drop_campaign", "campaigns.cancel_campaign"}
SAVING_ACTS = {"campaigns.save_campaign", "campaigns.save_goals"}


def campaign_history(campaign: Campaign) -> list[dict[str, Any]]:
    """The history of a campaign, oldest first; consecutive saves are collapsed, previews are omitted."""
    first = {"what": "Lập kế hoạch", "who": campaign.created_by.full_name, "when": campaign.created_at, "mark": "done"}
    lines: list[dict[str, Any]] = [first]
    previous_is_save = False
    for entry in entries_about(campaign):
        if entry.act == "campaigns.preview_campaign":
            continue
        is_save = entry.act in SAVING_ACTS
        if is_save and previous_is_save:
            lines[-1]["when"] = entry.at
            continue
        previous_is_save = is_save
        lines.append(
            {
                "what": "Soạn kế hoạch" if is_save else entry.label,
                "who": entry.actor_name,
                "when": entry.at,
                "note": "" if is_save else _note(entry.facts),
                "mark": "back" if entry.act in BACKWARD_ACTS else "done",
            }
        )
    return lines


def _note(facts: dict[str, Any]) -> str:
    """The reason, and the changed days with old and new value, one per line."""
    labels = dict(DAY_NAMES)
    moved = []
    for name, (old, new) in facts.get("changed", {}).items():
        if name in labels:
            days = [format_date(date.fromisoformat(day)) if day else "chưa định" for day in (old, new)]
            moved.append(f"{labels[name]}: {days[0]} → {days[1]}")
    return "\n".join([facts.get("reason", ""), *moved]).strip()


def goals_in_words(campaign: Campaign) -> str:
    """The goals of its plan with what is to be reached and by when, one a line."""
    return "\n".join(_goal_in_words(goal) for goal in campaign.goals.order_by("sort", "pk"))


def _goal_in_words(goal: Goal) -> str:
    target = "" if goal.target is None else f"{goal.target.normalize():f} {goal.measure}".strip()
    due = f"hạn {format_date(goal.due_on)}" if goal.due_on else ""
    return ", ".join(filter(None, [goal.text, target, due]))
