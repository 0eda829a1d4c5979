"""Cases that meet the conditions of their award only because of another award of the same recipient."""

from dataclasses import replace
from datetime import date

from commendations.models import Award, Nomination
from commendations.queries.eligibility import nomination_case, nominee_of
from commendations.queries.nominee_facts import nominee_facts
from emulation.legal import current
from emulation.legal.engine.rules.eligibility import judge
from emulation.legal.engine.rules.facts import AwardRecord
from villages.queries.same_people import about_nominees


def cases_resting_on(award: Award, on: date) -> list[Nomination]:
    """Other cases of the same recipient, open or awarded, that meet their conditions with this award and not without it."""
    others = Nomination.objects.filter(about_nominees([award]), commune_id=award.commune_id)
    others = others.exclude(pk=award.nomination_id).exclude(
        state__in=("withdrawn", "failed", "refused", "award_cancelled")
    )
    return [case for case in others.order_by("pk") if _rests_on(case, award, on)]


def _rests_on(nomination: Nomination, award: Award, on: date) -> bool:
    nominee = nominee_of(nomination)
    if nominee is None:
        return False
    facts = nominee_facts(nominee, on, with_restricted=True)
    law = current.law_for(nomination.commune_id)
    case = nomination_case(nomination, facts, min(nomination.received_on or on, on), on)
    fallen = (award.award_code, award.year, award.awarded_on)
    without = AwardRecord(row for row in case.record or () if (row.award, row.year, row.on) != fallen)
    return judge(law, case).eligible is True and judge(law, replace(case, record=without)).eligible is not True
