"""Registrations and progress of a campaign, by unit and by goal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from campaigns.campaigns import rules
from campaigns.campaigns.models.campaign import Campaign, Goal
from campaigns.campaigns.models.registration import Pledge, Progress, Registration
from emulation.audit.log import entries_about
from emulation.core.formatting import format_percent, format_vnd
from emulation.workflow.differences import Difference, differences


def _pair(pledged: Decimal | None, reached: Decimal | None) -> str:
    """ "2.750 / –" with spaces that keep it on one line in a narrow column."""
    return "\xa0/\xa0".join("–" if value is None else format_vnd(value) for value in (pledged, reached))


@dataclass(frozen=True)
class GoalCell:
    """One goal of one unit: the pledged figure, the figure reached, and its day."""

    pledged: Decimal | None = None
    reached: Decimal | None = None
    on: date | None = None
    note: str = ""

    @property
    def pair(self) -> str:
        return _pair(self.pledged, self.reached)


@dataclass(frozen=True)
class RegistrationLine:
    """One unit of a campaign with its figures of each goal."""

    registration: Registration
    cells: list[tuple[Goal, GoalCell]]


@dataclass(frozen=True)
class GoalLine:
    """The totals of one goal over all units; `units` is the number of units with progress."""

    goal: Goal
    pledged: Decimal | None
    reached: Decimal | None
    units: int

    @property
    def pair(self) -> str:
        return _pair(self.pledged, self.reached)

    @property
    def share(self) -> str:
        """The share of the target, such as "85,5%"; "" for a rate, which is compared directly."""
        share = None if self.goal.is_rate else rules.share_of_target(self.reached, self.goal.target)
        return format_percent(share) if share is not None else ""

    @property
    def met(self) -> bool:
        """Whether the target is reached."""
        return self.reached is not None and self.goal.target is not None and self.reached >= self.goal.target

    def as_snapshot(self) -> dict[str, str]:
        """The JSON stored with the midterm and the final review."""
        values = {"target": self.goal.target, "pledged": self.pledged, "reached": self.reached}
        figures = {name: "" if value is None else format_vnd(value) for name, value in values.items()}
        return {"goal": self.goal.text, "measure": self.goal.measure, "share": self.share, **figures}


@dataclass(frozen=True)
class RegistrationTable:
    """The registrations of a campaign: totals by goal, and units with their figures."""

    goals: list[GoalLine]
    units: list[RegistrationLine]

    def count(self, *states: str) -> int:
        return sum(line.registration.state in states for line in self.units)

    @property
    def late(self) -> int:
        return sum(line.registration.is_late for line in self.units)


def registration_table(campaign: Campaign, registrations: QuerySet[Registration] | None = None) -> RegistrationTable:
    """Registrations of a campaign (all, or those given) with pledged and last reported figures; four queries."""
    rows: Any = Registration.objects.filter(campaign=campaign) if registrations is None else registrations
    return _tables([campaign], rows)[0]


def registration_tables(campaigns: list[Campaign]) -> list[RegistrationTable]:
    """The table of each of these campaigns, in their order; four queries."""
    return _tables(campaigns, Registration.objects.filter(campaign__in=campaigns))


def _tables(campaigns: list[Campaign], registrations: Any) -> list[RegistrationTable]:
    goals: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(campaign__in=campaigns):
        goals.setdefault(goal.campaign_id, []).append(goal)
    found: list[Registration] = list(registrations.for_lists())
    pledged = {(row.registration_id, row.goal_id): row.value for row in Pledge.objects.filter(registration__in=found)}
    latest: dict[tuple[int, int], Progress] = {}
    for row in Progress.objects.filter(registration__in=found).order_by("on", "pk"):
        latest[row.registration_id, row.goal_id] = row
    units: dict[int, list[RegistrationLine]] = {}
    for registration in found:
        cells = []
        for goal in goals.get(registration.campaign_id, []):
            last = latest.get((registration.pk, goal.pk))
            cell = GoalCell(pledged.get((registration.pk, goal.pk)))
            if last is not None:
                cell = GoalCell(cell.pledged, last.value, last.on, last.note)
            cells.append((goal, cell))
        units.setdefault(registration.campaign_id, []).append(RegistrationLine(registration, cells))
    return [_table(goals.get(campaign.pk, []), units.get(campaign.pk, [])) for campaign in campaigns]


def _table(goals: list[Goal], units: list[RegistrationLine]) -> RegistrationTable:
    return RegistrationTable([_goal_totals(goal, place, units) for place, goal in enumerate(goals)], units)


def _goal_totals(goal: Goal, place: int, units: list[RegistrationLine]) -> GoalLine:
    """Totals of the goal at this place in the cells, of the units that are registered now.

    A registration that was returned or withdrawn keeps its figures, and counts again with the next answer.
    """
    cells = [line.cells[place][1] for line in units if line.registration.state == Registration.REGISTERED]
    return GoalLine(
        goal,
        rules.total_figure((cell.pledged for cell in cells), is_rate=goal.is_rate),
        rules.total_figure((cell.reached for cell in cells), is_rate=goal.is_rate),
        sum(cell.reached is not None for cell in cells),
    )


def goal_cells(registration: Registration) -> list[tuple[Goal, GoalCell]]:
    """The pledged and last reported figures of one unit, by goal."""
    return registration_table(registration.campaign, Registration.objects.filter(pk=registration.pk)).units[0].cells


def registration_tiles(table: RegistrationTable) -> list[dict[str, Any]]:
    """The figures shown above the table of registrations."""
    unanswered = table.count(*Registration.OPEN)
    return [
        {"number": f"{table.count(Registration.REGISTERED)}/{len(table.units)}", "label": "đơn vị đã đăng ký"},
        {"number": table.late, "label": "đăng ký muộn"},
        {"number": table.count(Registration.DECLINED), "label": "không đăng ký"},
        {"number": unanswered, "label": "chưa đăng ký", "bad": bool(unanswered)},
    ]


def own_registrations(campaign: Campaign, unit_ids: Iterable[int]) -> list[Registration]:
    """The registrations of these units for the campaign."""
    return list(Registration.objects.filter(campaign=campaign, unit_id__in=list(unit_ids)).for_lists())


def registration_content(registration: Registration) -> dict[str, str]:
    """{label: text} of the unit's answer, to compare what was returned with what is given again; two queries."""
    pledged = dict(registration.pledges.values_list("goal_id", "value"))
    goals = enumerate(registration.campaign.goals.all(), 1)
    return {
        "Lý do không đăng ký": registration.reason,
        "Nội dung đăng ký": registration.text,
        "Danh hiệu, hình thức": registration.titles,
        **{f"Chỉ tiêu {number}: {goal.text}": _pledge_text(pledged.get(goal.pk), goal) for number, goal in goals},
    }


def _pledge_text(value: Decimal | None, goal: Goal) -> str:
    return "" if value is None else f"{format_vnd(value)} {goal.measure}".strip()


def registration_changes(registration: Registration) -> list[Difference] | None:
    """What the answer changed since it was returned; None when it was not returned, or no answer is given again yet."""
    if not registration.returned_content or registration.is_open:
        return None
    return differences(registration.returned_content, registration_content(registration))


BACKWARD_ACTS = {"campaigns.take_back", "campaigns.return_registration"}


def registration_history(registration: Registration) -> list[dict[str, Any]]:
    """The history of a registration, oldest first."""
    return [
        {
            "what": entry.label,
            "who": entry.actor_name,
            "when": entry.at,
            "note": entry.facts.get("reason", ""),
            "mark": "back" if entry.act in BACKWARD_ACTS else "done",
        }
        for entry in entries_about(registration)
    ]
