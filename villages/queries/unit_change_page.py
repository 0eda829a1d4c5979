"""Queries for the page of one change of units: the names before and after, what is still to be entered, its figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from villages.models import CouncilLiaison, Person, Unit, UnitChange, UnitChangePart
from villages.queries.people import unit_head_ids
from villages.rules.unit_changes import UnitPlan, plan_from_json

NamedUnit: TypeAlias = tuple[Unit | None, str]
"""A unit with its name of a day; None: it is not opened yet."""


@dataclass(frozen=True)
class AfterChange:
    """What is still to be entered after a change: people whose post is that of head of a closed or renamed unit, units without head,
    units without a council liaison."""

    former_heads: list[Person]
    unheaded: list[Unit]
    without_liaison: list[Unit]

    def __bool__(self) -> bool:
        return bool(self.former_heads or self.unheaded or self.without_liaison)


def units_of_change(change: UnitChange) -> tuple[list[Unit], list[Unit]]:
    """The units before and after the change."""
    parts = list(change.parts.select_related("unit"))
    old = [part.unit for part in parts if part.side == UnitChangePart.OLD]
    return old, [part.unit for part in parts if part.side == UnitChangePart.NEW]


def names_on(units: Iterable[Unit], day: date) -> list[tuple[Unit, str]]:
    """Each unit with its name of that day; one query a unit."""
    return [(unit, unit.name_on(day)) for unit in units]


def names_before_and_after(
    change: UnitChange, before: Sequence[Unit], after: Sequence[Unit]
) -> tuple[list[NamedUnit], list[NamedUnit]]:
    """The units with their names the day before the change and from its day. The unit that only gets a name, and what stays
    of a split one, are on both sides. One query a unit."""
    old: list[NamedUnit] = [*names_on(before, change.effective_on - timedelta(days=1))]
    new: list[NamedUnit] = [*names_on(after, change.effective_on)]
    return old, _names_from_day(change.kind, plan_from_json(change.plan), old, new)


def _names_from_day(kind: str, plan: UnitPlan, old: list[NamedUnit], new: list[NamedUnit]) -> list[NamedUnit]:
    if kind == UnitChange.RENAME:
        return _renamed(old, plan.units[0].name)
    if plan.into:
        return _renamed(new, plan.units[0].name if plan.units else "")
    staying = _renamed(old, plan.rest_name) if kind == UnitChange.SPLIT else []
    return [*staying, *(new or [(None, unit.name) for unit in plan.units])]


def _renamed(units: list[NamedUnit], name: str) -> list[NamedUnit]:
    """These under the new name, if there is one."""
    return [(unit, name or old) for unit, old in units]


def after_change(change: UnitChange, before: Sequence[Unit], after: Sequence[Unit], today: date) -> AfterChange:
    """What the office still has to enter today about the units of a change that was carried out; a few queries."""
    units = [unit for unit in after if unit.kind != Unit.OFFICE and unit.dissolved_on is None]
    names = names_on(before, change.effective_on - timedelta(days=1))
    former = [unit.head_post_under(name) for unit, name in names if unit.dissolved_on or unit.name != name]
    return AfterChange(
        former_heads=_with_posts(former, [*before, *units]),
        unheaded=[unit for unit in units if not unit_head_ids(unit, today)],
        without_liaison=_without_liaison(units, today),
    )


def _without_liaison(units: Sequence[Unit], today: date) -> list[Unit]:
    liaisons = CouncilLiaison.objects.filter(unit__in=units).in_force(today)
    looked_after = set(liaisons.values_list("unit_id", flat=True))
    return [unit for unit in units if unit.pk not in looked_after]


def _with_posts(posts: Sequence[str], units: Sequence[Unit]) -> list[Person]:
    """The people of these units whose post is still one of these, of heads of units that were closed or renamed."""
    return list(Person.objects.in_use().filter(unit__in=units, post__in=posts)) if posts else []


CARRIED_LABELS = {
    "people": "người",
    "households": "hộ gia đình",
    "collectives": "tập thể (tổ, chi hội, lớp)",
    "exemplars": "điển hình của kỳ đang mở",
    "nominations": "đề nghị khen thưởng chưa xong",
    "registrations": "đăng ký phong trào chưa xong",
    "heads": "vai trò đứng đầu, làm thay đã kết thúc",
    "liaisons": "phân công ủy viên phụ trách đã kết thúc",
    "absences": "đợt báo vắng đã kết thúc",
}


def carried_figures(change: UnitChange) -> list[tuple[str, int]]:
    """(what, how many) was carried over or ended on the day, without what was none."""
    return [(label, change.carried[key]) for key, label in CARRIED_LABELS.items() if change.carried.get(key)]
