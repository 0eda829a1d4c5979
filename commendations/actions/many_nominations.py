"""One act for many: a draft for each of the chosen people or households of a unit, for one title and year."""

from collections.abc import Sequence

from django.db import transaction

from commendations.actions.nomination import AwardRequest, start_nomination
from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import Nomination
from commendations.queries.qualifying import cases_of
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.workflow.idempotency import is_used
from villages.models import Household, Person, Unit


@transaction.atomic
def start_nominations(
    *,
    by: User,
    unit: Unit,
    nominees: Sequence[Person | Household],
    code: str,
    year: int,
    idempotency_key: str,
) -> list[Nomination]:
    """A draft for each, all or none; the same key again returns the same drafts.

    Raises RuleBroken if nobody is chosen, and for who has a case for this title and year already, of whichever unit.
    """
    if not nominees:
        raise RuleBroken("Chưa chọn ai. Đánh dấu những người, hộ cần đề nghị rồi bấm lại.", field="nominees")
    Unit._base_manager.select_for_update().get(pk=unit.pk)  # of two at once the second sees the cases of the first
    keys = {one.pk: f"{idempotency_key[:40]}:{one.pk}" for one in nominees}
    fresh = [one for one in nominees if not is_used(keys[one.pk], unit.commune)]
    if cases := cases_of(fresh, code, year):
        raise RuleBroken(_already_nominated(cases, fresh), field="nominees")
    requested = AwardRequest(code, year)
    return [
        start_nomination(by=by, unit=unit, nominee=one, requested=requested, idempotency_key=keys[one.pk])
        for one in nominees
    ]


def _already_nominated(cases: dict[int, Nomination], nominees: Sequence[Person | Household]) -> str:
    named = [
        f"{one.name} ({NOMINATION_STATES[case.state].label.lower()}, {case.unit.name})"
        for one in nominees
        if (case := cases.get(one.pk))
    ]
    return f"Đã có hồ sơ cùng danh hiệu, cùng năm của: {'; '.join(named)}. Chưa lập bản soạn nào."
