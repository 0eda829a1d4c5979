"""The facts about nominees that the law judges: evidence, group, past awards, as of a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from commendations.models import Award, Nomination
from emulation.legal import current
from emulation.legal.engine.rules.discipline_conditions import discipline_fact
from emulation.legal.engine.rules.evaluation import OFFICIAL
from emulation.legal.engine.rules.facts import (
    AwardRecord,
    CaseSubject,
    DatedFact,
    InitiativeFact,
    MemberCounts,
    PriorAward,
)
from villages.models import Household, Person, Unit, evidence_subject_kind
from villages.queries.evidence import EvidenceRows, evidence_of
from villages.queries.groups import groups_on
from villages.queries.same_people import kept_ids
from villages.rules.evaluations import evaluation_kind
from villages.rules.groups import work_of

AnyNominee = Person | Household | Unit


@dataclass(frozen=True)
class NomineeFacts:
    """The facts about one nominee and their past awards, as the rules take them."""

    subject: CaseSubject
    record: AwardRecord
    unit_years: dict[int, MemberCounts]

    def in_year(self, year: int) -> CaseSubject:
        """The subject with the counts of its people in that year."""
        return replace(self.subject, members=self.unit_years.get(year, MemberCounts()))


def nominee_facts(nominee: AnyNominee, on: date, *, with_restricted: bool) -> NomineeFacts:
    """The evidence about a nominee as of a day, without the restricted record unless `with_restricted`.

    Facts left out count as empty, so the verdict does not reveal them; `readable_verdict` withholds their findings.
    """
    return facts_of([nominee], on, with_restricted=with_restricted)[nominee.pk]


def facts_of(nominees: Sequence[AnyNominee], on: date, *, with_restricted: bool) -> dict[int, NomineeFacts]:
    """As `nominee_facts` for many nominees of one kind, by id, with as many queries as for one."""
    evidence = evidence_of(nominees, on)
    awards = _awards_of(nominees)
    groups = groups_on([one for one in nominees if isinstance(one, Person)], on)
    return {
        one.pk: _facts(one, evidence[one.pk], awards[one.pk], groups.get(one.pk, ""), on, with_restricted)
        for one in nominees
    }


def _facts(
    nominee: AnyNominee,
    rows: EvidenceRows,
    awards: Iterable[PriorAward],
    group: str,
    on: date,
    with_restricted: bool,
) -> NomineeFacts:
    if not with_restricted:
        rows = replace(rows, disciplines=[], pendings=[], leaves=[])
    unit_years = {row.year: _members(row, with_restricted) for row in rows.unit_years}
    record = AwardRecord([*awards, *map(_past_award, rows.past_awards)])
    return NomineeFacts(_case_subject(nominee, rows, on, group), record, unit_years)


def _case_subject(nominee: AnyNominee, rows: EvidenceRows, on: date, group: str) -> CaseSubject:
    subject = CaseSubject(
        kind=evidence_subject_kind(nominee),
        evaluation=_levels(nominee, rows),
        initiatives=tuple(_initiative(row) for row in rows.initiatives),
        discipline=tuple(_disciplines(nominee, rows, group)),
        pending=tuple(DatedFact(row.kind, row.starts_on, row.ends_on) for row in rows.pendings),
        leave=tuple(DatedFact(row.kind, row.starts_on, row.ends_on, row.result) for row in rows.leaves),
    )
    if isinstance(nominee, Person):
        woman = nominee.sex == "nu" if nominee.sex else None
        return replace(subject, work=work_of(group), joined=nominee.joined_on, woman=woman)
    if isinstance(nominee, Unit):
        return replace(subject, dissolved_on=nominee.dissolved_on)
    return subject


def _disciplines(nominee: AnyNominee, rows: EvidenceRows, group: str) -> Iterator[DatedFact]:
    """Measures with their last day; without a recorded one it is that of the law for the person's group."""
    if not rows.disciplines or not isinstance(nominee, Person):
        return
    law = current.law_for(nominee.commune_id)
    kind = evaluation_kind(group, nominee.unit.kind) or OFFICIAL
    for row in rows.disciplines:
        yield discipline_fact(law, row.kind, row.starts_on, row.ends_on, of=kind)


def _levels(nominee: AnyNominee, rows: EvidenceRows) -> dict[int, str]:
    """The level of each year; that of the kept record where two records of one person have different ones."""
    kept_id = nominee.kept_id if isinstance(nominee, Person) else None
    return {row.year: row.level for row in sorted(rows.evaluations, key=lambda row: row.person_id == kept_id)}


def _initiative(row: Any) -> InitiativeFact:
    used = f"{row.used_award_code} {row.used_year}" if row.used_award_code else ""
    return InitiativeFact(row.year, row.scope, used, f"“{row.name}”", row.pk)


def _members(row: Any, with_restricted: bool) -> MemberCounts:
    disciplined = row.disciplined if with_restricted else 0
    return MemberCounts(row.total, row.ldtt, row.women, disciplined, row.cstdcs, row.completed)


def _awards_of(nominees: Sequence[AnyNominee]) -> dict[int, list[PriorAward]]:
    """By nominee: the awards in the Sổ vàng that count, and what a superior granted on our proposal."""
    if not nominees:
        return {}
    kind = evidence_subject_kind(nominees[0])
    kept = kept_ids(nominees)
    about = Q(**{f"{kind}__in": kept})
    own = Award.objects.filter(about).counting().select_related("decision__document").order_by("awarded_on")
    above = Nomination.objects.filter(about, state="awarded_above").order_by("pk")
    found: dict[int, list[PriorAward]] = {pk: [] for pk in kept.values()}
    rows: list[Any] = [*own, *above]
    for row in rows:
        found[kept[getattr(row, f"{kind}_id")]].append(_prior_award(row))
    return {one.pk: found[kept[one.pk]] for one in nominees}


def _prior_award(row: Award | Nomination) -> PriorAward:
    if isinstance(row, Award):
        return PriorAward(row.award_code, row.year, row.kind, _decision(row), row.awarded_on)
    decision = f"Quyết định số {row.outcome_no}"
    return PriorAward(row.award_code, row.award_year, row.kind, decision, row.outcome_on)


def _past_award(row: Any) -> PriorAward:
    decision = f"Quyết định số {row.decision_no}" if row.decision_no else ""
    return PriorAward(row.award_code, row.year, row.kind, decision, row.decided_on)


def _decision(award: Award) -> str:
    return str(award.decision.document) if award.decision.document else ""
