"""Eligibility of a nominee: evidence and past awards judged by the law (emulation/legal/engine/rules/eligibility.py)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from commendations.models import Award, Nomination
from emulation.legal import current
from emulation.legal.engine.law import AwardType, Law, NoValue
from emulation.legal.engine.rules.discipline_conditions import discipline_fact
from emulation.legal.engine.rules.eligibility import (
    EligibilityProspect,
    EligibilityVerdict,
    accepts_initiative,
    eligibility_outlook,
    initiatives_used,
    judge,
    verdict_differences,
)
from emulation.legal.engine.rules.evaluation import OFFICIAL
from emulation.legal.engine.rules.facts import (
    AwardRecord,
    CaseSubject,
    DatedFact,
    EligibilityCase,
    InitiativeFact,
    MemberCounts,
    PriorAward,
)
from emulation.legal.engine.rules.finding import Finding
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from emulation.legal.engine.rules.requirements import Procedure, applicable_procedure
from villages.models import Household, Person, Unit, evidence_subject_kind
from villages.queries.evidence import EvidenceRows, evidence_of, evidence_of_people
from villages.queries.groups import groups_on
from villages.queries.same_people import about_nominee, kept_by_record
from villages.rules.evaluations import evaluation_kind
from villages.rules.groups import work_of

AnyNominee = Person | Household | Unit
# Conditions based on the restricted record of a person or of a unit's people: withheld from users who may not read it.
RESTRICTED_FINDINGS = frozenset({"pending", "discipline", "reprimand", "leave", "members_discipline"})
# Conditions that every award has.
GENERAL_FINDINGS = (RESTRICTED_FINDINGS - {"members_discipline"}) | {
    "decider",
    "subject",
    "once",
    "registered",
    "dissolved",
}
WITHHELD_TEXT = "Nội dung hạn chế, do Văn phòng thẩm định."


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
    if isinstance(nominee, Person):
        return facts_of_people([nominee], on, with_restricted=with_restricted)[nominee.pk]
    about = about_nominee(nominee)
    return _facts(nominee, evidence_of(nominee, on), [*_own_awards(about), *_awards_above(about)], on, with_restricted)


def facts_of_people(people: Iterable[Person], on: date, *, with_restricted: bool) -> dict[int, NomineeFacts]:
    """As `nominee_facts` for many people, by id, with as many queries as for one person."""
    people = list(people)
    evidence = evidence_of_people(people, on)
    groups = groups_on(people, on)
    kept = kept_by_record(people)
    about = Q(person__in=kept)
    awards: dict[int, list[Award | Nomination]] = {pk: [] for pk in kept.values()}
    rows: list[Any] = [*_own_awards(about), *_awards_above(about)]
    for row in rows:
        awards[kept[row.person_id]].append(row)
    return {
        person.pk: _facts(
            person, evidence[person.kept_id], awards[person.kept_id], on, with_restricted, groups[person.pk]
        )
        for person in people
    }


def _facts(
    nominee: AnyNominee,
    rows: EvidenceRows,
    awards: Iterable[Award | Nomination],
    on: date,
    with_restricted: bool,
    group: str = "",
) -> NomineeFacts:
    if not with_restricted:
        rows = replace(rows, disciplines=[], pendings=[], leaves=[])
    unit_years = {row.year: _members(row, with_restricted) for row in rows.unit_years}
    record = AwardRecord([*map(_prior_award, awards), *map(_past_award, rows.past_awards)])
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


def _own_awards(about: Q) -> QuerySet[Award]:
    """The awards in the Sổ vàng of these nominees that count."""
    return Award.objects.filter(about).counting().select_related("decision__document").order_by("awarded_on")


def _awards_above(about: Q) -> QuerySet[Nomination]:
    """The cases of these nominees on which a superior granted the award."""
    return Nomination.objects.filter(about, state="awarded_above").order_by("pk")


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


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ReadableVerdict:
    """A verdict as the user may read it: findings based on the restricted record are withheld unless `with_restricted`."""

    verdict: EligibilityVerdict
    findings: tuple[Finding, ...]
    with_restricted: bool = True

    @property
    def word(self) -> str:
        """The verdict in words. "Đạt điều kiện" only if the user reads all findings and the conditions are decided by facts."""
        if self.eligible is None:
            return "Chưa đủ thông tin"
        if not self.eligible:
            return "Chưa đạt"
        if not self.with_restricted:
            return "Đạt phần xem được, Văn phòng còn thẩm định"
        return "Không có gì cản, Hội đồng đánh giá" if self.by_council else "Đạt điều kiện"

    @property
    def by_council(self) -> bool:
        """Whether no condition of this award is decided by facts, so that the council judges the merit."""
        return not any(finding.decides and finding.code not in GENERAL_FINDINGS for finding in self.findings)

    @property
    def icon(self) -> str:
        return {True: "check-circle", None: "question-circle", False: "x-circle"}[self.eligible]

    @property
    def tone(self) -> str:
        fully_met = self.with_restricted and not self.by_council
        return {True: "good" if fully_met else "news", None: "wait", False: "bad"}[self.eligible]

    @property
    def needs_reason(self) -> bool:
        """Whether the case can proceed with an override reason."""
        return any(finding.needs_reason for finding in self.findings)

    @property
    def eligible(self) -> bool | None:
        return self.verdict.eligible


def readable_verdict(verdict: EligibilityVerdict, *, with_restricted: bool) -> ReadableVerdict:
    """The verdict with findings based on the restricted record withheld, unless `with_restricted`."""
    if with_restricted:
        return ReadableVerdict(verdict, verdict.findings)
    readable = tuple(
        replace(finding, met=None, weighs="lenient", says=WITHHELD_TEXT, needs="")
        if finding.code in RESTRICTED_FINDINGS
        else finding
        for finding in verdict.findings
    )
    return ReadableVerdict(verdict, readable, with_restricted=False)


def nominee_of(nomination: Nomination) -> AnyNominee | None:
    return nomination.person or nomination.household or nomination.collective


def nomination_verdict(nomination: Nomination, on: date, *, with_restricted: bool) -> EligibilityVerdict | None:
    """The nomination judged by the law of the day of receipt, as if decided on `on`; None without a nominee.

    An award that was granted on this nomination does not count against it.
    """
    nominee = nominee_of(nomination)
    if nominee is None:
        return None
    facts = nominee_facts(nominee, on, with_restricted=with_restricted)
    received = min(nomination.received_on or on, on)
    return _judge_nomination(current.law_for(nomination.commune_id), nomination, facts, received, on)


def verdict_by_law_of(
    nomination: Nomination, day: date, today: date, *, with_restricted: bool
) -> EligibilityVerdict | None:
    """The nomination judged with today's facts by the law of another day; None without a nominee."""
    nominee = nominee_of(nomination)
    if nominee is None:
        return None
    case = nomination_case(
        nomination, nominee_facts(nominee, max(today, day), with_restricted=with_restricted), day, day
    )
    return judge(current.law_for(nomination.commune_id), replace(case, record=_undated(case.record)))


