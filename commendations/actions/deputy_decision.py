"""The vice chair decides the chair's own case, on a paper of its own that is signed KT. CHỦ TỊCH, and takes that back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from commendations.actions.chair_submission import (
    ChairDecision,
    apply_decisions,
    decision_texts,
    lock_submitted_nominations,
    submitted_items,
    take_back_decisions,
)
from commendations.flow.own_case import is_own
from commendations.models import ChairSubmission
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.validation import require_reason
from emulation.workflow.transitions import act


@transaction.atomic
def decide_for_chair(
    *, by: User, chair_submission: ChairSubmission, decisions: Mapping[int, ChairDecision], seen: int | None = None
) -> ChairSubmission:
    """Record the vice chair's decision on each case that is the chair's own, and draft what follows.

    Raises RuleBroken when one is missing, a refusal has no reason, or the case is the vice chair's own as well.
    """
    words = decision_texts(decisions)
    with act("commendations.decide_for_chair", chair_submission, by=by, seen=seen, words=words) as submission:
        lock_submitted_nominations(submission)
        items = submitted_items(submission, by_deputy=True)
        for item in items:
            if is_own(item.nomination, by):
                raise RuleBroken(
                    f"Hồ sơ {item.nomination.nominee_alone} cũng là của bạn: Phó Chủ tịch khác quyết định.",
                    f"outcome_{item.pk}",
                )
        decided_on = submission.decided_on
        submission.decided_on = decided_on or timezone.localdate()
        apply_decisions(by, submission, items, decisions, by_deputy=True)
        waits = submission.items.listed().filter(approved=None).exists()
        submission.decided_on = decided_on if waits else submission.decided_on
    if not waits and chair_submission.state == "presented":
        with act("commendations.all_decided", chair_submission, by=by):
            pass
    return chair_submission


@transaction.atomic
def undo_deputy_decision(
    *, by: User, chair_submission: ChairSubmission, reason: str, seen: int | None = None
) -> ChairSubmission:
    """Take the vice chair's decision back, with a reason; its draft is dropped. RuleBroken once there is a copy for signature."""
    with act("commendations.undo_decide_for_chair", chair_submission, by=by, seen=seen, reason=reason) as submission:
        reason = require_reason(reason, "Hãy ghi lý do xét lại.")
        lock_submitted_nominations(submission)
        take_back_decisions(by, submission, submitted_items(submission, by_deputy=True), reason, by_deputy=True)
        alone = not submission.items.listed().filter(by_deputy=False).exists()
        if alone:
            submission.decided_on = None
    if alone and chair_submission.state == "decided":
        with act("commendations.reopen_for_deputy", chair_submission, by=by):
            pass
    return chair_submission
