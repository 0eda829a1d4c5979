"""The yearly evaluations of a unit as the law sees them: its people with the facts of the year, its own level, shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from emulation.communes.models import Membership
from emulation.communes.roles import UNIT_HEAD_ROLES
from emulation.legal.current import law_for
from emulation.legal.engine.rules.evaluation import (
    EMPLOYEE,
    EvaluationFault,
    ExcellentShare,
    RatedPerson,
    evaluation_faults,
    excellent_shares,
)
from villages.models import Discipline, Evaluation, Leave, Person, Unit, UnitYear
from villages.queries.groups import groups_on
from villages.queries.same_people import same_person_ids
from villages.rules.evaluations import LEADER_GROUP, evaluation_kind, months_worked
from villages.rules.groups import LEADER

TRANSITION_YEAR = 2026
"""At its end a unit without its own evaluation rules still rates by NĐ 90/2020 (NĐ 233/2026 Điều 20 khoản 1)."""
RATED_ON_TIME_WORKED = (Leave.SICK, Leave.MATERNITY)
NOT_WORKED = (*RATED_ON_TIME_WORKED, Leave.UNPAID)


@dataclass(frozen=True)
class UnitEvaluation:
    """All people of a unit with their levels of a year, the level of the unit and whether it has rules of its own.

    `unknown`: people whose group nobody has chosen; no share counts them.
    """

    unit: Unit
    year: int
    people: list[RatedPerson]
    unit_level: str
    own_rules: bool | None
    unknown: int

    @property
    def shares(self) -> list[ExcellentShare]:
        """The limited shares, also those that are kept."""
        law = law_for(self.unit.commune_id)
        return excellent_shares(law, self.year, self.people, unit_level=self.unit_level, own_rules=self.own_rules)

    @property
    def faults(self) -> list[EvaluationFault]:
        """What these levels break."""
        law = law_for(self.unit.commune_id)
        return evaluation_faults(law, self.year, self.people, unit_level=self.unit_level, own_rules=self.own_rules)

    @property
    def asks_for_rules(self) -> bool:
        """Whether the law of the year depends on the unit's own evaluation rules, which nobody has recorded."""
        asked = self.year == TRANSITION_YEAR and self.own_rules is None
        return asked and any(person.kind == EMPLOYEE for person in self.people)

    @property
    def outside(self) -> int:
        """People of a known group about whom neither decree is."""
        return sum(not person.kind for person in self.people) - self.unknown


def unit_evaluation(
    unit: Unit, year: int, levels: Mapping[int, str], *, unit_level: str | None = None
) -> UnitEvaluation:
    """The evaluations of a unit with these levels (by id of the kept record); six queries, however many people.

    `unit_level`: the level of the unit itself, default the recorded one.
    Contains restricted facts (discipline): only `unit_evaluation(...).shares` may be shown without logging.
    """
    last_day = date(year, 12, 31)
    people = people_of(unit)
    groups = groups_on(people, last_day)
    facts = _YearFacts(people, year)
    heads = _head_users(unit, last_day)
    unit_year = UnitYear.objects.kept().filter(collective=unit, year=year).first()
    if unit_level is None:
        own = Evaluation.objects.kept().filter(collective=unit, year=year)
        unit_level = own.values_list("level", flat=True).first() or ""
    return UnitEvaluation(
        unit=unit,
        year=year,
        people=[
            RatedPerson(
                key=person.pk,
                name=person.full_name,
                level=levels.get(person.kept_id, ""),
                kind=evaluation_kind(groups[person.pk], unit.kind),
                group=LEADER_GROUP if groups[person.pk] == LEADER else "",
                head=person.user_id in heads,
                months=facts.months(person),
                excused=facts.excused(person),
                disciplined=facts.disciplined(person),
            )
            for person in people
        ],
        unit_level=unit_level,
        own_rules=unit_year.own_rules if unit_year else None,
        unknown=sum(not groups[person.pk] for person in people),
    )


def people_of(unit: Unit) -> list[Person]:
    """All people in use of a unit."""
    return list(Person.objects.in_use().filter(unit=unit, commune_id=unit.commune_id))


def _head_users(unit: Unit, on: date) -> set[int]:
    """The users who head the unit on that day; users of no record (None) are not among them."""
    rows = Membership.objects.filter(commune_id=unit.commune_id, unit_id=unit.pk, role__in=UNIT_HEAD_ROLES)
    held = rows.filter(Q(ends_on=None) | Q(ends_on__gte=on), starts_on__lte=on, acts_for_id=None)
    return set(held.values_list("user_id", flat=True))


class _YearFacts:
    """Leave and discipline of these people in a year, by the kept record; two queries."""

    def __init__(self, people: list[Person], year: int) -> None:
        self.year = year
        days = (date(year, 1, 1), date(year, 12, 31))
        about = same_person_ids(people)
        self.leaves: dict[int, list[Leave]] = {}
        self.disciplines: dict[int, list[Discipline]] = {}
        leaves = Leave.objects.kept().filter(person__in=about, kind__in=NOT_WORKED, starts_on__lte=days[1])
        for leave in leaves.exclude(ends_on__lt=days[0]).select_related("person"):
            self.leaves.setdefault(leave.person.kept_id, []).append(leave)
        disciplines = Discipline.objects.kept().filter(person__in=about, starts_on__range=days)
        for row in disciplines.exclude(duty_related=False).select_related("person"):
            if row.counted_year in (None, year):
                self.disciplines.setdefault(row.person.kept_id, []).append(row)

    def months(self, person: Person) -> int | None:
        away = [(leave.starts_on, leave.ends_on) for leave in self.leaves.get(person.kept_id, ())]
        return months_worked(person.joined_on, self.year, away)

    def excused(self, person: Person) -> bool:
        return any(leave.kind in RATED_ON_TIME_WORKED for leave in self.leaves.get(person.kept_id, ()))

    def disciplined(self, person: Person) -> bool | None:
        """As `RatedPerson.disciplined`: None while it is not known for any of them what it was for."""
        rows = self.disciplines.get(person.kept_id, ())
        if any(row.duty_related for row in rows):
            return True
        return None if rows else False
