"""One live case for one award: the key of a case is taken when it begins to live and given back when it ends.

The unique constraint on `Nomination.live_key` decides between two that come in the same moment.
"""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import Nomination
from commendations.queries.same_case import case_with_key, cases_without_key, same_award_key
from commendations.rules.award_names import AwardName
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.legal import current
from emulation.workflow.transitions import change_followers
from villages.actions.person_matches import same_person_followers

ASKED_BY = ("state", "person_id", "household_id", "collective_id", "award_code", "year", "deed", "period_to")
"""The columns that the key is made from."""


class SameCaseExists(RuleBroken):
    """`cases` are the live cases about the same awards; no second ones are made."""

    def __init__(self, *cases: Nomination, message: str = "", field: str | None = None) -> None:
        super().__init__(message or " ".join(map(same_case_sentence, cases)), field)
        self.cases = cases
        self.heading = message


def same_case_sentence(case: Nomination) -> str:
    """Who proposed the nominee of this case for what, since when, and where the case is."""
    law = current.law_for(case.commune_id)
    name = AwardName(case.award_code, law.award(case.award_code).name, law.award(case.award_code).genus == "title")
    what = name.in_short(case.award_year) if name.title else "giấy khen, hình thức khen thưởng cho chính thành tích này"
    state = NOMINATION_STATES[case.state].label
    return (
        f"{case.nominee_name} đã có hồ sơ đề nghị {what}, do {case.unit.name} lập ngày "
        f"{format_date(timezone.localdate(case.created_at))} (“{state}”): không lập hồ sơ thứ hai."
    )


def _due_key(case: Nomination) -> str | None:
    return same_award_key(case) if case.is_live else None


def claim_live_key(case: Nomination) -> None:
    """Stores the key of a live case. Raises SameCaseExists if another live case has it."""
    key = _due_key(case)
    if key == case.live_key:
        return
    if key is None:
        # Without the state: a final state has constraints on columns that act() saves only afterwards.
        Nomination.objects.filter(pk=case.pk).update(live_key=None)
    else:
        _take_key(case, key)
    freed, case.live_key = case.live_key, key
    if freed is not None:
        # It goes to the earliest other case about the same award, if there is one.
        _give_keys(cases_without_key(freed).exclude(pk=case.pk))


def _take_key(case: Nomination, key: str) -> None:
    try:
        with transaction.atomic():
            # With the state, which act() saves afterwards: only a live case may have a key.
            Nomination.objects.filter(pk=case.pk).update(live_key=key, state=case.state)
    except IntegrityError:
        other = case_with_key(key, other_than=case)
        if other is None:  # it ended in this very moment
            raise RuleBroken("Hồ sơ cùng nội dung vừa thay đổi. Hãy bấm lại.") from None
        raise SameCaseExists(other) from None


def _give_keys(cases: Iterable[Nomination]) -> list[Nomination]:
    """Gives each case its key, in this order; returns those whose key another case has."""
    late = []
    for case in cases:
        try:
            claim_live_key(case)
        except SameCaseExists:
            late.append(case)
    return late


@change_followers.register("commendations.Nomination")
def keep_live_key(case: Nomination, before: Mapping[str, Any]) -> None:
    """A case that changes what it asks for, or begins or ceases to live, takes or gives back its key.

    Raises SameCaseExists. A case that goes on without a key, because another had it first, is refused no step of its way
    but the last: `same_cases` keeps it from being awarded.
    """
    if all(getattr(case, name) == before[name] for name in ASKED_BY):
        return
    earlier = copy(case)
    for name in ASKED_BY:
        setattr(earlier, name, before[name])
    if _due_key(earlier) != _due_key(case):
        claim_live_key(case)


@same_person_followers.register("nominations")
def keep_keys_of_people(people: Iterable[int]) -> list[str]:
    """After records were found to be one person or two: the keys of their cases, the earliest case first.

    Returns a sentence for each case that is left without one: another case of the person is about the same award.
    """
    cases = Nomination.objects.filter(person__in=list(people)).exclude(state__in=Nomination.FREE)
    rows = list(cases.select_related("person", "unit").order_by("pk"))
    Nomination.objects.filter(pk__in=[case.pk for case in rows]).update(live_key=None)
    for case in rows:
        case.live_key = None
    return [
        f"{case.nominee_alone}: hồ sơ do {case.unit.name} đề nghị cùng danh hiệu và năm, hoặc cùng thành tích, với một hồ sơ "
        "khác của người này. Chỉ một hồ sơ được khen: mở hồ sơ để xem, rút hoặc trả lại hồ sơ kia."
        for case in _give_keys(rows)
    ]
