"""Đạt hay chưa đạt: the evidence kept of somebody, put before the law (emulation/legal/engine/rules/eligibility.py)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from commendations.models import Award, Nomination
from emulation.legal import current as law_on
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.time_limits import (
    CULTURAL_FAMILY_STEPS,
    DECISION_STEPS,
    PROPOSAL_STEPS,
    DueDate,
    Milestone,
    count_back,
    due_date,
    yearly_due_date,
)
from emulation.legal.engine.law import Law, NoValue
from emulation.legal.engine.rules.eligibility import (
    EligibilityProspect,
    EligibilityVerdict,
    Finding,
    accepts_initiative,
    eligibility_outlook,
    initiatives_used,
    judge,
)
from emulation.legal.engine.rules.eligibility import verdict_differences as changes_between
from emulation.legal.engine.rules.facts import (
    AwardRecord,
    CaseSubject,
    DatedFact,
    EligibilityCase,
    InitiativeFact,
    MemberCounts,
    PriorAward,
)
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from emulation.legal.engine.rules.requirements import Procedure, applicable_procedure, award_decider
from villages.models import Household, Person, Unit, evidence_subject_kind
from villages.queries.evidence import EvidenceRows, evidence_of

AnyNominee = Person | Household | Unit
# Conditions that rest on the restricted record, of a person or of the people of a unit: withheld from whoever may not read it.
RESTRICTED_FINDINGS = frozenset({"pending", "discipline", "reprimand", "leave", "members_discipline"})
# What is asked of every award, whoever is to get it.
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
    """The facts about one subject and everything awarded to him, as the rules take them."""

    subject: CaseSubject
    record: AwardRecord
    unit_years: dict[int, MemberCounts]

    def in_year(self, year: int) -> CaseSubject:
        """The subject with the counts of its people in that year."""
        return replace(self.subject, members=self.unit_years.get(year, MemberCounts()))


def nominee_facts(someone: AnyNominee, on: date, *, whole: bool) -> NomineeFacts:
    """What is kept of somebody as of a day; without the restricted record unless `whole`.

    What is left out counts as nothing against the subject, so that the result says nothing of it either; `shown` withholds
    the findings.
    """
    rows = evidence_of(someone, on)
    subject = CaseSubject(
        kind=evidence_subject_kind(someone),
        work=someone.work if isinstance(someone, Person) else None,
        evaluation={row.year: row.level for row in rows.evaluations},
        initiatives=tuple(_initiative(row) for row in rows.initiatives),
        discipline=tuple(DatedFact(row.kind, row.starts_on, row.ends_on) for row in rows.disciplines) if whole else (),
        pending=tuple(DatedFact(row.kind, row.starts_on, row.ends_on) for row in rows.pendings) if whole else (),
        leave=tuple(DatedFact(row.kind, row.starts_on, row.ends_on, row.result) for row in rows.leaves)
        if whole
        else (),
        joined=someone.joined_on if isinstance(someone, Person) else None,
        dissolved_on=someone.dissolved_on if isinstance(someone, Unit) else None,
        woman=someone.sex == "nu" if isinstance(someone, Person) and someone.sex else None,
    )
    return NomineeFacts(
        subject, AwardRecord(_record(someone, rows)), {row.year: _members(row, whole) for row in rows.unit_years}
    )


def _initiative(row: Any) -> InitiativeFact:
    used = f"{row.used_award_code} {row.used_year}" if row.used_award_code else ""
    return InitiativeFact(row.year, row.scope, used, f"“{row.name}”", row.pk)


def _members(row: Any, whole: bool) -> MemberCounts:
    return MemberCounts(row.total, row.ldtt, row.women, row.disciplined if whole else 0, row.cstdcs, row.completed)


def _record(someone: AnyNominee, rows: EvidenceRows) -> list[PriorAward]:
    """The register's own lines, what a superior gave on our proposal, and what was awarded before or elsewhere."""
    own = Award.objects.filter(**{f"{evidence_subject_kind(someone)}_id": someone.pk}).select_related(
        "decision__document"
    )
    found = [
        PriorAward(row.award_code, row.year, row.kind, _decision(row), row.awarded_on)
        for row in own.order_by("awarded_on")
    ]
    above = Nomination.objects.filter(state="awarded_above", **{f"{evidence_subject_kind(someone)}_id": someone.pk})
    found += [
        PriorAward(row.award_code, row.award_year, row.kind, f"Quyết định số {row.outcome_no}", row.outcome_on)
        for row in above.order_by("pk")
    ]
    found += [
        PriorAward(
            row.award_code,
            row.year,
            row.kind,
            f"Quyết định số {row.decision_no}" if row.decision_no else "",
            row.decided_on,
        )
        for row in rows.past_awards
    ]
    return found


