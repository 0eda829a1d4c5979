"""The acts on an award, handover and recovery, and the filters of the awards that wait for them.

`Award.is_to_recover` and `Award.is_to_hand_again` say the same of one award.
"""

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from commendations.models import (
    Amendment,
    Award,
    AwardCancellation,
    AwardCorrection,
    AwardRecovery,
    AwardSupplement,
    AwardSupplementAnswer,
    Handover,
)
from emulation.workflow.permissions import clerk, head_of, office
from emulation.workflow.workflow import Flow, Step, register_flow

REPRINTED = AwardCorrection.objects.filter(certificate__isnull=False)
CANCELLED = Q(pk__in=AwardCancellation.objects.values("award_id"))
REPLACED = Q(pk__in=Award.objects.filter(replaces__isnull=False).values("replaces_id"))
CORRECTED = Q(pk__in=REPRINTED.values("award_id"), cancellation=None, replaced_by=None)

HANDOVERS = Handover.objects.filter(award=OuterRef("pk"))
RETURNED_AFTER = AwardRecovery.objects.filter(
    award=OuterRef("award"), certificate=True, created_at__gte=OuterRef("created_at"), reversal=None
)
NOT_RETURNED = HANDOVERS.exclude(Exists(RETURNED_AFTER))
REPRINTED_AFTER = REPRINTED.filter(
    Q(created_at__gt=OuterRef("created_at")) | Q(amendment__issued_on__gt=OuterRef("received_on")),
    award=OuterRef("award"),
)
RECOVERIES = AwardRecovery.objects.filter(award=OuterRef("pk"), reversal=None)
NEVER_HANDED = Q(Exists(RECOVERIES.filter(not_handed=True)))
KNOWN_TO_BE_HANDED = Q(Exists(HANDOVERS)) | Exists(RECOVERIES)

CERTIFICATE_LEFT = Q(certificate__isnull=False) & (
    Q(Exists(NOT_RETURNED))
    | (~Exists(HANDOVERS) & ~Exists(RECOVERIES.filter(Q(certificate=True) | Q(not_handed=True))))
)
HANDED_BEFORE = Handover.objects.filter(award__nomination=OuterRef("nomination"), award__lt=OuterRef("pk"))
SUPPLEMENTS = AwardSupplement.objects.filter(award=OuterRef("pk")).order_by()
SUPPLEMENTS_PAID = Coalesce(Subquery(SUPPLEMENTS.paid().values("award").annotate(sum=Sum("amount")).values("sum")), 0)
SUPPLEMENTS_DUE = Coalesce(
    Subquery(SUPPLEMENTS.not_declined().values("award").annotate(sum=Sum("amount")).values("sum")), 0
)
DEDUCTED = Coalesce(F("deducted"), 0)
LAST_AWARD = Award.objects.filter(nomination=OuterRef("nomination")).order_by("-pk")
LAST_PAYABLE = LAST_AWARD.annotate(payable_sum=F("amount") - DEDUCTED + SUPPLEMENTS_DUE).values("payable_sum")[:1]
MONEY_RECOVERED = RECOVERIES.order_by().values("award").annotate(sum=Sum("amount")).values("sum")
CANCELLED_MONEY_LEFT = (Q(Exists(HANDED_BEFORE)) | ~NEVER_HANDED) & Q(
    amount__gt=Coalesce(Subquery(MONEY_RECOVERED), 0) + DEDUCTED - SUPPLEMENTS_PAID
)
REPLACED_MONEY_LEFT = Q(Exists(HANDOVERS)) & Q(
    amount__gt=Coalesce(Subquery(MONEY_RECOVERED), 0) + DEDUCTED - SUPPLEMENTS_PAID + Subquery(LAST_PAYABLE)
)
TO_RECOVER: Q = (
    (CANCELLED & (CERTIFICATE_LEFT | CANCELLED_MONEY_LEFT))
    | (REPLACED & KNOWN_TO_BE_HANDED & (CERTIFICATE_LEFT | REPLACED_MONEY_LEFT))
    | (CORRECTED & Q(Exists(NOT_RETURNED.filter(Exists(REPRINTED_AFTER)))))
)
TO_HAND_AGAIN = Q(certificate__isnull=False) & (
    (CORRECTED & Q(Exists(HANDOVERS)) & ~Q(Exists(HANDOVERS.exclude(Exists(REPRINTED_AFTER)))))
    | (
        Q(replaces__isnull=False, cancellation=None, replaced_by=None)
        & ~Q(Exists(HANDOVERS))
        & Q(Exists(HANDED_BEFORE))
    )
)


def handover_is_over(award: Award) -> str | None:
    """Why no handover is recorded, or None. One that was forgotten is recorded for an award that has ended since."""
    if award.counts or not (award.handovers.all() or award.recoveries_in_force):
        return None
    return "Khen thưởng này đã bị hủy bỏ hoặc được thay thế nên không trao nữa; Sổ vàng đã ghi những gì đã trao, đã thu hồi."


def nothing_to_recover(award: Award) -> str | None:
    """Why nothing is to be recovered, or None."""
    if award.has_certificate_to_recover or award.money_left_to_recover > 0:
        return None
    return "Khen thưởng này còn hiệu lực." if award.counts else "Không còn gì phải thu hồi."


AWARD_STEPS = (
    Step(
        "commendations.hand_over",
        "Ghi nhận trao thưởng",
        office | clerk | head_of("unit_id"),
        guard=handover_is_over,
        url="commendations:hand_over",
        form=True,
        todo_action="Ghi trao thưởng",
        todo_rank=58,
        todo="Trao giấy khen, bằng cấp lại, thu bản cũ",
        waits=TO_HAND_AGAIN,
        todo_for=office | clerk,
        icon="gift",
    ),
    Step(
        "commendations.recover_award",
        "Ghi đã thu hồi",
        office | clerk,
        guard=nothing_to_recover,
        url="commendations:recover_award",
        form=True,
        todo_rank=57,
        todo="Thu hồi giấy khen, bằng, tiền thưởng",
        waits=TO_RECOVER,
        icon="arrow-counterclockwise",
    ),
)


def no_award_to_recover(amendment: Amendment) -> str | None:
    """Why nothing is to be recovered of the awards of an amendment, or None."""
    if Award.objects.filter(TO_RECOVER, pk__in=amendment.award_ids).exists():
        return None
    return "Không còn khen thưởng nào của văn bản này phải thu hồi."


RECOVER_AWARDS = Step(
    "commendations.recover_awards",
    "Ghi đã thu hồi nhiều người",
    office | clerk,
    sources=(Amendment.ISSUED,),
    guard=no_award_to_recover,
    url="commendations:recover_awards",
    form=True,
    icon="arrow-counterclockwise",
)


def is_reversed_already(row: AwardRecovery | AwardSupplementAnswer) -> str | None:
    """Why what was recorded cannot be taken back, or None."""
    return "Lần ghi này đã được rút lại." if row.is_reversed else None


def register_award_flow() -> None:
    register_flow(
        Flow(
            model=AwardRecovery.subject_key,
            title="Thu hồi giấy khen, bằng, tiền thưởng",
            states={},
            icon="arrow-counterclockwise",
            steps=(
                Step(
                    "commendations.reverse_recovery",
                    "Ghi nhầm, rút lại",
                    office | clerk,
                    guard=is_reversed_already,
                    url="commendations:reverse_recovery",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
    register_flow(
        Flow(
            model="commendations.Award",
            title="Sổ vàng",
            states={},
            page="commendations:award",
            icon="journal-bookmark",
            steps=AWARD_STEPS,
        )
    )
