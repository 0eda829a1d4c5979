"""Yearly due dates of the superior, and the preparing steps counted back from them.

An award that the commune decides has no such chain: its days count from the receipt of the file.

The due dates are legal values (`superior.…`, `gdvh.finish`). An approved local value of the commune replaces the general
one, and all steps before it move with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES, UNIT_HEAD_ROLES, Role
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.time_limits import (
    CULTURAL_FAMILY_STEPS,
    PROPOSAL_STEPS,
    BackwardStep,
    DueDate,
    Milestone,
    count_back,
    yearly_due_date,
)
from emulation.legal.calendar.work_calendar import WorkCalendar
from emulation.legal.engine.law import Law, NoValue
from emulation.workflow.calendar_registry import Deadline

YEARS_AHEAD = 1  # no chain is longer than a year, so a step of this year belongs to a due date of this year or the next


@dataclass(frozen=True)
class MilestoneChain:
    """A yearly due date and the steps before it.

    `code` is the legal value with the date (shape "month_day"), `target` the title of the due date itself. `unit_roles` are
    the heads of units that take part; `superior` is whether the superior sets the date and sees it.
    """

    code: str
    name: str
    target: str
    backward_steps: Sequence[BackwardStep]
    unit_roles: frozenset[Role]
    superior: bool = True


MILESTONE_CHAINS = (
    MilestoneChain(
        "superior.yearly",
        "Khen thưởng hằng năm",
        "Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này",
        PROPOSAL_STEPS,
        UNIT_HEAD_ROLES,
    ),
    MilestoneChain(
        "superior.education",
        "Khen thưởng năm học",
        "Cấp trên nhận hồ sơ khen thưởng năm học trước ngày này",
        PROPOSAL_STEPS,
        frozenset({Role.school_head}),
    ),
    MilestoneChain(
        "gdvh.finish",
        "Gia đình văn hóa",
        "Xét tặng Gia đình văn hóa xong trước ngày này",
        CULTURAL_FAMILY_STEPS,
        frozenset({Role.village_head}),
        superior=False,
    ),
)
_STAFF_AND_COUNCIL = frozenset({*COMMUNE_STAFF_ROLES, Role.council_member})
_UNIT_STEPS = {"submit", "post", "meet"}


@dataclass(frozen=True)
class CountedChain:
    """A chain with the dates of one year: the due date and its steps, earliest first."""

    chain: MilestoneChain
    due: DueDate
    steps: list[Milestone]

    @property
    def local(self) -> bool:
        """Whether the due date is a local value of the commune."""
        return any(basis.local for basis in self.due.grounds)

    @property
    def known(self) -> bool:
        """Whether the public holidays of all years of the steps are known."""
        return all(step.known for step in self.steps)


def milestone_chains(commune_id: int, year: int) -> list[CountedChain]:
    """The chains with a due date in the year; a chain without a legal value for the year is left out."""
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    found = [_counted(law, calendar, chain, year) for chain in MILESTONE_CHAINS]
    return [chain for chain in found if chain]


def milestone_chains_for(user: Any, year: int) -> list[CountedChain]:
    """The chains that concern the user. The superior sees their own due dates without the steps of the commune."""
    capacity = capacity_of(user)
    found = [
        counted for counted in milestone_chains(capacity.commune_id or 0, year) if _concerns(capacity, counted.chain)
    ]
    if any(capacity.has(*_STAFF_AND_COUNCIL, *counted.chain.unit_roles) for counted in found):
        return found
    return [replace(counted, steps=[]) for counted in found]


def _counted(law: Law, calendar: WorkCalendar, chain: MilestoneChain, year: int) -> CountedChain | None:
    """The chain with its dates; None when the law of the year has no value for the due date or a step."""
    try:
        due = yearly_due_date(law, chain.code, year)
        return CountedChain(chain, due, count_back(law, calendar, due.day, chain.backward_steps))
    except NoValue:
        return None


def milestone_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The due dates and steps that concern the user. May yield other days of these years too: the caller filters by day."""
    capacity = capacity_of(user)
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    for year in range(first.year, last.year + YEARS_AHEAD + 1):
        for chain in MILESTONE_CHAINS:
            if (counted := _counted(law, calendar, chain, year)) and _concerns(capacity, chain):
                yield from _chain_deadlines(capacity, counted, year)


def _chain_deadlines(capacity: UserCapacity, counted: CountedChain, year: int) -> Iterator[Deadline]:
    chain = counted.chain
    note = "" if counted.due.confirmed else "ngày chưa xác nhận"
    yield Deadline(counted.due.day, chain.target, f"{chain.code}:{year}", _page(year), note=note)
    for step in counted.steps:
        if _takes_part(capacity, chain, step.code):
            yield _step_deadline(chain, year, step.code, step.label, step)


def _step_deadline(chain: MilestoneChain, year: int, code: str, label: str, step: Milestone) -> Deadline:
    title = label if chain.name in label else f"{chain.name}: {label}"
    last = "nên xong" if step.advised else "chậm nhất"
    note = last if step.known else f"{last}; lịch nghỉ năm {step.day.year} chưa có"
    return Deadline(step.day, title, f"{chain.code}:{year}:{code}", _page(year), note=note)


def _concerns(capacity: UserCapacity, chain: MilestoneChain) -> bool:
    """Staff, council members, the heads of the units that take part, and the superior for their own due dates."""
    return capacity.has(*_STAFF_AND_COUNCIL, *chain.unit_roles) or (chain.superior and capacity.has(Role.superior))


def _takes_part(capacity: UserCapacity, chain: MilestoneChain, code: str) -> bool:
    if capacity.has(*COMMUNE_STAFF_ROLES):
        return True
    return (code == "council" and capacity.has(Role.council_member)) or (
        code in _UNIT_STEPS and capacity.has(*chain.unit_roles)
    )


def _page(year: int) -> str:
    return f"{reverse('reports:milestones')}?nam={year}"
