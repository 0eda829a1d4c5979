"""Queries about changes of units: faults of a plan, what it carries over (the preview), which changes touch a unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of, successors_on
from emulation.communes.models import Commune
from emulation.core.formatting import format_date
from emulation.core.text import fold
from emulation.workflow import permissions
from villages.models import Household, Person, Unit, UnitChange
from villages.queries.people import present_unit, unit_head_ids
from villages.queries.role_conflicts import checking_user_ids
from villages.queries.twins import mark_twins
from villages.queries.unit_work import CountedWork, open_work, work_since
from villages.rules.unit_changes import NewUnit, UnitPlan


@dataclass(frozen=True)
class ChangePreview:
    """What a change would do, before it is confirmed: figures of what is carried over, who loses and gets the head's role,
    what already happened since its day (`warnings`)."""

    carried: list[CountedWork] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def head_candidates(commune_id: int, on: date) -> list[Person]:
    """People with an account in use who can be made head of a unit: without a role that checks units; two queries."""
    checkers = checking_user_ids(commune_id, on, on)
    rows = Person.objects.filter(commune_id=commune_id, user__is_active=True).exclude(user_id__in=checkers)
    return list(rows.select_related("user", "unit"))


def successors_to_choose(unit: Unit, on: date) -> list[Unit]:
    """The units in force that day that can take over a closed one: those of its kind; where a school, the station or an
    organisation is the only one of its kind, any that is no thôn. One query."""
    others = Unit.objects.filter(commune_id=unit.commune_id).in_force(on).exclude(pk=unit.pk).exclude(kind=Unit.OFFICE)
    same = [other for other in others if other.kind == unit.kind]
    if same or unit.kind == Unit.VILLAGE:
        return same
    return [other for other in others if other.kind != Unit.VILLAGE]


def planned_change_of(unit_ids: Sequence[int]) -> UnitChange | None:
    """The planned change in which one of these units takes part; None if none."""
    rows = UnitChange.objects.filter(parts__unit_id__in=unit_ids, state=UnitChange.PLANNED)
    return rows.order_by("effective_on", "pk").first()


def later_change_of(unit_ids: Sequence[int], day: date, besides: int = 0) -> UnitChange | None:
    """A change of one of these units, not the one with the key `besides`, that took effect after that day, or on it; None if
    none."""
    rows = UnitChange.objects.filter(parts__unit_id__in=unit_ids, state=UnitChange.DONE, effective_on__gte=day)
    return rows.exclude(pk=besides).order_by("-effective_on", "-pk").first()


def name_is_used(commune: Commune, name: str, on: date, besides: Sequence[int] = ()) -> bool:
    """Whether another unit in force that day has that name, in any spelling of case and diacritics."""
    units = Unit.objects.filter(commune=commune).in_force(on).exclude(pk__in=besides)
    return any(fold(unit.name) == fold(name) for unit in units)


def successor_names(commune_id: int, on: date) -> dict[int, str]:
    """{closed unit: the name of the unit that took over from it by that day}; two queries."""
    found = successors_on(commune_id, on)
    names = dict(Unit.objects.filter(pk__in=set(found.values())).values_list("pk", "name"))
    return {closed: names[present] for closed, present in found.items() if present in names}


def present_unit_names(commune_id: int, unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """{unit: its name, with the one that answers for it on that day: "Thôn 5 (nay thuộc Thôn Đồng Tâm)"}; three queries."""
    names = dict(Unit.objects.filter(commune_id=commune_id, pk__in=set(unit_ids)).values_list("pk", "name"))
    successors = successor_names(commune_id, on)
    return {pk: f"{name} (nay thuộc {successors[pk]})" if pk in successors else name for pk, name in names.items()}


def closed_units(user: Any, on: date) -> list[Unit]:
    """The units that no longer exist on that day, the latest first; without those whose founding was undone."""
    rows = Unit.objects.visible_to(user).filter(dissolved_on__lte=on)
    rows = rows.exclude(founded_on=F("dissolved_on"))
    return list(rows.order_by("-dissolved_on", "sort", "pk"))


def unit_history(user: Any, unit: Unit) -> dict[str, Any]:
    """The names of the unit by date, the changes it took or will take part in, who took over: for its page."""
    today = timezone.localdate()
    rows = UnitChange.objects.filter(parts__unit=unit).exclude(state=UnitChange.TAKEN_BACK).distinct()
    closed = unit.dissolved_on is not None and unit.dissolved_on <= today
    present = present_unit(unit, today)
    return {
        "names": list(unit.names.order_by("-starts_on", "-pk")),
        "changes": list(rows),
        "closed": closed,
        "never_in_force": closed and unit.founded_on == unit.dissolved_on,
        "successor": present if present != unit else None,
        "may_open_changes": permissions.staff.allows(capacity_of(user), unit),
    }


def preview_of_change(kind: str, sources: list[Unit], plan: UnitPlan, day: date, today: date) -> ChangePreview:
    """What the change would do; a few queries for each kind of work, whatever the number of rows."""
    ids = [unit.pk for unit in sources]
    closing = [unit for unit in sources if kind in (UnitChange.MERGE, UnitChange.CLOSE) and unit.pk != plan.into]
    carried = open_work([unit.pk for unit in closing], min(day, today)) if closing else []
    if kind == UnitChange.SPLIT:
        carried = _moved_by_split(plan)
    return ChangePreview(
        carried=carried,
        lines=_lines(kind, sources, closing, plan, day),
        heads=_head_lines(closing, plan, day),
        warnings=_warnings(ids, day, today),
    )


def _moved_by_split(plan: UnitPlan) -> list[CountedWork]:
    counted = []
    for unit in plan.units:
        members = Person.objects.filter(household_id__in=unit.households).exclude(pk__in=unit.people).count()
        counted.append(CountedWork(f"hộ gia đình sang {unit.name}", len(unit.households)))
        counted.append(CountedWork(f"người sang {unit.name} (kể cả người trong hộ)", len(unit.people) + members))
    return counted


def _lines(kind: str, sources: list[Unit], closing: list[Unit], plan: UnitPlan, day: date) -> list[str]:
    """What becomes of each unit from that day."""
    from_day = f"từ ngày {format_date(day)}"
    lines = [f"{unit.name} kết thúc, {from_day} không còn." for unit in closing]
    if kind == UnitChange.RENAME:
        return [f"{sources[0].name} mang tên {plan.units[0].name} {from_day}."]
    into = Unit.objects.filter(pk=plan.into).first() if plan.into else None
    if into:
        return [*lines, f"{into.name} nhận người, hộ và việc còn dở {from_day}."]
    lines += [f"{unit.name} thành lập {from_day}." for unit in plan.units]
    if kind == UnitChange.SPLIT:
        lines.append(f"Phần còn lại mang tên {plan.rest_name or sources[0].name}, giữ việc còn dở và người đứng đầu.")
    return lines


def _head_lines(closing: list[Unit], plan: UnitPlan, day: date) -> list[str]:
    """Who loses the head's role, and who gets it."""
    names = dict(Person.objects.filter(pk__in=[unit.head for unit in plan.units]).values_list("pk", "full_name"))
    lines = [f"{', '.join(_head_names(unit, day)) or 'Chưa ai'} thôi đứng đầu {unit.name}." for unit in closing]
    lines += [_new_head_line(unit, names) for unit in plan.units if unit.head or unit.kind]
    return lines