def _decision(award: Award) -> str:
    return str(award.decision.document) if award.decision.document else ""


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ReadableVerdict:
    """A verdict as a reader may see it: the findings that he may read in full, the others withheld."""

    verdict: EligibilityVerdict
    findings: tuple[Finding, ...]
    whole: bool = True

    @property
    def word(self) -> str:
        """The verdict in words: a yes never says more than the reader may see, nor more than the law leaves to figures."""
        if self.eligible is None:
            return "Chưa đủ thông tin"
        if not self.eligible:
            return "Chưa đạt"
        if not self.whole:
            return "Đạt phần xem được, Văn phòng còn thẩm định"
        return "Không có gì cản, Hội đồng đánh giá" if self.by_council else "Đạt điều kiện"

    @property
    def by_council(self) -> bool:
        """Nothing decides but what is asked of every award: the rest is for people to judge."""
        return not any(finding.decides and finding.code not in GENERAL_FINDINGS for finding in self.findings)

    @property
    def icon(self) -> str:
        return {True: "check-circle", None: "question-circle", False: "x-circle"}[self.eligible]

    @property
    def tone(self) -> str:
        plain = self.whole and not self.by_council
        return {True: "good" if plain else "news", None: "wait", False: "bad"}[self.eligible]

    @property
    def needs_reason(self) -> bool:
        """Whether a written reason helps the case on."""
        return any(finding.needs_reason for finding in self.findings)

    @property
    def eligible(self) -> bool | None:
        return self.verdict.eligible


def readable_verdict(verdict: EligibilityVerdict, *, whole: bool) -> ReadableVerdict:
    """Withholds what rests on the restricted record from whoever may not read it."""
    if whole:
        return ReadableVerdict(verdict, verdict.findings)
    hidden = tuple(
        replace(finding, met=None, weighs="lenient", says=WITHHELD_TEXT, needs="")
        if finding.code in RESTRICTED_FINDINGS
        else finding
        for finding in verdict.findings
    )
    return ReadableVerdict(verdict, hidden, whole=False)


def nominee_of(nomination: Nomination) -> AnyNominee | None:
    return nomination.person or nomination.household or nomination.collective


def nomination_verdict(nomination: Nomination, on: date, *, whole: bool) -> EligibilityVerdict | None:
    """The case judged by the law of the day it was received, decided on `on`; None while nobody is named.

    What the register says of this very nomination is left out: its own award never stands against it.
    """
    someone = nominee_of(nomination)
    if someone is None:
        return None
    known = nominee_facts(someone, on, whole=whole)
    received = min(nomination.received_on or on, on)
    return _judge_nomination(law_on.law_for(nomination.commune_id), nomination, known, received, on)


def verdict_by_law_of(nomination: Nomination, day: date, today: date, *, whole: bool) -> EligibilityVerdict | None:
    """The same case for the same year, with all that is known today, by the law of another day."""
    someone = nominee_of(nomination)
    if someone is None:
        return None
    case = _case(nomination, nominee_facts(someone, max(today, day), whole=whole), day, day)
    return judge(law_on.law_for(nomination.commune_id), replace(case, record=_undated(case.record)))


def _undated(record: AwardRecord | None) -> AwardRecord:
    """What is known today, so that another day changes the law alone: an award of a later day still counts."""
    return AwardRecord(replace(row, on=None) for row in record or ())


def used_initiative_ids(nomination: Nomination, on: date) -> list[int]:
    """Ids of the sáng kiến that the award of this case uses up when it is decided on that day."""
    law, received = law_on.law_for(nomination.commune_id), nomination.received_on or on
    if nomination.person is None or not accepts_initiative(law, nomination.award_code, "person", received):
        return []
    known = nominee_facts(nomination.person, on, whole=True)
    return [one.key for one in initiatives_used(law, _case(nomination, known, received, on))]


def _judge_nomination(
    law: Law, nomination: Nomination, known: NomineeFacts, received: date, decided: date
) -> EligibilityVerdict:
    return judge(law, _case(nomination, known, received, decided))


def _case(nomination: Nomination, known: NomineeFacts, received: date, decided: date) -> EligibilityCase:
    """The nomination as the rules take it; what was awarded on this very nomination never stands against it."""
    year, record = nomination.award_year, known.record
    if nomination.state in ("awarded", "awarded_above"):
        own = Award.objects.filter(nomination=nomination).first()
        day = own.awarded_on if own else nomination.outcome_on
        record = AwardRecord(
            row
            for row in record
            if (row.award, row.year, row.on) != (nomination.award_code, own.year if own else year, day)
        )
    return EligibilityCase(nomination.award_code, year, known.in_year(year), received, decided, record, nomination.kind)


