"""The life of a council session."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from commendations.models import CouncilSession, SessionItem
from commendations.rules.hands import misfit
from emulation.acts.flow import Flow, State, Step, register
from emulation.acts.who import chair, council_member, office
from emulation.core.words import vn_date
from emulation.legal import on as law

STATES = {
    "planned": State("Đã lên lịch", "calendar-event", "neutral"),
    "open": State("Đang họp", "broadcast", "wait"),
    "closed": State("Đã kết thúc", "check-circle", "good"),
    "cancelled": State("Đã hủy", "slash-circle", "neutral"),
}

PASSED_NOT_PRESENTED = Q(presentation__isnull=True) & Q(
    Exists(SessionItem.objects.filter(session=OuterRef("pk"), nomination__state="passed"))
)


def not_yet(session: CouncilSession) -> str | None:
    """Why a session cannot be opened: its minutes would bear a day that has not come, or nothing is on it."""
    if session.held_on > timezone.localdate():
        return f"Lịch họp là ngày {vn_date(session.held_on)}, chưa đến. Nếu họp sớm hơn, hãy sửa lịch họp trước."
    return None if session.items.exists() else "Phiên họp chưa có hồ sơ nào để xét."


def not_finished(session: CouncilSession) -> str | None:
    """Why a session cannot be closed yet."""
    return " ".join(unfinished(session)) or None


def unfinished(session: CouncilSession) -> Iterator[str]:
    """Everything that a session still lacks: attendance, quorum, who presides, votes that fit, the closing hour."""
    presence, members = session.presence(), session.members()
    if not session.attendance.exists():
        yield "Chưa điểm danh."
        return
    quorum = law.quorum(session.commune_id, session.held_on, members=members, present=len(presence.here))
    if not quorum.met:
        yield f"Chưa đủ số thành viên dự họp: {quorum.arithmetic}."
    for role, seat_id in (("chủ trì", session.presider_id), ("thư ký", session.secretary_id)):
        if seat_id not in presence.here:
            yield f"Chưa chọn {role} trong số người có mặt."
    nominee = [f"nomination__{part}" for part in ("person", "household", "collective")]
    for item in session.items.select_related(*nominee).prefetch_related("recused"):
        name = item.nomination.nominee_name
        if item.tally is None:
            yield f"Chưa ghi kết quả biểu quyết cho {name}."
        elif fault := misfit(item.tally, presence, [seat.pk for seat in item.recused.all()]):
            yield f"Số biểu quyết cho {name} không khớp điểm danh. {fault}"
    if session.ends_at is None:
        yield "Chưa ghi giờ kết thúc."


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
                Step(
                    "commendations.edit_session",
                    "Sửa lịch họp",
                    office,
                    frm=("planned",),
                    url="commendations:edit_session",
                    form=True,
                    icon="pencil",
                ),
                Step(
                    "commendations.open_session",
                    "Khai mạc phiên họp",
                    office | chair,
                    frm=("planned",),
                    to="open",
                    guard=not_yet,
                    url="commendations:open_session",
                    todo="Tổ chức phiên họp Hội đồng",
                    icon="broadcast",
                    tone="primary",
                ),
                Step(
                    "commendations.read_session",
                    "Đọc hồ sơ",
                    council_member,
                    frm=("planned",),
                    url="commendations:session",
                    form=True,
                    todo="Đọc hồ sơ trước phiên họp Hội đồng",
                    icon="book",
                    hidden=True,
                ),
                Step(
                    "commendations.attend",
                    "Điểm danh",
                    office,
                    frm=("open",),
                    url="commendations:attend",
                    form=True,
                    icon="person-check",
                    hidden=True,
                ),
                Step(
                    "commendations.count",
                    "Ghi kết quả biểu quyết",
                    office,
                    frm=("open",),
                    url="commendations:count",
                    form=True,
                    icon="hand-index-thumb",
                    hidden=True,
                ),
                Step(
                    "commendations.write_minutes",
                    "Ghi diễn biến, kết luận",
                    office,
                    frm=("open",),
                    url="commendations:write_minutes",
                    form=True,
                    icon="pencil-square",
                    hidden=True,
                ),
                Step(
                    "commendations.preview_minutes",
                    "Xem biên bản dự thảo",
                    office,
                    frm=("open",),
                    url="commendations:preview_minutes",
                    icon="eye",
                ),
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
                Step(
                    "commendations.cancel_session",
                    "Hủy phiên họp",
                    office | chair,
                    frm=("planned",),
                    to="cancelled",
                    url="commendations:cancel_session",
                    form=True,
                    icon="slash-circle",
                ),
                Step(
                    "commendations.draft_presentation",
                    "Lập phiếu trình Chủ tịch",
                    office,
                    frm=("closed",),
                    guard=has_items_to_present,
                    url="commendations:draft_presentation",
                    todo="Lập phiếu trình Chủ tịch sau phiên họp",
                    waits=PASSED_NOT_PRESENTED,
                    icon="send",
                    tone="primary",
                ),
            ),
        )
    )