def _undated(record: AwardRecord | None) -> AwardRecord:
    """The record without dates, so that awards count whatever the day of the law that is tried."""
    return AwardRecord(replace(row, on=None) for row in record or ())


def used_initiative_ids(nomination: Nomination, on: date) -> list[int]:
    """Ids of the sáng kiến that the award of this nomination uses when it is decided on that day."""
    law = current.law_for(nomination.commune_id)
    received = nomination.received_on or on
    if nomination.person is None or not accepts_initiative(law, nomination.award_code, "person", received):
        return []
    facts = nominee_facts(nomination.person, on, with_restricted=True)
    return [one.key for one in initiatives_used(law, nomination_case(nomination, facts, received, on))]


def _judge_nomination(
    law: Law, nomination: Nomination, facts: NomineeFacts, received: date, decided: date
) -> EligibilityVerdict:
    return judge(law, nomination_case(nomination, facts, received, decided))


def nomination_case(nomination: Nomination, facts: NomineeFacts, received: date, decided: date) -> EligibilityCase:
    """The nomination as the rules take it, without the award that was granted on it."""
    year = nomination.award_year
    record = facts.record
    if nomination.state in ("awarded", "awarded_above"):
        own = Award.objects.filter(nomination=nomination).counting().first()
        day = own.awarded_on if own else nomination.outcome_on
        record = AwardRecord(
            row
            for row in record
            if (row.award, row.year, row.on) != (nomination.award_code, own.year if own else year, day)
        )
    return EligibilityCase(nomination.award_code, year, facts.in_year(year), received, decided, record, nomination.kind)


