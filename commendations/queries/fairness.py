"""A fairness summary of the list before the chair: by group, sex and unit, preference, quotas."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone

from commendations.models import Award, Nomination
from commendations.queries.award_lines import nominee_counts_text
from commendations.queries.chair_submission import SubmissionRow, group_by_award
from emulation.legal import current
from emulation.legal.engine.rules.ranking import RankingCandidate, award_quota, rank_by_preference
from villages.models import Person, Unit, UnitYear
from villages.queries.groups import groups_on
from villages.queries.same_people import ids_of_left
from villages.rules.groups import DIRECT_GROUPS, DIRECT_LABEL, GROUPS, LEADER, OTHER, OTHER_LABEL


@dataclass(frozen=True)
class ListComposition:
    """Who is on a list: the nominees by kind, the people among them by group and sex.

    `unknown`: by fact the names of those for whom nobody has recorded it; they are counted in no group and as neither sex.
    """

    nominees: str
    """How many of each kind, in words; "" for an empty list."""
    people: int
    women: int
    men: int
    groups: list[tuple[str, int]]
    """People by label of the group, direct workers and leaders also without anybody; together with the unknown all people."""
    unknown: dict[str, list[str]]


@dataclass(frozen=True)
class FairnessSummary(ListComposition):
    """The composition of a list with the nominees by proposing unit, villages without one, preference and quotas."""

    units: list[tuple[str, int]]
    """Nominees by name of the unit; one whom several units propose counts for each of them."""
    joint: int
    """Nominees whom several units propose."""
    nobody: list[str]
    left: list[str]
    preferred: list[tuple[str, str]]
    quotas: list[tuple[str, str, str]]

    @property
    def preferred_by_reason(self) -> list[tuple[str, list[str]]]:
        """Each reason once with the names of those whom it prefers."""
        found: dict[str, list[str]] = {}
        for name, reason in self.preferred:
            found.setdefault(reason, []).append(name)
        return list(found.items())


def list_composition(rows: list[SubmissionRow], on: date) -> ListComposition:
    """Who is on a list on a day; at most one query. Each nominee counts once, for however many awards."""
    return _composition(rows, _distinct_nominees(rows), on)


def _composition(rows: list[SubmissionRow], nominations: list[Nomination], on: date) -> ListComposition:
    people = [nomination.person for nomination in nominations if nomination.person]
    groups = _groups(rows, people, on)
    sexes = Counter(person.sex for person in people)
    return ListComposition(
        nominees=nominee_counts_text(nomination.nominee_kind for nomination in nominations),
        people=len(people),
        women=sexes["nu"],
        men=sexes["nam"],
        groups=_by_group(groups),
        unknown=_unknown_facts([one for one in nominations if one.person], groups),
    )


def fairness_summary(rows: list[SubmissionRow], on: date) -> FairnessSummary:
    """The fairness panel of a list on a day. Each nominee counts once, for however many awards."""
    nominations = _distinct_nominees(rows)
    units = _by_unit(nominations)
    left = ids_of_left(one.person for one in nominations if one.person)
    return FairnessSummary(
        **vars(_composition(rows, nominations, on)),
        joint=sum(len(nomination.proposing_units) > 1 for nomination in nominations),
        units=sorted(units.items(), key=lambda pair: (-pair[1], pair[0])),
        nobody=_villages_without(nominations, units),
        left=[one.nominee_alone for one in nominations if one.person_id in left],
        preferred=preferred_nominees(rows),
        quotas=title_quotas(rows),
    )


def _villages_without(nominations: list[Nomination], units: Container[str]) -> list[str]:
    """The villages of the commune that exist and are none of these units; [] without a nomination."""
    commune = nominations[0].commune_id if nominations else None
    rows = Unit.objects.filter(commune_id=commune, kind=Unit.VILLAGE, dissolved_on=None)
    return [unit.name for unit in rows if unit.name not in units]


def _groups(rows: list[SubmissionRow], people: list[Person], on: date) -> list[str]:
    """The group of each of these people: the one stored with their award, else that of the day; at most one query."""
    stored = {row.line.nomination.person_id: row.award.group for row in rows if row.award}
    known = groups_on(people, on)
    return [stored.get(person.pk, known[person.pk]) for person in people]


def _by_group(groups: list[str]) -> list[tuple[str, int]]:
    """How many are of each known group, by its label, in the order of the groups; direct workers and pupils are one."""
    counts = Counter(groups)
    direct = sum(counts[code] for code in DIRECT_GROUPS)
    others = [(OTHER_LABEL if code == OTHER else label, code) for code, label in GROUPS if code not in DIRECT_GROUPS]
    return [
        (DIRECT_LABEL, direct),
        *((label, counts[code]) for label, code in others if counts[code] or code == LEADER),
    ]


def _unknown_facts(cases: list[Nomination], groups: list[str]) -> dict[str, list[str]]:
    """By fact the names of the people for whom it is not recorded; only the facts that somebody lacks."""
    found: dict[str, list[str]] = {}
    for case, group in zip(cases, groups, strict=True):
        facts = {
            "nhóm đối tượng": group,
            "giới tính": case.person and case.person.sex,
            "năm sinh": case.person and case.person.birth_year,
        }
        for fact in (fact for fact, value in facts.items() if not value):
            found.setdefault(fact, []).append(case.nominee_alone)
    return found


def _by_unit(nominations: list[Nomination]) -> Counter[str]:
    """How many nominees each unit proposes, alone or together with another, by its name."""
    return Counter(unit.name for unit in chain.from_iterable(one.proposing_units for one in nominations))


def _distinct_nominees(rows: list[SubmissionRow]) -> list[Nomination]:
    """One nomination for each person, household and collective on the list."""
    nominations = (row.line.nomination for row in rows)
    return list({one.nominee_identity: one for one in nominations}.values())


def preferred_nominees(rows: list[SubmissionRow]) -> list[tuple[str, str]]:
    """Nominees whom the law prefers when merits are equal, as (name, reason): women, collectives with 70 % women."""
    if not rows:
        return []
    nominations = {row.line.nomination.pk: row.line.nomination for row in rows}
    unit_years = _unit_years(nominations.values())
    candidates = [
        _ranking_candidate(nomination, unit_years.get((nomination.collective_id, nomination.award_year)))
        for nomination in nominations.values()
    ]
    first = rows[0].line.nomination
    ranking = rank_by_preference(current.law_for(first.commune_id), _received(first), candidates)
    reasons = ((nominations[pk].nominee_alone, ranking.reasons[pk]) for pk in ranking.order if pk in ranking.reasons)
    return list(dict.fromkeys(reasons))


def _unit_years(nominations: Iterable[Nomination]) -> dict[tuple[int | None, int], UnitYear]:
    """The yearly figures of the nominated collectives by (collective id, year)."""
    collectives = [nomination.collective_id for nomination in nominations if nomination.collective_id]
    figures = UnitYear.objects.kept().filter(collective_id__in=collectives)
    return {(row.collective_id, row.year): row for row in figures}


def _ranking_candidate(nomination: Nomination, unit_year: UnitYear | None) -> RankingCandidate:
    return RankingCandidate(
        nomination.pk,
        bool(nomination.person and nomination.person.sex == "nu"),
        unit_year.total if unit_year else None,
        unit_year.women if unit_year else None,
    )


def title_quotas(rows: list[SubmissionRow]) -> list[tuple[str, str, str]]:
    """Titles limited by law to a share of those with LĐTT, as (name, arithmetic, article)."""
    quotas = []
    for group in group_by_award(rows):
        first = group.line.nomination
        law = current.law_for(first.commune_id)
        code = first.award_code
        year = first.award_year
        awarded = Award.objects.counting().filter(commune_id=first.commune_id, year=year)
        listed = Counter(
            row.line.nomination.award_code
            for row in rows
            if row.line.nomination.award_year == year and row.award is None
        )
        base = awarded.filter(award_code="LDTT").count() + listed["LDTT"]
        given = awarded.filter(award_code=code).count() + listed[code]
        verdict = award_quota(law, code, _received(first), base=base, given=given)
        if verdict.most is not None:
            quotas.append((law.award_name(code, _received(first)), verdict.arithmetic, verdict.citation))
    return quotas


def _received(nomination: Nomination) -> date:
    return nomination.received_on or timezone.localdate(nomination.created_at)
