"""Workflow of received directives: registration, handling, the letter that carries one out."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from campaigns.directives.models.directive import Directive, Handling, handles_for, own_handling_roles
from campaigns.directives.models.letter import Letter
from emulation.communes.capacity import UserCapacity
from emulation.communes.models import Membership
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step

HANDLERS = permissions.office | permissions.clerk | permissions.council_member


def _is_assignee(capacity: UserCapacity, handling: Any) -> bool:
    if handling is None:
        return HANDLERS.allows(capacity, None)
    if capacity.commune_id != handling.commune_id:
        return False
    if handling.assignee_id in handles_for(capacity):
        return True
    return (
        permissions.office.allows(capacity, handling)
        and not _handlers(capacity).filter(user_id=handling.assignee_id).exists()
    )


def _handlers(capacity: UserCapacity) -> QuerySet[Membership]:
    return own_handling_roles(capacity.commune_id, timezone.localdate())


def _rows_to_handle(capacity: UserCapacity) -> Q:
    mine = Q(assignee_id__in=handles_for(capacity))
    if permissions.office.allows(capacity, None):
        mine |= ~Q(assignee_id__in=_handlers(capacity).values("user_id"))
    return mine & Q(commune_id=capacity.commune_id)


assignee = permissions.Permission(
    "người được giao xử lý, người làm thay khi người đó vắng, Văn phòng khi người đó đã thôi",
    _is_assignee,
    _rows_to_handle,
)


def issued_already(directive: Directive) -> str | None:
    """A directive no longer changes once the commune's letter about it is issued."""
    if Letter.objects.filter(directive=directive, state=Letter.ISSUED).exists():
        return "Công văn của xã đã ban hành theo văn bản này nên không sửa được nữa."
    return None


def letter_left_the_office(directive: Directive) -> str | None:
    """Tasks can be changed only while the letter that assigns them is a draft or returned."""
    if Letter.objects.filter(directive=directive).not_cancelled().exclude(state__in=Letter.OPEN).exists():
        return "Công văn đã trình nên không sửa việc giao được nữa. Cần sửa thì đề nghị Chủ tịch trả lại."
    return None


INCOMING = Flow(
    model=Directive.subject_key,
    title="Xử lý văn bản đến",
    states={},
    page="campaigns:directive",
    steps=(
        Step(
            "campaigns.route_directive",
            "Chuyển xử lý",
            permissions.office | permissions.chair,
            url="campaigns:route_directive",
            form=True,
            icon="person-check",
        ),
        Step(
            "campaigns.add_scan",
            "Thêm bản chụp",
            permissions.office | permissions.clerk,
            url="campaigns:add_scan",
            form=True,
            icon="paperclip",
        ),
        Step(
            "campaigns.remove_scan",
            "Bỏ bản chụp",
            permissions.office | permissions.clerk,
            guard=issued_already,
            hidden=True,
        ),
        Step(
            "campaigns.edit_directive",
            "Sửa thông tin",
            permissions.office | permissions.clerk,
            guard=issued_already,
            url="campaigns:edit_directive",
            form=True,
            icon="pencil",
        ),
        Step("campaigns.draw_duty", "Ghi việc giao", permissions.office, guard=letter_left_the_office, hidden=True),
    ),
)

HANDLING = Flow(
    model=Handling.subject_key,
    title="Chuyển xử lý văn bản đến",
    page="campaigns:handling",
    icon="inbox",
    states={
        "waiting": State("Đang chờ xử lý", "hourglass-split", "wait"),
        "done": State("Đã xử lý", "check-circle", "good"),
        "recalled": State("Đã lấy lại", "arrow-return-left", "neutral"),
    },
    steps=(
        Step(
            "campaigns.finish_handling",
            "Đã xử lý xong",
            assignee,
            sources=("waiting",),
            target="done",
            refused="Văn bản này đã xử lý xong hoặc đã được lấy lại.",
            url="campaigns:finish_handling",
            form=True,
            todo_action="Xử lý",
            todo_rank=36,
            todo="Xử lý văn bản đến",
            icon="check-lg",
            tone="primary",
        ),
        Step(
            "campaigns.recall_handling",
            "Lấy lại, giao người khác",
            permissions.office | permissions.chair,
            sources=("waiting",),
            target="recalled",
            refused="Văn bản này đã xử lý xong hoặc đã được lấy lại.",
            url="campaigns:recall_handling",
            icon="arrow-return-left",
            confirm="Người đang giữ sẽ không phải xử lý văn bản này nữa.",
        ),
    ),
)


def no_letter_yet(directive: Any) -> str | None:
    """At most one letter, not counting cancelled ones, carries out a directive."""
    letters = Letter.objects.filter(directive=directive).not_cancelled()
    return "Văn bản này đã có công văn triển khai." if letters.exists() else None


DIRECTIVES = Flow(
    model="communes.Commune",
    title="Văn bản chỉ đạo đến",
    states={},
    steps=(
        Step(
            "campaigns.receive_directive",
            "Ghi văn bản đến",
            permissions.office | permissions.clerk,
            icon="inbox",
            hidden=True,
        ),
    ),
)

ANSWER = Flow(
    model="campaigns.Directive",
    title="Văn bản chỉ đạo",
    states={},
    page="campaigns:directive",
    steps=(
        Step(
            "campaigns.start_letter",
            "Soạn công văn triển khai",
            permissions.office,
            guard=no_letter_yet,
            url="campaigns:start_letter",
            icon="pencil-square",
            tone="primary",
        ),
    ),
)
