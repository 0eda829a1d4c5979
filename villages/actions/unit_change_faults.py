"""Why a change of units cannot be recorded: the day, the paper, the units, names and heads of the plan."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import fold
from villages.models import Person, Unit, UnitChange
from villages.queries.acting_heads import acting_head_months
from villages.queries.role_conflicts import head_fault
from villages.queries.unit_changes import later_change_of, name_is_used, planned_change_of, successors_to_choose
from villages.queries.unit_work import open_work
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan, acting_fault, day_fault, paper_fault

Fault = tuple[str, str]
"""What is wrong, and the form field; "": nothing is."""


def check_plan(
    commune: Commune, kind: str, sources: list[Unit], plan: UnitPlan, day: date, paper: OrderingPaper
) -> None:
    """RuleBroken with every fault of the plan on that day; returns when there is none."""
    today = timezone.localdate()
    involved = list({unit.pk: unit for unit in [*sources, *Unit.objects.filter(pk=plan.into or 0)]}.values())
    found = [
        (day_fault(day, today), "effective_on"),
        (paper_fault(paper, day, today), "paper_date"),
        *_unit_faults(kind, involved, day),
        KIND_FAULTS[kind](sources, plan, day),
        *_name_faults(commune, kind, sources, plan, day),
        *_head_faults(commune, sources, plan, day),
    ]
    RuleBroken.raise_all([RuleBroken(message, field=field) for message, field in found if message])


def _unit_faults(kind: str, involved: list[Unit], day: date) -> Iterator[Fault]:
    """Of the units that take part: not there on the day, part of another change, the office."""
    for unit in involved:
        yield _existence_fault(unit, day)
    keys = [unit.pk for unit in involved]
    if planned := planned_change_of(keys):
        yield f"Đã có việc khác chờ đến ngày: “{planned}” ({format_date(planned.effective_on)}).", ""
    if later := later_change_of(keys, day):
        when = format_date(later.effective_on)
        yield f"Sau đó đã có “{later}” từ ngày {when}; chọn ngày sau ngày đó.", "effective_on"
    if kind != UnitChange.RENAME and any(unit.kind == Unit.OFFICE for unit in involved):
        yield "Văn phòng xã không sáp nhập, chia tách, giải thể ở đây; chỉ đổi tên được.", ""


def _existence_fault(unit: Unit, day: date) -> Fault:
    """That the unit does not exist the day before, or would not exist that day."""
    founded = unit.founded_on is None or unit.founded_on < day
    exists = founded and (unit.dissolved_on is None or unit.dissolved_on > day)
    return "" if exists else f"{unit.name} không có vào ngày {format_date(day)}.", "effective_on"


def _no_fault(sources: list[Unit], plan: UnitPlan, day: date) -> Fault:
    return "", ""


def _merge_fault(sources: list[Unit], plan: UnitPlan, day: date) -> Fault:
    if len(sources) < 2:
        return "Chọn ít nhất hai đơn vị để sáp nhập.", "sources"
    if len({unit.kind for unit in sources}) > 1:
        return "Chỉ sáp nhập các đơn vị cùng loại.", "sources"
    if plan.into and plan.into not in [unit.pk for unit in sources]:
        return "Đơn vị được giữ phải là một trong các đơn vị sáp nhập.", "into"
    return "", ""


def _close_fault(sources: list[Unit], plan: UnitPlan, day: date) -> Fault:
    if plan.into is None:
        rows = [str(one) for one in open_work([unit.pk for unit in sources], day) if one.blocks]
        left = f"Đơn vị còn {', '.join(rows)}. Chọn đơn vị nhận tiếp, hoặc làm xong trước."
        return (left if rows else ""), "into"
    able = [unit.pk for unit in successors_to_choose(sources[0], day)]
    return ("" if plan.into in able else "Đơn vị nhận tiếp phải là đơn vị khác cùng loại: thôn thì thôn nhận."), "into"


def _split_fault(sources: list[Unit], plan: UnitPlan, day: date) -> Fault:
    empty = not all(unit.people or unit.households for unit in plan.units)
    return ("Chọn ít nhất một hộ hoặc một người sang đơn vị mới." if empty else ""), ""


KIND_FAULTS = {
    UnitChange.OPEN: _no_fault,
    UnitChange.RENAME: _no_fault,
    UnitChange.CLOSE: _close_fault,
    UnitChange.MERGE: _merge_fault,
    UnitChange.SPLIT: _split_fault,
}


def _name_faults(commune: Commune, kind: str, sources: list[Unit], plan: UnitPlan, day: date) -> Iterator[Fault]:
    """Of the new names: used by another unit that day, twice in the plan, the same as before."""
    keeps_its_name = kind == UnitChange.SPLIT and not plan.rest_name
    ending = [] if keeps_its_name else [unit.pk for unit in sources]
    names = list(filter(None, [*(new.name for new in plan.units), plan.rest_name]))
    yield from (
        (f"Đã có đơn vị khác tên {name}.", "name") for name in names if name_is_used(commune, name, day, ending)
    )
    yield from _same_name_faults(kind, sources, names)


def _same_name_faults(kind: str, sources: list[Unit], names: list[str]) -> Iterator[Fault]:
    if len({fold(name) for name in names}) < len(names):
        yield "Hai đơn vị không thể cùng tên.", "name"
    if kind == UnitChange.RENAME and names == [sources[0].name]:
        yield "Tên mới giống tên đang dùng.", "name"


def _head_faults(commune: Commune, sources: list[Unit], plan: UnitPlan, day: date) -> Iterator[Fault]:
    """Of the new heads: acting for too long, or somebody who checks units."""
    months = acting_head_months(commune.pk, day)
    for new in plan.units:
        yield acting_fault(day, new.acting_until, months), "acting_until"
        yield _head_fault(commune, new, day), "head"


def _head_fault(commune: Commune, new: NewUnit, day: date) -> str:
    if new.head is None:
        return "Ghi ngày hết phụ trách thì chọn người phụ trách." if new.acting_until else ""
    person = Person.objects.filter(commune=commune, pk=new.head).select_related("user").first()
    if person is None:
        return "Hãy chọn người đứng đầu trong danh sách."
    return head_fault(person.full_name, person.user, commune.pk, day, new.acting_until)
