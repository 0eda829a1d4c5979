"""Live cases about the same award: for one title and year, or for one deed (`commendations.rules.same_award`)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from commendations.models import Nomination
from commendations.queries.award_papers import award_papers
from commendations.rules.same_award import live_case_key
from emulation.legal import current
from emulation.legal.engine.law import Law
from villages.models import Household, Person, Unit, evidence_subject_kind
from villages.queries.same_people import about_nominees, kept_ids

NAMED = ("unit", "person__unit", "household__unit", "collective", "commune")
"""What a sentence about a case reads."""


def same_award_key(case: Nomination, law: Law | None = None) -> str | None:
    """The key of the award that the case asks for, by its present content; None while nothing can be compared."""
    law = law or current.law_for(case.commune_id)
    is_title = law.award(case.award_code).genus == "title"
    return live_case_key(case.nominee_identity, case.award_code, is_title, case.award_year, case.deed)


def same_case_of(case: Nomination) -> Nomination | None:
    """Another live case about the same award; None for a case that is over. At most three queries."""
    if not case.is_live or (key := same_award_key(case)) is None or case.live_key == key:
        return None
    return case_with_key(key, other_than=case)


def case_with_key(key: str, other_than: Nomination) -> Nomination | None:
    """The live case that has this key."""
    return Nomination.objects.filter(live_key=key).exclude(pk=other_than.pk).select_related(*NAMED).first()


def same_cases(cases: Sequence[Nomination]) -> dict[int, Nomination]:
    """By the id of a case without its key: the live case that has it. No query if each of these has its key."""
    law = current.law_for(cases[0].commune_id) if cases else None
    missing = {case.pk: key for case in cases if (key := same_award_key(case, law)) != case.live_key}
    if not missing:
        return {}
    rows = Nomination.objects.filter(live_key__in=missing.values()).exclude(pk__in=missing).select_related(*NAMED)
    by_key = {row.live_key: row for row in rows.prefetch_related("joint_proposals__unit")}
    return {pk: by_key[key] for pk, key in missing.items() if key in by_key}


def doubled_cases(cases: Sequence[Nomination]) -> dict[int, Nomination]:
    """By the id of the case, with its key or without: another live case about the same award; at most four queries."""
    with_key = {case.live_key: case for case in cases if case.live_key}
    if not with_key:
        return same_cases(cases)
    law = current.law_for(cases[0].commune_id)
    rows = Nomination.objects.filter(about_nominees(with_key.values()), commune_id=cases[0].commune_id, live_key=None)
    rows = rows.exclude(state__in=Nomination.FREE).select_related(*NAMED).prefetch_related("joint_proposals__unit")
    others = {with_key[key].pk: row for row in rows if (key := same_award_key(row, law)) in with_key}
    return others | same_cases(cases)


@dataclass(frozen=True)
class SameCase:
    """Another live case about the award of a case; `awarded_by`: the paper by which it was awarded, "" if it was not.

    `visible`: whether the user may read it; `is_second`: whether the case that it is shown with was awarded itself.
    """

    case: Nomination
    visible: bool
    awarded_by: str
    is_second: bool

    @property
    def advice(self) -> str:
        if self.awarded_by:
            return "Không khen lần thứ hai: rút hoặc trả lại hồ sơ này."
        if self.is_second:
            return "Hồ sơ này đã được khen: rút hoặc trả lại hồ sơ kia."
        return "Chỉ một hồ sơ được khen: rút hoặc trả lại một trong hai."


def visible_same_cases(cases: Sequence[Nomination], user: Any) -> dict[int, SameCase]:
    """The same with what the user reads of the other case; at most two queries more if there are any."""
    others = doubled_cases(cases)
    if not others:
        return {}
    rows = Nomination.objects.visible_to(user).filter(pk__in=[other.pk for other in others.values()])
    visible = set(rows.values_list("pk", flat=True))
    papers = award_papers(others.values())
    awarded = {case.pk for case in cases if case.state in (*Nomination.AWARDED, "awarded_above")}
    return {
        pk: SameCase(other, other.pk in visible, papers.get(other.pk, ""), is_second=pk in awarded)
        for pk, other in others.items()
    }


def cases_of(nominees: Sequence[Person | Household | Unit], code: str, year: int) -> dict[int, Nomination]:
    """By nominee: the live case for this title and year, of whichever unit; all records of a person count."""
    if not nominees:
        return {}
    kind = evidence_subject_kind(nominees[0])
    kept = kept_ids(nominees)
    keys = {one.pk: live_case_key((kind, kept[one.pk]), code, True, year, "") for one in nominees}
    rows = Nomination.objects.filter(live_key__in=list(keys.values())).select_related("unit")
    by_key = {row.live_key: row for row in rows}
    return {pk: by_key[key] for pk, key in keys.items() if key in by_key}


def cases_without_key(key: str) -> QuerySet[Nomination]:
    """Live cases about the nominee of this key that have none: another case had it first, or nothing can be compared yet."""
    kind, nominee_id, *_ = key.split(":")
    about = Q(**{kind: nominee_id})
    if kind == "person":
        about |= Q(person__same_as=nominee_id)
    rows = Nomination.objects.filter(about, live_key=None).exclude(state__in=Nomination.FREE)
    return rows.select_related("person", "unit").order_by("pk")
