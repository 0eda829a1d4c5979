"""The awards that reports count: those of the commune, and those that a superior granted on its proposal."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from commendations.models import Award, Nomination
from emulation.core.formatting import format_date
from emulation.legal import current

WOMAN = "nu"
AWARD_IDENT = "award:"
"""How the ident of an award of the commune begins; its id follows."""


@dataclass(frozen=True)
class GrantedAward:
    """One award with what reports count it by; `decision` is its form and decision in words.

    `ident` stays the same in every report; `amount` is paid by the commune; `group` is that of a person when the award was
    given, `sex` that of a person ("": unknown), both None for other nominees; `birth_unknown`: a person without a year of birth.
    """

    ident: str
    code: str
    title: str
    above: bool
    kind: str
    granted_on: date
    name: str
    unit_id: int
    unit_name: str
    nominee_kind: str
    group: str | None
    sex: str | None
    achievement: str
    decision: str
    amount: int = 0
    birth_unknown: bool = False


def awards_that_count() -> QuerySet[Award]:
    """The awards of the commune that count in reports, with the words in force: the only place that decides it."""
    return Award.objects.counting().prefetch_related("corrections", "supplements__answers__reversal")


def granted_awards(commune_id: int, first: date, last: date) -> list[GrantedAward]:
    """The awards with a decision of these days, by the day of the decision; five queries."""
    span = (first, last)
    own = awards_that_count().filter(commune_id=commune_id, awarded_on__range=span)
    own = own.select_related("unit", "collective", "person", "decision__document").defer(
        "decision__document__html", "decision__document__blocks"
    )
    above = Nomination.objects.filter(commune_id=commune_id, state="awarded_above", outcome_on__range=span)
    above = above.for_lists().order_by("outcome_on", "pk")
    law = current.law_for(commune_id)
    return [
        *(_own(row) for row in own.order_by("awarded_on", "decision_id", "decision_serial")),
        *(_above(row, law.award(row.award_code).name) for row in above),
    ]


def _own(row: Award) -> GrantedAward:
    number = f"{row.decision.document.reference} ngày " if row.decision.document else ""
    return GrantedAward(
        ident=f"{AWARD_IDENT}{row.pk}",
        code=row.award_code,
        title=row.award_name,
        above=False,
        kind=row.kind,
        granted_on=row.awarded_on,
        name=row.current_name,
        unit_id=row.unit_id,
        unit_name=row.nominee_unit_label,
        nominee_kind=row.nominee_kind,
        group=row.group if row.person_id else None,
        sex=row.sex if row.person_id else None,
        achievement=row.word("achievement"),
        decision=f"{row.in_short}; {number}{format_date(row.awarded_on)}",
        amount=row.payable,
        birth_unknown=bool(row.person and not row.person.birth_year),
    )


def _above(row: Nomination, title: str) -> GrantedAward:
    assert row.outcome_on is not None  # a constraint of the table
    person = row.person
    return GrantedAward(
        ident=f"above:{row.pk}",
        code=row.award_code,
        title=title,
        above=True,
        kind=row.kind,
        granted_on=row.outcome_on,
        name=row.nominee_name,
        unit_id=row.unit_id,
        unit_name=row.nominee_unit_label,
        nominee_kind=row.nominee_kind,
        group=_group_above(row),
        sex=person.sex if person else None,
        achievement=row.achievement,
        decision=f"{title}; {row.outcome_no} ngày {format_date(row.outcome_on)} của {row.outcome_by}",
        birth_unknown=bool(person and not person.birth_year),
    )


def _group_above(row: Nomination) -> str | None:
    if row.person is None:
        return None
    return row.person.group if row.outcome_group is None else row.outcome_group
