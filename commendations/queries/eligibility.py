"""Eligibility of a nominee: the facts judged by the law (emulation/legal/engine/rules/eligibility.py)."""

from dataclasses import dataclass, replace
from datetime import date

from commendations.models import Award, Nomination
from commendations.queries.nominee_facts import AnyNominee, NomineeFacts, nominee_facts
from commendations.queries.readable_verdict import RESTRICTED_FINDINGS, ReadableVerdict, readable_verdict
from emulation.legal import current
from emulation.legal.engine.law import AwardType, Law, NoValue
from emulation.legal.engine.rules.eligibility import (
    EligibilityProspect,
    EligibilityVerdict,
    accepts_initiative,
    eligibility_outlook,
    initiatives_used,
    judge,
    verdict_differences,
)
from emulation.legal.engine.rules.facts import (
    AwardRecord,
    EligibilityCase,
)
from emulation.legal.engine.rules.money import PrizeMoney, has_prize_money, prize_money
from villages.models import Unit, evidence_subject_kind


# ── verdicts ─────────────────────────────────────────────────────────────────────────────────────
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