@dataclass(frozen=True)
class AwardEligibility:
    """How somebody stands towards one award for a year: the verdict, when it may come within reach, and the money."""

    shown: ReadableVerdict
    prospect: EligibilityProspect | None
    price: PrizeMoney | None


def award_eligibilities(
    someone: AnyNominee, year: int, day: date, today: date, *, whole: bool
) -> list[AwardEligibility]:
    """Every award of the law that is given to such a subject on that day, judged for the year."""
    law = law_on.law_for(someone.commune_id)
    known = nominee_facts(someone, max(day, today), whole=whole)
    record, kind = _undated(known.record), evidence_subject_kind(someone)
    found = []
    for code in award_codes_open_to(law, someone, day):
        case = EligibilityCase(code, year, known.in_year(year), day, day, record)
        verdict = judge(law, case)
        prospect = None if verdict.eligible else eligibility_outlook(law, case)
        found.append(
            AwardEligibility(readable_verdict(verdict, whole=whole), prospect, award_price(law, code, kind, day))
        )
    return found


def award_codes_open_to(law: Law, someone: AnyNominee, day: date) -> list[str]:
    """Codes of the awards that somebody like this may be given on that day, in the order of the catalogue."""
    kind = evidence_subject_kind(someone)
    found = []
    for award in law.awards.values():
        try:
            decider = law.value_on(f"{award.code}.decider", day).content
        except NoValue:
            continue
        fits = kind in award.subjects and award.genus != "praise" and award.level != "army" and decider != "nobody"
        if fits and not (
            award.collective_is and (not isinstance(someone, Unit) or someone.kind != award.collective_is)
        ):
            found.append(award.code)
    return found


def nomination_procedure(nomination: Nomination, on: date) -> Procedure | None:
    """The procedure that the kind of commendation opens on the day of the file: simplified for a deed of the moment."""
    try:
        cases = {"sudden"} if nomination.kind == "DX" else set()
        return applicable_procedure(law_on.law_for(nomination.commune_id), nomination.received_on or on, cases)
    except NoValue:
        return None


def nomination_milestones(nomination: Nomination, on: date) -> list[Milestone]:
    """Until when each step must be done: the office's appraisal of a file that was received, and counted back from the
    day by which the superior wants the year's proposals (ours from the council on, where the commune itself decides)."""
    law, calendar = law_on.law_for(nomination.commune_id), work_calendar_of(nomination.commune_id)
    try:
        before = yearly_due_date(law, "superior.yearly", nomination.award_year).day
        here = award_decider(law, nomination.award_code, on).here == "decide"
        legs = CULTURAL_FAMILY_STEPS if nomination.award_code == "GDVH" else DECISION_STEPS if here else PROPOSAL_STEPS
        return count_back(law, calendar, before, legs)
    except NoValue:
        return []


def appraisal_due(nomination: Nomination) -> DueDate | None:
    """The last day on which the office may finish the appraisal of a file that it has received."""
    if nomination.received_on is None or nomination.state != "submitted":
        return None
    law, calendar = law_on.law_for(nomination.commune_id), work_calendar_of(nomination.commune_id)
    try:
        return due_date(law, calendar, "limit.appraise", nomination.received_on)
    except NoValue:
        return None


def nomination_verdict_changes(
    nomination: Nomination, before: EligibilityVerdict, after: EligibilityVerdict, *, whole: bool
) -> list[str]:
    """What changes between two days, the money too, without what is withheld."""
    money = _money_change(nomination, before.decided, after.decided)
    if whole:
        return [*changes_between(before, after), *money]
    first, second = (replace(one, findings=_readable(one.findings)) for one in (before, after))
    return [*changes_between(first, second), *money]


def nomination_price(nomination: Nomination, on: date) -> PrizeMoney | None:
    """What the award asked for would bring if it were decided on that day."""
    law = law_on.law_for(nomination.commune_id)
    return award_price(law, nomination.award_code, nomination.nominee_kind, on)


def award_price(law: Law, code: str, kind: str, on: date) -> PrizeMoney | None:
    """What goes with the award on that day; None where the law kept here knows of no sum."""
    try:
        return prize_money(law, code, kind, on) if has_prize_money(law, code) else None
    except NoValue:
        return None


def _money_change(nomination: Nomination, *days: date) -> list[str]:
    old, new = (nomination_price(nomination, day) for day in days)
    if old is None or new is None or old.money.arithmetic == new.money.arithmetic:
        return []
    return [f"Tiền thưởng: {old.money.arithmetic} → {new.money.arithmetic}."]


def _readable(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.code not in RESTRICTED_FINDINGS)
