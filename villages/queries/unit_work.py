"""What a unit has in hand on a day, and what happened in it since a day; the apps above register their own.

`@unit_work_sources` entries count rows by unit; a change of units names them before it is confirmed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from emulation.core.registry import Registry
from villages.models import Absence, Collective, CouncilLiaison, Household, Person

CountRows = Callable[[Sequence[int], date], int]


@dataclass(frozen=True)
class UnitWork:
    """A kind of work of units. `open_rows(unit ids, day)`: rows not finished; `since(unit ids, day)`: rows from that day on.

    `blocks`: a unit with open rows is not closed unless another unit takes over. `handed_over`: it passes to a new head as
    something to finish. None: not counted.
    """

    label: str
    open_rows: CountRows | None = None
    since: CountRows | None = None
    blocks: bool = True
    handed_over: bool = True


unit_work_sources: Registry[UnitWork] = Registry(
    "Work of units", "kind: how its rows of a unit are counted, when units are merged, split or closed"
)


@dataclass(frozen=True)
class CountedWork:
    """A kind of work with its number of rows."""

    label: str
    number: int
    blocks: bool = True
    handed_over: bool = True

    def __str__(self) -> str:
        return f"{self.number} {self.label}"


def open_work(unit_ids: Sequence[int], on: date) -> list[CountedWork]:
    """What these units have in hand on that day, without empty kinds; a query or a few for each kind."""
    counted = [
        CountedWork(source.label, source.open_rows(unit_ids, on), source.blocks, source.handed_over)
        for source in unit_work_sources.values()
        if source.open_rows
    ]
    return [one for one in counted if one.number]


def work_to_finish(unit_id: int, on: date) -> str:
    """What the head of the unit has to finish on that day, in a sentence for who takes the post over; "" for nothing."""
    found = [str(one) for one in open_work([unit_id], on) if one.handed_over]
    return f"Việc đang dở của đơn vị, người nhận làm tiếp: {'; '.join(found)}." if found else ""


def work_since(unit_ids: Sequence[int], day: date) -> list[CountedWork]:
    """What happened in these units from that day on, without empty kinds."""
    counted = [
        CountedWork(source.label, source.since(unit_ids, day)) for source in unit_work_sources.values() if source.since
    ]
    return [one for one in counted if one.number]


def _people(unit_ids: Sequence[int], on: date) -> int:
    return Person.objects.in_use().filter(unit_id__in=unit_ids).count()


def _households(unit_ids: Sequence[int], on: date) -> int:
    return Household.objects.in_use().filter(unit_id__in=unit_ids).count()


def _collectives(unit_ids: Sequence[int], on: date) -> int:
    return Collective.objects.in_force(on).filter(parent_id__in=unit_ids).count()


def _absences(unit_ids: Sequence[int], on: date) -> int:
    return Absence.objects.filter(unit_id__in=unit_ids, ends_on__gte=on).count()


def _liaisons(unit_ids: Sequence[int], on: date) -> int:
    return CouncilLiaison.objects.filter(Q(ends_on=None) | Q(ends_on__gte=on), unit_id__in=unit_ids).count()


def register_own_unit_work() -> None:
    """Registers what this app knows of; first in the list."""
    unit_work_sources.add("people", UnitWork("người trong danh sách", _people, handed_over=False))
    unit_work_sources.add("households", UnitWork("hộ gia đình", _households, handed_over=False))
    unit_work_sources.add("collectives", UnitWork("tập thể (tổ, chi hội, lớp)", _collectives, handed_over=False))
    unit_work_sources.add(
        "absences", UnitWork("đợt báo vắng còn hiệu lực (kết thúc)", _absences, blocks=False, handed_over=False)
    )
    unit_work_sources.add(
        "liaisons", UnitWork("phân công ủy viên phụ trách (kết thúc)", _liaisons, blocks=False, handed_over=False)
    )