def _new_head_line(unit: NewUnit, names: dict[int, str]) -> str:
    if unit.head is None:
        return f"{unit.name}: chưa có người đứng đầu; cử sau ở trang đơn vị."
    until = f", phụ trách tạm thời đến hết ngày {format_date(unit.acting_until)}" if unit.acting_until else ""
    return f"{names.get(unit.head, '')} đứng đầu {unit.name}{until}."


def _head_names(unit: Unit, day: date) -> list[str]:
    return list(User.objects.filter(pk__in=unit_head_ids(unit, day)).values_list("full_name", flat=True))


def _warnings(unit_ids: Sequence[int], day: date, today: date) -> list[str]:
    """What already happened in the units since a day in the past: it stays as it is, under the old names."""
    if day >= today:
        return []
    return [f"Từ ngày {format_date(day)} đã có {one}; giữ nguyên như đã ghi." for one in work_since(unit_ids, day)]


def households_of(unit: Unit) -> list[Household]:
    """The active households of the unit, by name."""
    return list(Household.objects.in_use().filter(unit=unit))


def people_without_household(unit: Unit) -> list[Person]:
    """The active people of the unit who belong to no household of it, by name, twins marked (`mark_twins`)."""
    return mark_twins(Person.objects.in_use().filter(unit=unit, household=None))
