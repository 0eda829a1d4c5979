"""Workflows of a posted list and of the objections to it."""

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from commendations.flow.nomination import PROPOSER
from commendations.flow.own_case import own_objection
from commendations.models import Objection, Posting
from emulation.core.formatting import format_date
from emulation.workflow.permissions import head_of, office, unit_head
from emulation.workflow.workflow import Flow, State, Step, register_flow

TODAY = TruncDate(Now())
OPEN_OBJECTIONS = Objection.objects.filter(posting=OuterRef("pk"), state=Objection.OPEN)
ANSWERS = head_of("posting__unit_id", "người đứng đầu đơn vị đó") | office

POSTING_STATES = {
    "posted": State("Đang niêm yết", "pin-angle", "wait"),
    "closed": State("Đã có kết quả niêm yết", "check-circle", "good"),
    "cancelled": State("Đã hủy niêm yết", "slash-circle", "neutral"),
}
OBJECTION_STATES = {
    "open": State("Chưa trả lời", "chat-left-text", "wait"),
    "answered": State("Đã trả lời", "check-circle", "good"),
    "removed": State("Đã xóa, ghi nhầm", "slash-circle", "neutral"),
}


def posting_not_over(posting: Posting) -> str | None:
    """Why the result of the posting cannot be recorded yet, or None."""
    if posting.ends_on >= timezone.localdate():
        return f"Còn niêm yết đến hết ngày {format_date(posting.ends_on)}."
    if posting.objections.filter(state=Objection.OPEN).exists():
        return "Còn phản ánh chưa trả lời."
    return None


POSTING_STEPS = (
    Step(
        "commendations.close_posting",
        "Kết thúc niêm yết, ghi kết quả",
        PROPOSER | office,
        sources=("posted",),
        target="closed",
        guard=posting_not_over,
        url="commendations:close_posting",
        todo="Niêm yết: trả lời phản ánh, ghi kết quả",
        todo_action="Mở danh sách",
        todo_rank=44,
        # The thôn posts and answers; the office is notified of each objection and result, and has a task where nobody
        # heads the thôn (reports/queries/todo_postings.py: one query for all that is rare).
        todo_for=PROPOSER,
        waits=Q(ends_on__lt=TODAY) | Q(Exists(OPEN_OBJECTIONS)),
        icon="check2-square",
        tone="primary",
        confirm="Kết thúc niêm yết? Biên bản kết quả niêm yết được chốt với các phản ánh đã trả lời.",
    ),
    Step(
        "commendations.add_objection",
        "Ghi phản ánh của Nhân dân",
        PROPOSER | office,
        sources=("posted",),
        refused="Niêm yết đã kết thúc: mở lại rồi ghi.",
        url="commendations:add_objection",
        form=True,
        icon="chat-left-text",
    ),
    Step(
        "commendations.reopen_posting",
        "Mở lại niêm yết",
        PROPOSER | office,
        sources=("closed",),
        target="posted",
        url="commendations:reopen_posting",
        form=True,
        icon="arrow-counterclockwise",
    ),
    Step(
        "commendations.cancel_posting",
        "Hủy niêm yết này",
        PROPOSER | office,
        sources=("posted",),
        target="cancelled",
        url="commendations:cancel_posting",
        form=True,
        icon="slash-circle",
        tone="danger",
    ),
)
OBJECTION_STEPS = (
    Step(
        "commendations.answer_objection",
        "Trả lời phản ánh",
        ANSWERS,
        refuse_for=own_objection,
        sources=("open",),
        target="answered",
        url="commendations:answer_objection",
        form=True,
        icon="reply",
        tone="primary",
    ),
    Step(
        "commendations.reopen_objection",
        "Xem xét lại",
        ANSWERS,
        refuse_for=own_objection,
        sources=("answered",),
        target="open",
        url="commendations:reopen_objection",
        form=True,
        icon="arrow-counterclockwise",
    ),
    Step(
        "commendations.remove_objection",
        "Xóa, ghi nhầm",
        ANSWERS,
        refuse_for=own_objection,
        sources=("open",),
        target="removed",
        url="commendations:remove_objection",
        form=True,
        icon="slash-circle",
        tone="danger",
    ),
)


def register_posting_flows() -> None:
    register_flow(
        Flow(
            model="communes.Commune",
            title="Niêm yết của xã",
            states={},
            steps=(Step("commendations.start_posting", "Niêm yết danh sách", office | unit_head, hidden=True),),
        )
    )
    register_flow(
        Flow(
            model=Posting.subject_key,
            title="Niêm yết danh sách",
            states=POSTING_STATES,
            page="commendations:posting",
            icon="pin-angle",
            steps=POSTING_STEPS,
        )
    )
    register_flow(
        Flow(
            model=Objection.subject_key,
            title="Phản ánh khi niêm yết",
            states=OBJECTION_STATES,
            icon="chat-left-text",
            steps=OBJECTION_STEPS,
        )
    )
