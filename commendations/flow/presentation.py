"""The life of what is put before the chair."""

from commendations.models import Presentation
from emulation.acts.flow import Flow, State, Step, register
from emulation.acts.who import chair, office

STATES = {
    "draft": State("Đang soạn", "pencil", "neutral"),
    "presented": State("Chờ Chủ tịch xem xét", "send", "wait"),
    "decided": State("Chủ tịch đã quyết định", "check-circle", "good"),
}


def empty(presentation: Presentation) -> str | None:
    return None if presentation.items.exists() else "Phiếu trình chưa có ai."


def declare() -> None:
    register(
        Flow(
            model="commendations.Presentation",
            title="Phiếu trình",
            states=STATES,
            page="commendations:presentation",
            icon="send",
            steps=(
                Step(
                    "commendations.edit_presentation",
                    "Sửa ý kiến trình",
                    office,
                    frm=("draft",),
                    url="commendations:edit_presentation",
                    form=True,
                    icon="pencil",
                ),
                Step(
                    "commendations.present",
                    "Trình Chủ tịch",
                    office,
                    frm=("draft",),
                    to="presented",
                    guard=empty,
                    url="commendations:present",
                    todo="Trình Chủ tịch kết quả phiên họp",
                    icon="send",
                    tone="primary",
                    confirm="Trình Chủ tịch? Phiếu trình được chốt theo nội dung hiện tại.",
                ),
                Step(
                    "commendations.decide",
                    "Xem xét, quyết định",
                    chair,
                    frm=("presented",),
                    to="decided",
                    url="commendations:decide",
                    form=True,
                    todo="Quyết định khen thưởng theo phiếu trình",
                    icon="check2-circle",
                    tone="primary",
                ),
                Step(
                    "commendations.return_presentation",
                    "Trả lại phiếu trình",
                    chair,
                    frm=("presented",),
                    to="draft",
                    url="commendations:return_presentation",
                    form=True,
                    icon="arrow-counterclockwise",
                ),
            ),
        )
    )
