"""Campaigns read: lists, their days, their way so far, which fields none of them covers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from campaigns.models import Campaign, Exemplar, Field, Registration
from campaigns.queries.asks import Ask, source
from emulation.audit.trail import entries_about
from emulation.core.words import vn_date
from villages.models import Unit

# ── what other parts of the house ask ────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class OpenRegistration:
    """A unit that has not registered for a running campaign that asks it to."""

    registration: Registration
    unit: Unit
    campaign: Campaign
    due_on: date

    @property
    def link(self) -> str:
        return self.registration.get_absolute_url()


ASKED = ("name", "issued_on", "register_by")


def open_registrations(commune_id: int, on: date) -> list[OpenRegistration]:
    """Registrations that running campaigns wait for on that day, the most urgent first; one query."""
    rows = Registration.objects.filter(
        commune_id=commune_id,
        state__in=Registration.OPEN,
        campaign__state__in=Campaign.RUNNING,
        campaign__issued_on__lte=on,
    ).filter(Q(unit__dissolved_on=None) | Q(unit__dissolved_on__gt=on))
    rows = rows.select_related("unit", "campaign").only("unit__name", *(f"campaign__{name}" for name in ASKED))
    rows = rows.order_by("campaign__register_by", "campaign_id", "unit__sort", "pk")
    return [
        OpenRegistration(row, row.unit, row.campaign, row.campaign.register_by)
        for row in rows
        if row.campaign.register_by  # a launched campaign has it; the database sees to it
    ]


@source("registration")
def of_registrations(commune_id: int, on: date) -> list[Ask]:
    """The same for whoever reminds and urges: a unit owes its answer from the day of the plan."""
    return [
        Ask(
            commune_id=commune_id,
            kind="registration",
            object_id=row.campaign.pk,
            unit_id=row.unit.pk,
            title=f"đăng ký phong trào “{row.campaign.name}”",
            asked_on=row.campaign.issued_on or row.due_on,
            due_on=row.due_on,
            link=row.link,
        )
        for row in open_registrations(commune_id, on)
    ]


DAY_NAMES = (
    ("starts_on", "Bắt đầu"),
    ("register_by", "Hạn đăng ký"),
    ("midterm_on", "Sơ kết"),
    ("final_on", "Tổng kết"),
    ("ends_on", "Hết thời gian"),
)


def campaign_dates(commune_id: int, first: date, last: date) -> list[tuple[date, str, str]]:
    """Days of launched campaigns between two days, both counted: (day, title, address), in order; one query."""
    span = Q()
    for name, _ in DAY_NAMES:
        span |= Q(**{f"{name}__range": (first, last)})
    rows = Campaign.objects.filter(span, commune_id=commune_id, document__isnull=False)
    found = [
        (day, f"{label}: {campaign.name}", campaign.get_absolute_url())
        for campaign in rows.exclude(state=Campaign.CANCELLED).for_lists()
        for name, label in DAY_NAMES
        if (day := getattr(campaign, name)) and first <= day <= last
    ]
    return sorted(found)


Beside = Callable[[Campaign, Any], Iterable[Any]]
_beside: dict[str, Beside] = {}


def beside(title: str, rows: Beside) -> None:
    """A room above shows things of a campaign on its page, under this title: rows(campaign, user) gives subjects with a page."""
    _beside[title] = rows


def all_beside(campaign: Campaign, user: Any) -> list[tuple[str, list[Any]]]:
    """What rooms above show beside the campaign, empty parts left out."""
    found = [(title, list(rows(campaign, user))) for title, rows in _beside.items()]
    return [(title, rows) for title, rows in found if rows]


# ── lists ────────────────────────────────────────────────────────────────────────────────────────
FILTERS = {"dang": Campaign.RUNNING, "xong": Campaign.OVER, "soan": Campaign.PREPARED}


def with_answers(campaigns: QuerySet[Campaign]) -> QuerySet[Campaign]:
    """Campaigns with `asked` and `registered`: how many units were asked to register and how many have."""
    return campaigns.annotate(
        asked=Count("registrations"),
        registered=Count("registrations", filter=Q(registrations__state=Registration.REGISTERED)),
    )


def chips(rows: QuerySet[Campaign], chosen: str, year: int | None) -> list[dict[str, Any]]:
    """Links that narrow the list by how far a campaign is; `rows` are those of the year."""
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    keep = f"nam={year}&" if year else ""
    found = [{"label": "Tất cả", "url": f"?{keep}", "active": not chosen, "count": sum(counts.values())}]
    labels = {"dang": "Đang thực hiện", "xong": "Đã xong", "soan": "Đang soạn"}
    for name, states in FILTERS.items():
        count = sum(counts.get(state, 0) for state in states)
        if count or chosen == name:
            url = f"?{keep}loc={name}"
            found.append({"label": labels[name], "url": url, "active": chosen == name, "count": count})
    return found


def years(rows: QuerySet[Campaign]) -> list[int]:
    """The years of which there are campaigns, the latest first."""
    return list(rows.order_by("-year").values_list("year", flat=True).distinct())


def running(commune_id: int, exemplar: Exemplar | None = None) -> QuerySet[Campaign]:
    """Campaigns to which an exemplar may belong: those that run, and the one it belongs to already."""
    own = Q(pk=exemplar.campaign_id) if exemplar is not None else Q()
    rows = Campaign.objects.filter(commune_id=commune_id)
    return rows.filter(Q(state__in=Campaign.RUNNING) | own if own else Q(state__in=Campaign.RUNNING)).order_by(
        "-year", "name"
    )


def exemplars_of(campaign: Campaign, user: Any) -> QuerySet[Exemplar]:
    """Exemplars of the campaign that this user may see, the latest first."""
    rows = Exemplar.objects.visible_to(user).filter(campaign=campaign).exclude(state=Exemplar.CANCELLED)
    return rows.for_lists().order_by("-period__opens_on", "unit__sort", "pk")


# ── its way ──────────────────────────────────────────────────────────────────────────────────────
BACK = {"campaigns.return_campaign", "campaigns.drop_campaign", "campaigns.cancel_campaign"}
WRITING = {"campaigns.save_campaign", "campaigns.save_goals"}


def history(campaign: Campaign) -> list[dict[str, Any]]:
    """The way of a campaign so far, oldest first; many savings in a row are one line, looks at the print none."""
    first = {"what": "Lập kế hoạch", "who": campaign.created_by.full_name, "when": campaign.created_at, "mark": "done"}
    lines: list[dict[str, Any]] = [first]
    writing = False
    for entry in entries_about(campaign):
        if entry.act == "campaigns.preview_campaign":
            continue
        if entry.act in WRITING and writing:
            lines[-1]["when"] = entry.at
            continue
        writing = entry.act in WRITING
        lines.append(
            {
                "what": "Soạn kế hoạch" if writing else entry.label,
                "who": entry.actor_name,
                "when": entry.at,
                "note": "" if writing else _note(entry.facts),
                "mark": "back" if entry.act in BACK else "done",
            }
        )
    return lines


def _note(facts: dict[str, Any]) -> str:
    """The reason that was given, and which days were moved from when to when."""
    labels, moved = dict(DAY_NAMES), []
    for name, (old, new) in facts.get("changed", {}).items():
        if name in labels:
            days = [vn_date(date.fromisoformat(day)) if day else "chưa định" for day in (old, new)]
            moved.append(f"{labels[name]}: {days[0]} → {days[1]}")
    return "\n".join([facts.get("reason", ""), *moved]).strip()


# ── coverage ─────────────────────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Covered:
    """One field in one year: its campaigns, units that registered in them, exemplars and the units they come from."""

    field: Field
    campaigns: list[Campaign]
    units: int
    exemplars: int
    from_units: int


def coverage(user: Any, year: int) -> list[Covered]:
    """Every field in use, with what moves in it that year; those without a campaign say so. Four queries."""
    launched = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False)
    campaigns = list(launched.exclude(state=Campaign.CANCELLED).filter(field__isnull=False).for_lists())
    units: dict[int, set[int]] = {}
    answered = Registration.objects.filter(campaign__in=campaigns, state=Registration.REGISTERED)
    for field_id, unit_id in answered.order_by().values_list("campaign__field_id", "unit_id"):
        units.setdefault(field_id or 0, set()).add(unit_id)
    rows = Exemplar.objects.of(user).filter(period__year=year, state__in=Exemplar.VALID, nothing=False)
    counts = {
        field_id: (exemplars, from_units)
        for field_id, exemplars, from_units in rows.order_by()
        .values_list("field_id")
        .annotate(Count("pk"), Count("unit", distinct=True))
    }
    return [
        Covered(
            field,
            [campaign for campaign in campaigns if campaign.field_id == field.pk],
            len(units.get(field.pk, ())),
            *counts.get(field.pk, (0, 0)),
        )
        for field in Field.objects.filter(is_active=True)
    ]


def general(user: Any, year: int) -> list[Campaign]:
    """Launched campaigns of the year that are of no one field but of all."""
    rows = Campaign.objects.visible_to(user).of_year(year).filter(document__isnull=False, field=None)
    return list(rows.exclude(state=Campaign.CANCELLED).for_lists())
