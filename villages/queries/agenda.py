"""The day before which the people of a unit are rated each year, for the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from emulation.legal.current import law_for
from emulation.legal.engine.law import DatedValue, Law
from emulation.legal.engine.rules.evaluation import KINDS
from emulation.workflow import permissions
from emulation.workflow.calendar_registry import Deadline, DeadlineKind, register_deadline_kind
from villages.models import Evaluation, Person
from villages.rules.evaluations import evaluation_kind


def evaluation_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """For each kind of people that the law of the year rates: the last day before its limit, and how many are not rated.

    Two queries for each year whose limit is in the period.
    """
    law = law_for(commune_id)
    for year in range(first.year, last.year + 1):
        limits = dict(_limits(law, year, first, last))
        waiting = _not_rated(commune_id, user, year) if limits else {}
        for kind, limit in limits.items():
            left = waiting.get(kind)
            if left is not None:
                yield Deadline(
                    limit_day(limit, year) - timedelta(days=1),
                    f"Xếp loại {KINDS[kind]} năm {year}" + (f": còn {left} người" if left else ""),
                    f"{kind}-{year}",
                    reverse("villages:units"),
                    done=not left,
                    note=f"trước {limit_day(limit, year):%d/%m}, {law.legal_basis(limit).citation}"
                    + ("" if limit.confirmed else " (quy định chưa xác nhận)"),
                )


def limit_day(limit: DatedValue, year: int) -> date:
    """The day before which the rating has to be done."""
    month, day = map(int, limit.content.split("-"))
    return date(year, month, day)


def _limits(law: Law, year: int, first: date, last: date) -> Iterator[tuple[str, DatedValue]]:
    """The limits by the law of the last day of the year that lie in the period, by kind of people."""
    for kind in KINDS:
        limit = law.find("evaluation.due", date(year, 12, 31), None, kind)
        if limit and first <= limit_day(limit, year) - timedelta(days=1) <= last:
            yield kind, limit


def _not_rated(commune_id: int, user: Any, year: int) -> dict[str, int]:
    """How many people are not rated for the year, by the kind that the law rates; a kind without people is left out."""
    of_person = Q(person=OuterRef("pk")) | Q(person__same_as=OuterRef("pk"))
    rated = Evaluation.objects.kept().filter(of_person, year=year)
    rows = Person.objects.visible_to(user).in_use().values("group", "unit__kind").order_by()
    left: dict[str, int] = {}
    for row in rows.annotate(left=Count("pk", filter=~Exists(rated))):
        if kind := evaluation_kind(row["group"], row["unit__kind"]):
            left[kind] = left.get(kind, 0) + row["left"]
    return left


def register_evaluation_deadlines() -> None:
    register_deadline_kind(
        DeadlineKind("evaluation", "Xếp loại năm", "clipboard-check", permissions.staff | permissions.unit_head, 45),
        evaluation_deadlines,
    )
