"""Titles limited by law to a share of those with Lao động tiên tiến: how many are left before anybody is nominated."""

from datetime import date

from commendations.models import Nomination
from emulation.legal import current
from emulation.legal.engine.rules.ranking import AwardQuota, award_quota

BASE_TITLE = "LDTT"


def title_quota(commune_id: int, code: str, year: int, on: date) -> AwardQuota | None:
    """The quota of the title by the law of that day over all cases of the year under way or granted; None without one.

    Two queries.
    """
    law = current.law_for(commune_id)
    if not law.find(f"{code}.quota", on):
        return None
    quota = award_quota(law, code, on, base=_cases(commune_id, BASE_TITLE, year), given=_cases(commune_id, code, year))
    return quota if quota.most is not None else None


def _cases(commune_id: int, code: str, year: int) -> int:
    rows = Nomination.objects.filter(commune_id=commune_id, award_code=code, year=year, person__isnull=False)
    return rows.exclude(state__in=(*Nomination.FREE, "draft")).count()
