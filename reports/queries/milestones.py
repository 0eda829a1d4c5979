"""The days of the year before which the superior wants the files, and every step on the way counted back from them.

The days are data of the law (`superior.…`, `gdvh.finish`); where the commune has its own (`LocalValue`, approved by the chair),
that one holds and the whole chain moves with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.acts.deadlines import Deadline
from emulation.communes.roles import COMMUNE_STAFF, UNIT_HEADS, Role
from emulation.communes.standing import Standing, standing_of
from emulation.legal import on
from emulation.legal.days import calendar_of
from emulation.legal.deadlines import CULTURAL_FAMILY, DECIDED_HERE, UPWARD, Due, Leg, Milestone, count_back, yearly
from emulation.legal.law import Law, NoValue
from emulation.legal.workdays import WorkCalendar

REACH = 1  # years: no chain is longer, so what belongs to a month hangs on a day of this year or the next


@dataclass(frozen=True)
class Chain:
    """A yearly day (`code`, shape "month_day") with the steps before it; `heads`: whose units have a part in it."""

    code: str
    name: str
    target: str
    legs: Sequence[Leg]
    heads: frozenset[Role]
    superior: bool = True


CHAINS = (
    Chain(
        "superior.yearly",
        "Khen thưởng hằng năm",
        "Cấp trên nhận hồ sơ khen thưởng hằng năm trước ngày này",
        UPWARD,
        UNIT_HEADS,
    ),
    Chain(
        "superior.education",
        "Khen thưởng năm học",
        "Cấp trên nhận hồ sơ khen thưởng năm học trước ngày này",
        UPWARD,
        frozenset({Role.school_head}),
    ),
    Chain(
        "gdvh.finish",
        "Gia đình văn hóa",
        "Xét tặng Gia đình văn hóa xong trước ngày này",
        CULTURAL_FAMILY,
        frozenset({Role.village_head}),
        superior=False,
    ),
)
# What the commune decides itself for the year comes before the same day: only these steps are not those of the way up.
_HERE = Chain("superior.yearly", "Khen thưởng hằng năm", "", DECIDED_HERE, UNIT_HEADS)
_HERE_ONLY = {"issue": "Ban hành quyết định khen ở xã", "sign": "Chủ tịch ký quyết định khen ở xã"}
_COUNCIL = frozenset({*COMMUNE_STAFF, Role.council_member})
_UNITS = {"submit", "post", "meet"}


@dataclass(frozen=True)
class Counted:
    """A chain of one year: the day itself and its steps, earliest first; `years` the years of which no holiday is known."""

    chain: Chain
    due: Due
    steps: list[Milestone]

    @property
    def local(self) -> bool:
        """Whether the day is the commune's own and not the one that the house came with."""
        return any(ground.local for ground in self.due.grounds)

    @property
    def known(self) -> bool:
        return all(step.known for step in self.steps)


def chains(commune_id: int, year: int) -> list[Counted]:
    """Every chain that hangs on a day of this year; those for which the law of the year says nothing are left out."""
    law, calendar = on.law(commune_id), calendar_of(commune_id)
    found = [_counted(law, calendar, chain, year) for chain in CHAINS]
    return [one for one in found if one]


def chains_for(user: Any, year: int) -> list[Counted]:
    """The chains that concern this person; of the superior's days he sees the day, not how the commune gets there."""
    standing = standing_of(user)
    found = [one for one in chains(standing.commune_id or 0, year) if _concerns(standing, one.chain)]
    inside = any(standing.has(*_COUNCIL, *one.chain.heads) for one in found)
    return found if inside else [replace(one, steps=[]) for one in found]


def _counted(law: Law, calendar: WorkCalendar, chain: Chain, year: int) -> Counted | None:
    try:
        due = yearly(law, chain.code, year)
        return Counted(chain, due, count_back(law, calendar, due.day, chain.legs))
    except NoValue:
        return None


def deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The steps between two days that concern this person, of this year's and next year's chains."""
    standing, law, calendar = standing_of(user), on.law(commune_id), calendar_of(commune_id)
    for year in range(first.year, last.year + REACH + 1):
        for chain in CHAINS:
            if (found := _counted(law, calendar, chain, year)) and _concerns(standing, chain):
                yield from _of_chain(standing, found, year)
        if standing.has(*COMMUNE_STAFF) and (here := _counted(law, calendar, _HERE, year)):
            for step in here.steps:
                if step.code in _HERE_ONLY:
                    yield _line(_HERE, year, f"here.{step.code}", _HERE_ONLY[step.code], step)


def _of_chain(standing: Standing, found: Counted, year: int) -> Iterator[Deadline]:
    chain = found.chain
    note = "" if found.due.confirmed else "ngày chưa xác nhận"
    yield Deadline(found.due.day, chain.target, f"{chain.code}:{year}", _page(year), note=note)
    for step in found.steps:
        if _takes_part(standing, chain, step.code):
            yield _line(chain, year, step.code, step.label, step)


def _line(chain: Chain, year: int, code: str, label: str, step: Milestone) -> Deadline:
    title = label if chain.name in label else f"{chain.name}: {label}"
    note = "chậm nhất" if step.known else f"chậm nhất; lịch nghỉ năm {step.day.year} chưa có"
    return Deadline(step.day, title, f"{chain.code}:{year}:{code}", _page(year), note=note)


def _concerns(standing: Standing, chain: Chain) -> bool:
    """Whose day it is: the council's, the units', and that of the superior who named it."""
    return standing.has(*_COUNCIL, *chain.heads) or (chain.superior and standing.has(Role.superior))


def _takes_part(standing: Standing, chain: Chain, code: str) -> bool:
    if standing.has(*COMMUNE_STAFF):
        return True
    return (code == "council" and standing.has(Role.council_member)) or (code in _UNITS and standing.has(*chain.heads))


def _page(year: int) -> str:
    return f"{reverse('reports:milestones')}?nam={year}"
