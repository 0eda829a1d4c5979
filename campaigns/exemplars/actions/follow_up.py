"""Actions on follow-ups: what was done to honour an exemplar."""

from datetime import date, timedelta
from typing import Any

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.follow_up import FollowUp
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import not_future, require_reason
from emulation.workflow.transitions import act

LONGEST_BEFORE = timedelta(days=366)  # plausibility limit: an answer may be older than the period, but not by years


def record_follow_up(
    *, by: User, exemplar: Exemplar, kind: str, done_on: date, place: str = "", number: str = "", note: str = ""
) -> FollowUp:
    """Record what was done for an exemplar. Raises RuleBroken for praise without a place and for a letter without a number."""
    not_future(done_on, "Ngày", "done_on")
    if kind == FollowUp.PRAISED and not clean(place):
        raise RuleBroken("Hãy ghi đã biểu dương ở đâu.", field="place")
    if kind in (FollowUp.LETTER, FollowUp.ABOVE) and not clean(number):
        raise RuleBroken("Hãy ghi số văn bản.", field="number")
    with act("campaigns.follow_up", exemplar, by=by, kind=kind, done_on=done_on) as locked:
        return FollowUp.objects.create(
            commune_id=locked.commune_id,
            exemplar=locked,
            kind=kind,
            done_on=done_on,
            place=place,
            number=number,
            note=note,
            by=by,
        )


def drop_follow_up(*, by: User, row: FollowUp, reason: str) -> None:
    """Delete a follow-up recorded by mistake; the audit log keeps its content and the reason."""
    reason = require_reason(reason, "Hãy ghi lý do.")
    facts: dict[str, Any] = {
        "kind": row.kind,
        "done_on": row.done_on,
        "says": row.details,
        "reason": clean(reason),
        "removed_id": row.pk,
    }
    with act("campaigns.drop_follow_up", row.exemplar, by=by, **facts):
        FollowUp.objects.filter(pk=row.pk).delete()
