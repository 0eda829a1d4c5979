"""The life of a council session."""

from commendations.models import CouncilSession
from emulation.acts.flow import Flow, State, Step, register
from emulation.acts.who import chair, office

STATES = {
    "planned": State("Đã lên lịch", "calendar-event", "neutral"),
    "open": State("Đang họp", "broadcast", "wait"),
    "closed": State("Đã kết thúc", "check-circle", "good"),
    "cancelled": State("Đã hủy", "slash-circle", "neutral"),
}


def no_items(session: CouncilSession) -> str | None:
    return None if session.items.exists() else "Phiên họp chưa có hồ sơ nào để xét."


def not_finished(session: CouncilSession) -> str | None:
    """Why a session cannot be closed yet: attendance, quorum, votes."""
    from commendations.queries.session import unfinished

    return unfinished(session)


def has_items_to_present(session: CouncilSession) -> str | None:
    if hasattr(session, "presentation"):
        return "Phiên họp này đã có phiếu trình."
    if not session.items.filter(passed=True, nomination__state="passed").exists():
        return "Không có hồ sơ nào được Hội đồng thông qua để trình."
    return None


def declare() -> None:
    register(
        Flow(
            model="commendations.CouncilSession",
            title="Phiên họp Hội đồng",
            states=STATES,
            page="commendations:session",
            icon="people-fill",
            steps=(
                Step("commendations.edit_session", "Sửa lịch họp", office, frm=("planned",), url="commendations:edit_session", form=True, icon="pencil"),
                Step(
                    "commendations.open_session",
                    "Khai mạc phiên họp",
                    office | chair,
                    frm=("planned",),
                    to="open",
                    guard=no_items,
                    url="commendations:open_session",
                    todo="Tổ chức phiên họp Hội đồng",
                    icon="broadcast",
                    tone="primary",
                ),
                Step("commendations.attend", "Điểm danh", office, frm=("open",), url="commendations:attend", form=True, icon="person-check", tone="primary"),
                Step("commendations.count", "Ghi kết quả biểu quyết", office, frm=("open",), url="commendations:count", form=True, icon="hand-index-thumb", hidden=True),
                Step("commendations.write_minutes", "Ghi diễn biến, kết luận", office, frm=("open",), url="commendations:write_minutes", form=True, icon="pencil-square"),
                Step(
                    "commendations.close_session",
                    "Kết thúc, lập biên bản",
                    office,
                    frm=("open",),
                    to="closed",
                    guard=not_finished,
                    url="commendations:close_session",
                    todo="Ghi kết quả và kết thúc phiên họp",
                    icon="check-circle",
                    tone="primary",
                    confirm="Kết thúc phiên họp? Kết quả biểu quyết và biên bản được chốt, không sửa được nữa.",
                ),
                Step("commendations.cancel_session", "Hủy phiên họp", office | chair, frm=("planned",), to="cancelled", url="commendations:cancel_session", form=True, icon="slash-circle"),
                Step(
                    "commendations.draft_presentation",
                    "Lập phiếu trình Chủ tịch",
                    office,
                    frm=("closed",),
                    guard=has_items_to_present,
                    url="commendations:draft_presentation",
                    icon="send",
                    tone="primary",
                ),
            ),
        )
    )  # fmt: skip
