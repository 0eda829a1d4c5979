"""The days of the year before which the superior wants the files, and every step on the way counted back from them.

The days are data of the law (`superior.…`, `gdvh.finish`); where the commune has its own (`LocalValue`, approved by the chair),
that one holds and the whole chain moves with it.
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
    DECISION_STEPS,
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

YEARS_AHEAD = 1  # years: no chain is longer, so what belongs to a month hangs on a day of this year or the next


@dataclass(frozen=True)
class MilestoneChain:
    """A yearly day (`code`, shape "month_day") with the steps before it; `heads`: whose units have a part in it."""

    code: str
    name: str
    target: str
    legs: Sequence[BackwardStep]
    heads: frozenset[Role]
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
# What the commune decides itself for the year comes before the same day: only these steps are not those of the way up.
_LOCAL_DECISION = MilestoneChain("superior.yearly", "Khen thưởng hằng năm", "", DECISION_STEPS, UNIT_HEAD_ROLES)
_LOCAL_DECISION_LABELS = {"issue": "Ban hành quyết định khen ở xã", "sign": "Chủ tịch ký quyết định khen ở xã"}
_COUNCIL = frozenset({*COMMUNE_STAFF_ROLES, Role.council_member})
_UNITS = {"submit", "post", "meet"}


@dataclass(frozen=True)
class CountedChain:
    """A chain of one year: the day itself and its steps, earliest first; `years` the years of which no holiday is known."""

    chain: MilestoneChain
    due: DueDate
    steps: list[Milestone]

    @property
    def local(self) -> bool:
        """Whether the day is the commune's own and not the one that the house came with."""
        return any(ground.local for ground in self.due.grounds)

    @property
    def known(self) -> bool:
        return all(step.known for step in self.steps)


def milestone_chains(commune_id: int, year: int) -> list[CountedChain]:
    """Every chain that hangs on a day of this year; those for which the law of the year says nothing are left out."""
    law, calendar = current.law_for(commune_id), work_calendar_of(commune_id)
    found = [_counted(law, calendar, chain, year) for chain in MILESTONE_CHAINS]
    return [one for one in found if one]


def milestone_chains_for(user: Any, year: int) -> list[CountedChain]:
    """The chains that concern this person; of the superior's days he sees the day, not how the commune gets there."""
    capacity = capacity_of(user)
    found = [one for one in milestone_chains(capacity.commune_id or 0, year) if _concerns(capacity, one.chain)]
    inside = any(capacity.has(*_COUNCIL, *one.chain.heads) for one in found)
    return found if inside else [replace(one, steps=[]) for one in found]


def _counted(law: Law, calendar: WorkCalendar, chain: MilestoneChain, year: int) -> CountedChain | None:
    try:
        due = yearly_due_date(law, chain.code, year)
        return CountedChain(chain, due, count_back(law, calendar, due.day, chain.legs))
    except NoValue:
        return None


def milestone_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The steps between two days that concern this person, of this year's and next year's chains."""
    capacity, law, calendar = capacity_of(user), current.law_for(commune_id), work_calendar_of(commune_id)
    for year in range(first.year, last.year + YEARS_AHEAD + 1):
        for chain in MILESTONE_CHAINS:
            if (found := _counted(law, calendar, chain, year)) and _concerns(capacity, chain):
                yield from _of_chain(capacity, found, year)
        if capacity.has(*COMMUNE_STAFF_ROLES) and (here := _counted(law, calendar, _LOCAL_DECISION, year)):
            for step in here.steps:
                if step.code in _LOCAL_DECISION_LABELS:
                    yield _line(_LOCAL_DECISION, year, f"here.{step.code}", _LOCAL_DECISION_LABELS[step.code], step)


def _of_chain(capacity: UserCapacity, found: CountedChain, year: int) -> Iterator[Deadline]:
    chain = found.chain
    note = "" if found.due.confirmed else "ngày chưa xác nhận"
    yield Deadline(found.due.day, chain.target, f"{chain.code}:{year}", _page(year), note=note)
    for step in found.steps:
        if _takes_part(capacity, chain, step.code):
            yield _line(chain, year, step.code, step.label, step)


def _line(chain: MilestoneChain, year: int, code: str, label: str, step: Milestone) -> Deadline:
    title = label if chain.name in label else f"{chain.name}: {label}"
    note = "chậm nhất" if step.known else f"chậm nhất; lịch nghỉ năm {step.day.year} chưa có"
    return Deadline(step.day, title, f"{chain.code}:{year}:{code}", _page(year), note=note)


def _concerns(capacity: UserCapacity, chain: MilestoneChain) -> bool:
    """Whose day it is: the council's, the units', and that of the superior who named it."""
    return capacity.has(*_COUNCIL, *chain.heads) or (chain.superior and capacity.has(Role.superior))


def _takes_part(capacity: UserCapacity, chain: MilestoneChain, code: str) -> bool:
    if capacity.has(*COMMUNE_STAFF_ROLES):
        return True
    return (code == "council" and capacity.has(Role.council_member)) or (code in _UNITS and capacity.has(*chain.heads))


def _page(year: int) -> str:
    return f"{reverse('reports:milestones')}?nam={year}"
