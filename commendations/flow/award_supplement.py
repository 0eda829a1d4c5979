"""The acts on a supplement: record that it was paid, or why it is not; take back what was recorded by mistake."""

from django.db.models import Exists, Q

from commendations.flow.award import is_reversed_already
from commendations.models import AwardSupplement, AwardSupplementAnswer
from commendations.models.award_supplement import answers_in_force
from emulation.workflow.permissions import clerk, office
from emulation.workflow.workflow import Flow, Step, register_flow

OPEN_SUPPLEMENT = ~Q(Exists(answers_in_force())) & Q(award__cancellation=None, award__replaced_by=None)


def supplement_is_over(supplement: AwardSupplement) -> str | None:
    """Why nothing is recorded any more, or None."""
    if supplement.is_answered:
        return "Khoản chi bổ sung này đã ghi rồi."
    return None if supplement.award.counts else "Khen thưởng đã bị hủy bỏ hoặc được thay thế nên không chi bổ sung nữa."


def register_award_supplement_flow() -> None:
    register_flow(
        Flow(
            model=AwardSupplement.subject_key,
            title="Chi bổ sung tiền thưởng",
            states={},
            icon="cash-stack",
            steps=(
                Step(
                    "commendations.answer_supplement",
                    "Ghi đã chi bổ sung",
                    office | clerk,
                    guard=supplement_is_over,
                    url="commendations:answer_supplement",
                    form=True,
                    todo="Chi bổ sung tiền thưởng của danh hiệu",
                    waits=OPEN_SUPPLEMENT,
                    icon="cash-stack",
                ),
            ),
        )
    )
    register_flow(
        Flow(
            model=AwardSupplementAnswer.subject_key,
            title="Kết quả chi bổ sung tiền thưởng",
            states={},
            icon="cash-stack",
            steps=(
                Step(
                    "commendations.reverse_supplement_answer",
                    "Ghi nhầm, rút lại",
                    office | clerk,
                    guard=is_reversed_already,
                    url="commendations:reverse_supplement_answer",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
