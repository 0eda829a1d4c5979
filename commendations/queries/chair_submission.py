"""What the chair sees before deciding: votes, law, money and the fairness of the list."""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from commendations.models import Award, ChairSubmission, ChairSubmissionItem, Nomination, SessionItem
from commendations.queries import catalogue
from commendations.queries.award_lines import AwardLine, award_lines, with_line_relations
from emulation.legal import current as law_on
from emulation.legal.engine.rules.ranking import RankingCandidate, award_quota, rank_by_preference
from villages.models import Person, Unit, UnitYear


@dataclass(frozen=True)
class SubmissionRow:
    """One nominee before the chair."""

    item: ChairSubmissionItem
    line: AwardLine
    vote: SessionItem | None
    award: Award | None = None  # once the decision is issued: what it gave stands, whatever the law became since

    @property
    def amount(self) -> int:
        return self.award.amount if self.award else self.line.amount

    @property
    def money(self) -> str:
        """The sum as arithmetic."""
        if self.award:
            return str(self.award.legal.get("arithmetic", "")) if self.award.amount else ""
        return self.line.price.money.arithmetic if self.line.price and self.line.amount else ""

    @property
    def money_grounds(self) -> list[dict[str, Any]]:
        """What the sum and the power to decide rest on, as `Ground` says it."""
        now = (*self.line.decider.grounds, *(self.line.price.grounds if self.line.price else ()))
        return list(self.award.legal.get("grounds", ())) if self.award else [asdict(ground) for ground in now]

    @property
    def arithmetic(self) -> str:
        """The vote in words, as the rule of the day of the session worked it out."""
        return str(self.vote.verdict.get("arithmetic", "")) if self.vote else ""

    @property
    def vote_law(self) -> str:
        return str(self.vote.verdict.get("citation", "")) if self.vote else ""

    @property
    def vote_confirmed(self) -> bool:
        return bool(self.vote and self.vote.verdict.get("confirmed"))

    @property
    def votes(self) -> str:
        """ "5/7", for a list."""
        if not self.vote or self.vote.agree is None:
            return ""
        members = self.vote.verdict.get("members")
        return f"{self.vote.agree}/{members}" if members else str(self.vote.agree)


@dataclass(frozen=True)
class SubmissionGroup:
    """The rows of one award: what it is, and whether the chair decides it or passes it on."""

    rows: list[SubmissionRow]

    @property
    def line(self) -> AwardLine:
        return self.rows[0].line

    @property
    def above(self) -> bool:
        return self.line.decider.here == catalogue.DECIDED_ABOVE

    @property
    def in_full(self) -> str:
        return self.line.award.in_full(*{row.line.year for row in self.rows})

    @property
    def heading(self) -> str:
        words = self.in_full
        above = f" (trình {self.line.decider.label})" if self.above else ""
        return f"{words[:1].upper()}{words[1:]}{above}"


def group_by_award(rows: list[SubmissionRow]) -> list[SubmissionGroup]:
    """The rows of `rows_of`, award by award."""
    found: dict[str, list[SubmissionRow]] = {}
    for row in rows:
        found.setdefault(row.line.award.code, []).append(row)
    return [SubmissionGroup(rows) for rows in found.values()]


def pricing_day(chair_submission: ChairSubmission, today: date) -> date:
    """The day whose law prices the list: that of the decision, as far as it is known."""
    return chair_submission.decided_on or today


def submission_rows(chair_submission: ChairSubmission, on: date) -> list[SubmissionRow]:
    """The nominees by award and in the council's order, priced for that day; a constant number of queries."""
    items = list(chair_submission.items.all())
    found = with_line_relations(Nomination.objects.filter(pk__in=[item.nomination_id for item in items]))
    nominations = {nomination.pk: nomination for nomination in found}
    votes = {vote.nomination_id: vote for vote in SessionItem.objects.filter(session_id=chair_submission.session_id)}
    identity, law = chair_submission.commune.identity_on(on), law_on.law_for(chair_submission.commune_id)
    order = catalogue.sort_award_codes(law, (nomination.award_code for nomination in nominations.values()), on)
    items.sort(key=lambda item: order.index(nominations[item.nomination_id].award_code))
    listed = award_lines([nominations[item.nomination_id] for item in items], identity, on)
    awards = {award.nomination_id: award for award in Award.objects.filter(nomination__in=nominations)}
    return [
        SubmissionRow(item, line, votes.get(item.nomination_id), awards.get(item.nomination_id))
        for item, line in zip(items, listed, strict=True)
    ]


