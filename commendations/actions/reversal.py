"""Taking back what was recorded by mistake: a handover, a recovery, or what was done with a supplement."""

from django.utils import timezone

from commendations.actions.award_supplement import notify_unit_of_supplement, renew_supplement_list
from commendations.actions.payment_list import renew_list_of_replacing
from commendations.models import (
    AwardRecovery,
    AwardRecoveryReversal,
    AwardSupplementAnswer,
    Handover,
    HandoverReversal,
    SupplementAnswerReversal,
)
from emulation.accounts.models import User
from emulation.core.validation import require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.queries.people import head_ids_of_units

WHY = "Hãy ghi vì sao rút lại."


def reverse_handover(*, by: User, handover: Handover, reason: str, key: str = "") -> HandoverReversal:
    """Take a handover back: nothing was handed over, and the unit is notified. Idempotent per `key`.

    Raises RuleBroken without a reason, and when something came back after it.
    """

    def record() -> HandoverReversal:
        award = handover.award
        with act("commendations.reverse_handover", handover, by=by, reason=reason, award=award.pk) as locked:
            reversal = HandoverReversal.objects.create(
                commune=locked.commune, handover=locked, reason=require_reason(reason, WHY), reversed_by=by
            )
            renew_list_of_replacing(award)
            notify_users(
                commune_id=award.commune_id,
                users=set(head_ids_of_units(award.units, timezone.localdate())) - {by.pk},
                text=f"Rút lại lần ghi trao thưởng “{locked}”, {award.decision.document.dated}. Lý do: {reversal.reason}",
                link=award.get_absolute_url(),
                key=f"handover-reversed:{locked.pk}",
            )
            return reversal

    return create_once(key, handover.commune, HandoverReversal, record)


def reverse_recovery(*, by: User, recovery: AwardRecovery, reason: str, key: str = "") -> AwardRecoveryReversal:
    """Take a recovery back: its certificate and money wait to be recovered again. Idempotent per `key`.

    Raises RuleBroken without a reason.
    """

    def record() -> AwardRecoveryReversal:
        with act("commendations.reverse_recovery", recovery, by=by, reason=reason, award=recovery.award_id) as locked:
            reversal = AwardRecoveryReversal.objects.create(
                commune=locked.commune, recovery=locked, reason=require_reason(reason, WHY), reversed_by=by
            )
            renew_list_of_replacing(locked.award)
            return reversal

    return create_once(key, recovery.commune, AwardRecoveryReversal, record)


def reverse_supplement_answer(
    *, by: User, answer: AwardSupplementAnswer, reason: str, key: str = ""
) -> SupplementAnswerReversal:
    """Take back what was recorded of a supplement, which waits again, and notify the unit. Idempotent per `key`.

    Raises RuleBroken without a reason.
    """

    def record() -> SupplementAnswerReversal:
        supplement = answer.supplement
        with act(
            "commendations.reverse_supplement_answer", answer, by=by, reason=reason, award=supplement.award_id
        ) as locked:
            reversal = SupplementAnswerReversal.objects.create(
                commune=locked.commune, answer=locked, reason=require_reason(reason, WHY), reversed_by=by
            )
            renew_supplement_list(supplement.award.decision, by=by)
            text = f"{supplement}: rút lại lần ghi “{'đã chi' if locked.paid else 'không chi'}”. Lý do: {reason}"
            notify_unit_of_supplement(supplement, text, f"reversed:{locked.pk}")
            return reversal

    return create_once(key, answer.commune, SupplementAnswerReversal, record)
