"""The task of heads of units in December: who of the unit may be nominated for the titles of the year."""

from datetime import date
from itertools import chain

from django.db.models import Exists, OuterRef
from django.urls import reverse

from commendations.models import Nomination
from commendations.queries.qualifying import titles_of_many
from emulation.communes.capacity import UserCapacity
from emulation.core.errors import RuleBroken
from reports.queries.todo_rows import TodoItem
from villages.models import Unit

MONTH = 12


def title_tasks(capacity: UserCapacity, on: date) -> list[TodoItem]:
    """A task for each unit of the user that has no case of a title of the year yet; [] but in December.

    It is prepared without being asked for: level 2 of proactive services, Điều 16 Nghị định số 224/2026/NĐ-CP.
    """
    if on.month != MONTH or not capacity.unit_ids:
        return []
    units = list(Unit.objects.filter(pk__in=capacity.unit_ids).in_force(on))
    codes = _title_codes(units, on)
    done = _units_with_a_case(units, codes, on.year)
    return [
        TodoItem(
            title=f"Bình xét danh hiệu năm {on.year}",
            who=unit.name,
            text="danh sách ai đủ điều kiện, ai chưa và vì sao đã có sẵn.",
            url=f"{reverse('commendations:qualifying')}?unit={unit.pk}&award={codes[0]}&year={on.year}",
            action="Xem danh sách",
        )
        for unit in units
        if codes and unit.pk not in done
    ]


def _units_with_a_case(units: list[Unit], codes: list[str], year: int) -> set[int]:
    """The ids of the units with a case of these titles of the year; for each unit the database reads one case, not all."""
    cases = Nomination.objects.filter(award_code__in=codes, year=year).exclude(state="withdrawn")
    of_unit = cases.filter(commune=OuterRef("commune"), unit=OuterRef("pk"))
    rows = Unit.objects.filter(Exists(of_unit), pk__in=[unit.pk for unit in units]).order_by()
    return set(rows.values_list("pk", flat=True))


def _title_codes(units: list[Unit], on: date) -> list[str]:
    """The titles of people and households on that day; [] where the statutes have no answer."""
    if not units:
        return []
    try:
        titles = titles_of_many(units[0], on)
    except RuleBroken:
        return []
    return [offer.award.code for offer in chain.from_iterable(titles.values())]