@dataclass(frozen=True)
class FairnessSummary:
    """Who stands on a list: people by group and sex, nominees by unit, units that have nobody."""

    people: int
    women: int
    groups: list[tuple[str, int]]
    units: list[tuple[str, int]]
    nobody: list[str]
    preferred: list[tuple[str, str]]
    quotas: list[tuple[str, str, str]]

    @property
    def direct(self) -> int:
        return dict(self.groups).get(dict(Person.GROUPS)["direct"], 0)

    @property
    def leaders(self) -> int:
        return dict(self.groups).get(dict(Person.GROUPS)["leader"], 0)


def fairness_summary(rows: list[SubmissionRow]) -> FairnessSummary:
    """The fairness panel of a list: everybody once, for however many awards; villages without anybody on it are named."""
    every = [row.line.nomination for row in rows]
    nominations = list({(one.person_id, one.household_id, one.collective_id): one for one in every}.values())
    people = [nomination.person for nomination in nominations if nomination.person]
    groups = Counter(person.group for person in people)
    units = Counter(nomination.unit.name for nomination in nominations)
    commune = nominations[0].commune_id if nominations else None
    villages = Unit.objects.filter(commune_id=commune, kind=Unit.VILLAGE, dissolved_on=None)
    return FairnessSummary(
        people=len(people),
        women=sum(person.sex == "nu" for person in people),
        groups=[(label, groups[code]) for code, label in Person.GROUPS if groups[code]],
        units=sorted(units.items(), key=lambda pair: (-pair[1], pair[0])),
        nobody=[unit.name for unit in villages if unit.name not in units],
        preferred=preferred_nominees(rows),
        quotas=title_quotas(rows),
    )


def preferred_nominees(rows: list[SubmissionRow]) -> list[tuple[str, str]]:
    """Whom the law prefers when merits are equal (name, reason): women, collectives of whom 70 % are women."""
    if not rows:
        return []
    nominations = {row.line.nomination.pk: row.line.nomination for row in rows}
    units = [one.collective_id for one in nominations.values() if one.collective_id]
    counts = {(row.collective_id, row.year): row for row in UnitYear.objects.kept().filter(collective_id__in=units)}
    candidates = []
    for pk, one in nominations.items():
        year = counts.get((one.collective_id, one.award_year)) if one.collective_id else None
        woman = bool(one.person and one.person.sex == "nu")
        candidates.append(RankingCandidate(pk, woman, year.total if year else None, year.women if year else None))
    first = rows[0].line.nomination
    found = rank_by_preference(law_on.law_for(first.commune_id), _received(first), candidates)
    named = ((nominations[key].nominee_name, found.reasons[key]) for key in found.order if key in found.reasons)
    return list(dict.fromkeys(named))


def title_quotas(rows: list[SubmissionRow]) -> list[tuple[str, str, str]]:
    """For each title that the law gives to a part only of those with LĐTT: its name, the arithmetic, the article."""
    found = []
    for group in group_by_award(rows):
        first = group.line.nomination
        law, code, year = law_on.law_for(first.commune_id), first.award_code, first.award_year
        awarded = Award.objects.filter(commune_id=first.commune_id, year=year)
        listed = [row for row in rows if row.line.nomination.award_year == year and row.award is None]
        base = awarded.filter(award_code="LDTT").count() + sum(
            row.line.nomination.award_code == "LDTT" for row in listed
        )
        given = awarded.filter(award_code=code).count() + sum(row.line.nomination.award_code == code for row in listed)
        verdict = award_quota(law, code, _received(first), base=base, given=given)
        if verdict.most is not None:
            found.append((law.award_name(code, _received(first)), verdict.arithmetic, verdict.citation))
    return found


def _received(nomination: Nomination) -> date:
    return nomination.received_on or nomination.created_at.date()


def cited_laws(rows: list[SubmissionRow]) -> list[dict[str, Any]]:
    """Each article that the votes and the money rest on, once: label, citation, confirmed, note."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        for ground in row.money_grounds:
            said = {key: ground[key] for key in ("label", "citation", "confirmed", "note")}
            found.setdefault(f"{ground['label']}{ground['citation']}", said)
        if row.vote_law:
            found.setdefault(
                row.vote_law,
                {
                    "label": "Biểu quyết của Hội đồng",
                    "citation": row.vote_law,
                    "confirmed": row.vote_confirmed,
                    "note": "",
                },
            )
    return list(found.values())
