"""The office keeps two cases apart whose deeds look alike, with the reason, and takes that back."""

from django.utils import timezone

from commendations.models import DeedsApart, Nomination
from commendations.queries.other_deeds import other_deeds
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act


def keep_deeds_apart(*, by: User, nomination: Nomination, other: Nomination, reason: str) -> DeedsApart:
    """Records why these are two deeds. RuleBroken without a reason, and for two cases that do not look alike."""
    with act("commendations.keep_apart", nomination, by=by, reason=reason, other=other.pk) as case:
        reason = require_reason(reason, "Hãy ghi vì sao đây là hai việc khác nhau.")
        if not any(row.case.pk == other.pk and row.in_doubt for row in other_deeds(case, by)):
            raise RuleBroken("Hai hồ sơ này không còn trùng nhau, hoặc đã được ghi là hai việc khác nhau.")
        one, second = sorted((case, other), key=lambda row: row.pk)
        return DeedsApart.objects.create(
            commune_id=case.commune_id, one=one, other=second, reason=reason, decided_by=by
        )


def end_deeds_apart(*, by: User, nomination: Nomination, other: Nomination, reason: str) -> DeedsApart:
    """Takes the decision back: the two are shown as alike again. RuleBroken without a reason, and without a decision."""
    with act("commendations.end_apart", nomination, by=by, reason=reason, other=other.pk) as case:
        row = DeedsApart.objects.in_force().filter(one__in=(case, other), other__in=(case, other)).first()
        if row is None:
            raise RuleBroken("Chưa ai ghi đây là hai việc khác nhau.")
        row.end_reason = require_reason(reason, "Hãy ghi lý do rút.")
        row.ended_at = timezone.now()
        row.ended_by = by
        row.save(update_fields=["end_reason", "ended_at", "ended_by"])
    return row
