"""The acts on an award, handover and recovery, and on what was recorded of them."""

from django.db.models import Exists, Q

from commendations.models import Amendment, Award, AwardRecovery, AwardSupplementAnswer, Handover
from commendations.models.recovery_filters import AWARDS_TO_RECOVER, TO_RECOVER
from emulation.workflow.permissions import clerk, head_of, office
from emulation.workflow.workflow import Flow, Step, register_flow


def handover_is_over(award: Award) -> str | None:
    """Why no handover is recorded, or None. One that was forgotten is recorded for an award that has ended since."""
    if award.counts or not (award.handovers_in_force or award.recoveries_in_force):
        return None
    return "Khen thưởng này đã bị hủy bỏ hoặc được thay thế nên không trao nữa; Sổ vàng đã ghi những gì đã trao, đã thu hồi."


def nothing_to_recover(award: Award) -> str | None:
    """Why nothing is to be recovered, or None."""
    if award.has_certificate_to_recover or award.money_left_to_recover > 0:
        return None
    return "Khen thưởng này còn hiệu lực." if award.counts else "Không còn gì phải thu hồi."


RECOVER = "Thu hồi giấy khen, bằng, tiền thưởng"
CANCELLED_WITHOUT_AMENDMENT = Q(cancellation__isnull=False, cancellation__amendment=None)
"""Of before amendments existed; all others are a task of their amendment, one line for however many people."""
AWARD_STEPS = (
    Step(
        "commendations.hand_over",
        "Ghi nhận trao thưởng",
        office | clerk | head_of("unit_id"),
        guard=handover_is_over,
        url="commendations:hand_over",
        form=True,
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
        todo=RECOVER,
        waits=TO_RECOVER & CANCELLED_WITHOUT_AMENDMENT,
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
    todo=RECOVER,
    todo_action="Ghi đã thu hồi",
    todo_rank=57,
    waits=Q(Exists(AWARDS_TO_RECOVER)),
    shows_refusal=False,
    icon="arrow-counterclockwise",
)


def is_reversed_already(row: AwardRecovery | AwardSupplementAnswer | Handover) -> str | None:
    """Why what was recorded cannot be taken back, or None."""
    return "Lần ghi này đã được rút lại." if row.is_reversed else None


def handover_stays(row: Handover) -> str | None:
    """Why a handover cannot be taken back, or None: what came back of it is taken back first."""
    if row.is_reversed:
        return is_reversed_already(row)
    if any(recovery.created_at >= row.created_at for recovery in row.award.recoveries_in_force):
        return "Sau lần trao này Sổ vàng đã ghi thu hồi: rút lại lần ghi thu hồi trước."
    return None


def register_award_flow() -> None:
    register_flow(
        Flow(
            model=Handover.subject_key,
            title="Trao thưởng",
            states={},
            icon="gift",
            steps=(
                Step(
                    "commendations.reverse_handover",
                    "Ghi nhầm, rút lại",
                    office | clerk,
                    guard=handover_stays,
                    url="commendations:reverse_handover",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
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
