"""Workflow of a council session: planned, open, closed, cancelled; its items and their votes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from commendations.flow.own_case_todo import all_but, sessions_with_nothing_to_read
from commendations.models import CouncilSession, Nomination, SessionItem
from commendations.rules.vote_tally import SessionPresence, vote_faults
from emulation.core.formatting import format_date, listed_names
from emulation.legal import current
from emulation.legal.engine.rules.council import votes_by_ballot
from emulation.workflow.authorization import check_act
from emulation.workflow.permissions import chair, council_member, office
from emulation.workflow.workflow import Caution, Flow, State, Step, register_flow

SESSION_STATES = {
    "planned": State("Đã lên lịch", "calendar-event", "neutral"),
    "open": State("Đang họp", "broadcast", "wait"),
    "closed": State("Đã kết thúc", "check-circle", "good"),
    "cancelled": State("Đã hủy", "slash-circle", "neutral"),
}

COUNCIL_CHANGED = "Danh sách thành viên Hội đồng đã thay đổi; hãy mở lại trang rồi điểm danh."

PASSED_NOT_SUBMITTED = Q(chair_submission__isnull=True) & Q(
    Exists(SessionItem.objects.filter(session=OuterRef("pk"), nomination__state="passed"))
)


def session_not_openable(session: CouncilSession) -> str | None:
    """Why the session cannot be opened: its day is in the future or it has no items. None when it can."""
    if session.held_on > timezone.localdate():
        return f"Lịch họp là ngày {format_date(session.held_on)}, chưa đến. Nếu họp sớm hơn, hãy sửa lịch họp trước."
    return None if session.items.exists() else "Phiên họp chưa có hồ sơ nào để xét."


NAMED_LEFT_OUT = 10
NOMINEE_RELATIONS = tuple(f"nomination__{part}" for part in ("unit", "person", "household", "collective"))


def cases_left_out(session: CouncilSession, user: Any) -> Caution | None:
    """The complete nominations, received by the session's day, that are on no session: their number, the first names.

    Only those that the user may see; the link to put them in is for those who may.
    """
    cases = Nomination.objects.visible_to(user).filter(commune_id=session.commune_id, state="complete")
    cases = cases.filter(Q(received_on=None) | Q(received_on__lte=session.held_on))
    count = cases.count()
    if not count:
        return None
    first = [case.nominee_alone for case in cases.for_lists().order_by("received_on", "pk")[:NAMED_LEFT_OUT]]
    more = f" và {count - len(first)} hồ sơ khác" if count > len(first) else ""
    text = f"Còn {count} hồ sơ đã đủ điều kiện chưa đưa vào phiên: {listed_names(first)}{more}."
    if not check_act("commendations.edit_session", session, user):
        return Caution(text)
    return Caution(text, f"{session.get_absolute_url()}#cho-phien", "Đưa vào phiên")


def session_unfinished(session: CouncilSession) -> str | None:
    """Why the session cannot be closed yet, or None."""
    return " ".join(missing_session_parts(session)) or None


def missing_session_parts(session: CouncilSession) -> Iterator[str]:
    """Everything missing before the session can be closed: attendance, quorum, presider and secretary, votes, closing time."""
    presence = session.presence()
    members = session.members()
    if not session.attendance.exists():
        yield "Chưa điểm danh."
        return
    quorum = current.quorum_verdict_for(
        session.commune_id, session.held_on, members=members, present=len(presence.present)
    )
    if not quorum.met:
        yield f"Chưa đủ số thành viên dự họp: {quorum.arithmetic}."
    for role, seat_id in (("chủ trì", session.presider_id), ("thư ký", session.secretary_id)):
        if seat_id not in presence.present:
            yield f"Chưa chọn {role} trong số người có mặt."
    if presence.seats != set(session.version_of_council.seats.values_list("pk", flat=True)):
        yield COUNCIL_CHANGED
    yield from _missing_votes(session)
    yield from _faults_of_counted(session, presence)
    if session.ends_at is None:
        yield "Chưa ghi giờ kết thúc."


def _missing_votes(session: CouncilSession) -> Iterator[str]:
    items = session.items.filter(put_off="")
    if not items.exists():
        yield "Mọi hồ sơ đã để lại chưa xét: hãy hoãn hoặc hủy phiên họp."
    if (uncounted := items.filter(agree=None)).exists():
        yield f"Chưa ghi kết quả biểu quyết: {_named(uncounted)}."


def _faults_of_counted(session: CouncilSession, presence: SessionPresence) -> Iterator[str]:
    """What does not fit in the votes on the counted cases, each with its name; a constant number of queries."""
    law = current.law_for(session.commune_id)
    counted = session.items.filter(put_off="").exclude(agree=None).select_related("nomination")
    faults = {}
    for item in counted.prefetch_related("recused", "absences"):
        by_ballot = votes_by_ballot(law, item.nomination.award_code, session.held_on)
        if found := list(_item_faults(item, presence, by_ballot)):
            faults[item.pk] = found
    named = session.items.select_related(*NOMINEE_RELATIONS).in_bulk(faults)
    for pk, found in faults.items():
        yield from (f"Hồ sơ {named[pk].nomination.nominee_alone}: {fault}" for fault in found)


def _named(items: QuerySet[SessionItem]) -> str:
    """The first nominees and how many others there are."""
    first = [item.nomination.nominee_alone for item in items.select_related(*NOMINEE_RELATIONS)[:NAMED_LEFT_OUT]]
    others = items.count() - len(first)
    return f"{listed_names(first)}{f' và {others} hồ sơ khác' if others else ''}"


def _item_faults(item: SessionItem, presence: SessionPresence, by_ballot: bool) -> Iterator[str]:
    """What does not fit in the votes on one case, to be put after its name."""
    if item.by_hand is None or item.in_writing is None:
        yield "hãy ghi lại kết quả biểu quyết, ý kiến bằng văn bản ghi riêng."
    else:
        figures = (item.by_hand, item.in_writing, item.turnout(presence), item.ballots, by_ballot)
        for fault in vote_faults(*figures):
            yield f"không khớp điểm danh, {fault.message}"


def nothing_to_submit_to_chair(session: CouncilSession) -> str | None:
    """Why no chair submission can be drafted from the session, or None."""
    if hasattr(session, "chair_submission"):
        return "Phiên họp này đã có phiếu trình."
    if not session.items.filter(passed=True, nomination__state="passed").exists():
        return "Không có hồ sơ nào được Hội đồng thông qua để trình."
    return None


# Before the meeting.
PLANNED_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.edit_session",
        "Sửa lịch họp",
        office,
        sources=("planned",),
        url="commendations:edit_session",
        form=True,
        icon="pencil",
    ),
    Step(
        "commendations.open_session",
        "Khai mạc phiên họp",
        office | chair,
        sources=("planned",),
        target="open",
        guard=session_not_openable,
        url="commendations:open_session",
        todo_action="Khai mạc",
        todo_rank=34,
        todo="Tổ chức phiên họp Hội đồng",
        icon="broadcast",
        tone="primary",
        confirm="Khai mạc phiên họp? Từ đây danh sách hồ sơ không đổi.",
        caution=cases_left_out,
    ),
    Step(
        "commendations.read_session",
        "Đọc hồ sơ",
        council_member,
        sources=("planned",),
        url="commendations:session",
        form=True,
        todo_rank=34,
        todo="Đọc hồ sơ trước phiên họp Hội đồng",
        todo_for=all_but(council_member, sessions_with_nothing_to_read),
        icon="book",
        hidden=True,
    ),
)

# During the meeting.
OPEN_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.attend",
        "Điểm danh",
        office,
        sources=("open",),
        url="commendations:attend",
        form=True,
        icon="person-check",
        hidden=True,
    ),
    Step(
        "commendations.count",
        "Ghi kết quả biểu quyết",
        office,
        sources=("open",),
        url="commendations:count",
        form=True,
        icon="hand-index-thumb",
        hidden=True,
    ),
    Step(
        "commendations.count_together",
        "Ghi kết quả biểu quyết chung",
        office,
        sources=("open",),
        url="commendations:count_together",
        form=True,
        icon="check-all",
        hidden=True,
    ),
    Step(
        "commendations.write_minutes",
        "Ghi diễn biến, kết luận",
        office,
        sources=("open",),
        url="commendations:write_minutes",
        form=True,
        icon="pencil-square",
        hidden=True,
    ),
    Step(
        "commendations.preview_minutes",
        "Xem biên bản dự thảo",
        office,
        sources=("open",),
        url="commendations:preview_minutes",
        icon="eye",
    ),
    Step(
        "commendations.close_session",
        "Kết thúc, lập biên bản",
        office,
        sources=("open",),
        target="closed",
        guard=session_unfinished,
        url="commendations:close_session",
        todo_action="Ghi kết quả",
        todo_rank=22,
        todo="Ghi kết quả và kết thúc phiên họp",
        icon="check-circle",
        tone="primary",
        confirm="Kết thúc phiên họp? Kết quả biểu quyết và biên bản được chốt, không sửa được nữa.",
    ),
)

# A session that does not take place or is cut short, a closed one that is submitted to the chair.
END_STEPS: tuple[Step, ...] = (
    Step(
        "commendations.adjourn_session",
        "Hoãn, họp lại ngày khác",
        office | chair,
        sources=("open",),
        target="planned",
        url="commendations:adjourn_session",
        form=True,
        icon="calendar-event",
    ),
    Step(
        "commendations.cancel_session",
        "Hủy phiên họp",
        office | chair,
        sources=("planned", "open"),
        target="cancelled",
        url="commendations:cancel_session",
        form=True,
        icon="slash-circle",
        tone="danger",
    ),
    Step(
        "commendations.draft_presentation",
        "Lập phiếu trình Chủ tịch",
        office,
        sources=("closed",),
        guard=nothing_to_submit_to_chair,
        url="commendations:draft_presentation",
        todo_action="Lập phiếu trình",
        todo_rank=24,
        todo="Lập phiếu trình Chủ tịch sau phiên họp",
        waits=PASSED_NOT_SUBMITTED,
        icon="send",
        tone="primary",
    ),
)


def register_session_flow() -> None:
    register_flow(
        Flow(
            model="commendations.CouncilSession",
            title="Phiên họp Hội đồng",
            states=SESSION_STATES,
            page="commendations:session",
            icon="people-fill",
            steps=(*PLANNED_STEPS, *OPEN_STEPS, *END_STEPS),
        )
    )
