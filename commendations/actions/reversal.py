"""Taking back what was recorded by mistake: a recovery, or what was done with a supplement."""

from commendations.actions.award_supplement import notify_unit_of_supplement, renew_supplement_list
from commendations.actions.payment_list import renew_list_of_replacing
from commendations.models import AwardRecovery, AwardRecoveryReversal, AwardSupplementAnswer, SupplementAnswerReversal
from emulation.accounts.models import User
from emulation.core.validation import require_reason
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act

WHY = "Hãy ghi vì sao rút lại."


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