@dataclass(frozen=True)
class AwardEligibility:
    """Eligibility of a nominee for one award of a year: verdict, outlook when not eligible, and money."""

    shown: ReadableVerdict
    prospect: EligibilityProspect | None
    price: PrizeMoney | None


def award_eligibilities(
    nominee: AnyNominee, year: int, day: date, today: date, *, with_restricted: bool
) -> list[AwardEligibility]:
    """Every award that such a nominee can receive on that day, judged for the year."""
    law = current.law_for(nominee.commune_id)
    facts = nominee_facts(nominee, max(day, today), with_restricted=with_restricted)
    record = _undated(facts.record)
    kind = evidence_subject_kind(nominee)
    eligibilities = []
    for code in award_codes_open_to(law, nominee, day):
        case = EligibilityCase(code, year, facts.in_year(year), day, day, record)
        verdict = judge(law, case)
        prospect = None if verdict.eligible else eligibility_outlook(law, case)
        shown = readable_verdict(verdict, with_restricted=with_restricted)
        eligibilities.append(AwardEligibility(shown, prospect, award_price(law, code, kind, day)))
    return eligibilities


def award_codes_open_to(law: Law, nominee: AnyNominee, day: date) -> list[str]:
    """Codes of the awards that such a nominee can receive on that day, in catalogue order."""
    return [
        award.code for award in law.awards.values() if _has_decider(law, award.code, day) and _is_for(award, nominee)
    ]


def _has_decider(law: Law, code: str, day: date) -> bool:
    try:
        return law.value_on(f"{code}.decider", day).content != "nobody"
    except NoValue:
        return False


def _is_for(award: AwardType, nominee: AnyNominee) -> bool:
    """Whether the award is open to this kind of nominee and, for a collective, to its kind of unit."""
    if award.genus == "praise" or award.level == "army" or evidence_subject_kind(nominee) not in award.subjects:
        return False
    return not award.collective_is or (isinstance(nominee, Unit) and nominee.kind == award.collective_is)


def nomination_procedure(nomination: Nomination, on: date) -> Procedure | None:
    """The procedure on the day of receipt, simplified for khen thưởng đột xuất; None where the law has none."""
    try:
        cases = {"sudden"} if nomination.kind == "DX" else set()
        return applicable_procedure(current.law_for(nomination.commune_id), nomination.received_on or on, cases)
    except NoValue:
        return None


def nomination_verdict_changes(
    nomination: Nomination, before: EligibilityVerdict, after: EligibilityVerdict, *, with_restricted: bool
) -> list[str]:
    """Differences between two verdicts and their money; restricted findings only if `with_restricted`."""
    money = _money_change(nomination, before.decided, after.decided)
    if with_restricted:
        return [*verdict_differences(before, after), *money]
    return [*verdict_differences(_without_restricted(before), _without_restricted(after)), *money]


def nomination_price(nomination: Nomination, on: date) -> PrizeMoney | None:
    """The money of the requested award if it were decided on that day."""
    law = current.law_for(nomination.commune_id)
    return award_price(law, nomination.award_code, nomination.nominee_kind, on)


def award_price(law: Law, code: str, kind: str, on: date) -> PrizeMoney | None:
    """The money of the award on that day; None where the statutes set none."""
    try:
        return prize_money(law, code, kind, on) if has_prize_money(law, code) else None
    except NoValue:
        return None


def _money_change(nomination: Nomination, old_day: date, new_day: date) -> list[str]:
    old = nomination_price(nomination, old_day)
    new = nomination_price(nomination, new_day)
    if old is None or new is None or old.money.arithmetic == new.money.arithmetic:
        return []
    return [f"Tiền thưởng: {old.money.arithmetic} → {new.money.arithmetic}."]


def _without_restricted(verdict: EligibilityVerdict) -> EligibilityVerdict:
    findings = tuple(finding for finding in verdict.findings if finding.code not in RESTRICTED_FINDINGS)
    return replace(verdict, findings=findings)
