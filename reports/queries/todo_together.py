"""The pages that do one act for many cases of a unit at once, for the head of a group of tasks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from commendations.models import Nomination
from emulation.legal import current
from emulation.workflow.workflow import Step

PAGES = {
    "commendations.submit": ("Ghi thành tích, nộp cả nhóm", "commendations:write_many"),
    "commendations.check": ("Thẩm định cả nhóm", "commendations:check_many"),
}
"""By act: what the page does, and the URL name of the page, whose question is the unit, title and year."""


@dataclass(frozen=True)
class GroupPage:
    """The page for the cases of one unit, title and year."""

    label: str
    url: str


def group_pages(step: Step, rows: Sequence[Any]) -> list[GroupPage]:
    """A page for each unit, title and year of which two cases or more are among the rows; [] for other steps.

    The law is read only if there is such a group.
    """
    many = _groups_of_many(rows) if step.act in PAGES else []
    if not many:
        return []
    law = current.law_for(rows[0].commune_id)
    does, name = PAGES[step.act]
    units = {case.unit_id: case.unit.name for case in rows}
    return [
        GroupPage(
            f"{does}: {law.award(code).name} {year}, {units[unit]}",
            f"{reverse(name)}?{urlencode({'unit': unit, 'award': code, 'year': year})}",
        )
        for unit, code, year in many
        if law.award(code).genus == "title"
    ]


def _groups_of_many(rows: Sequence[Any]) -> list[tuple[int, str, int]]:
    groups = Counter(_group_of(case) for case in rows if isinstance(case, Nomination) and not case.collective_id)
    return [group for group, count in groups.items() if count > 1]


def _group_of(case: Nomination) -> tuple[int, str, int]:
    return case.unit_id, case.award_code, case.award_year
