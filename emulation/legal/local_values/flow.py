"""Workflow of local values: the office proposes, the chair approves or refuses; nobody approves their own proposal."""

from django.db.models import Q

from emulation.legal.models import LocalValue
from emulation.workflow import menu, permissions
from emulation.workflow.permissions import Permission
from emulation.workflow.workflow import Flow, State, Step, register_flow

LOCAL_VALUE_STATES = {
    "draft": State("Đang soạn", "pencil"),
    "proposed": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
    "approved": State("Đã duyệt", "check-circle", "good"),
    "refused": State("Không duyệt", "x-circle", "bad"),
    "ended": State("Đã duyệt, có bản thay thế", "archive"),
    "cancelled": State("Đã bỏ", "slash-circle"),
}

CHAIR_NOT_PROPOSER = Permission(
    label="Chủ tịch UBND xã, không phải người đã trình",
    allows=lambda capacity, obj: (
        permissions.chair.allows(capacity, obj) and getattr(obj, "proposed_by_id", None) != capacity.user_id
    ),
    row_filter=lambda capacity: permissions.chair.row_filter(capacity) & ~Q(proposed_by_id=capacity.user_id),
)


def register_local_value_flow() -> None:
    """Registers the workflows of local values and the menu entries of this app."""
    register_flow(COMMUNE_LOCAL_VALUES)
    register_flow(LOCAL_VALUE)
    menu.add_menu_entries(
        menu.MenuEntry(
            "Danh hiệu, hình thức",
            "legal:catalogue",
            "list-stars",
            permissions.signed_in,
            "law",
            10,
            "Mỗi danh hiệu, hình thức: ai được, cần gì, bao nhiêu tiền.",
            ("reports:leaflet",),
        ),
        menu.MenuEntry(
            "Căn cứ pháp lý",
            "legal:values",
            "book",
            permissions.signed_in,
            "law",
            20,
            "Quy định đang áp dụng theo ngày, điều khoản, nguồn.",
        ),
        menu.MenuEntry(
            "Quy định của địa phương",
            "legal:locals",
            "geo-alt",
            permissions.staff,
            "law",
            30,
            "Điều xã quy định riêng, Chủ tịch duyệt.",
        ),
    )


COMMUNE_LOCAL_VALUES = Flow(
    model="communes.Commune",
    title="Quy định của địa phương: nhập mới",
    states={},
    steps=(
        Step(
            "legal.start_local",
            "Nhập quy định của địa phương",
            permissions.office,
            form=True,
            icon="plus-lg",
            hidden=True,
        ),
    ),
)

LOCAL_VALUE = Flow(
    model=LocalValue.subject_key,
    title="Quy định của địa phương",
    page="legal:local",
    icon="geo-alt",
    states=LOCAL_VALUE_STATES,
    steps=(
        Step(
            "legal.propose_local",
            "Trình Chủ tịch duyệt",
            permissions.office,
            sources=("draft",),
            target="proposed",
            refused="Quy định này đã trình rồi.",
            url="legal:propose_local",
            todo_rank=62,
            todo="Trình Chủ tịch duyệt quy định của địa phương",
            icon="send",
            tone="primary",
        ),
        Step(
            "legal.edit_local",
            "Sửa",
            permissions.office,
            sources=("draft",),
            refused="Đã trình nên không sửa được nữa. Cần sửa thì rút lại; đã duyệt thì nhập quy định mới thay thế.",
            url="legal:edit_local",
            form=True,
            icon="pencil",
        ),
        Step(
            "legal.cancel_local",
            "Bỏ bản soạn này",
            permissions.office,
            sources=("draft",),
            target="cancelled",
            refused="Chỉ bỏ được bản đang soạn.",
            url="legal:cancel_local",
            icon="trash",
            tone="danger",
            confirm="Bỏ bản soạn này? Việc trình duyệt sau này phải nhập lại từ đầu.",
        ),
        Step(
            "legal.recall_local",
            "Rút lại để sửa",
            permissions.office,
            sources=("proposed",),
            target="draft",
            refused="Chủ tịch đã quyết định nên không rút lại được.",
            url="legal:recall_local",
            icon="arrow-counterclockwise",
        ),
        Step(
            "legal.approve_local",
            "Duyệt",
            CHAIR_NOT_PROPOSER,
            sources=("proposed",),
            target="approved",
            refused="Quy định này không còn chờ duyệt: đã được quyết định hoặc Văn phòng đã rút lại.",
            url="legal:approve_local",
            todo_rank=16,
            todo="Duyệt quy định của địa phương",
            icon="check-lg",
            tone="primary",
            confirm="Duyệt? Nội dung sau đó không sửa được nữa; muốn đổi phải có quy định mới thay thế.",
        ),
        Step(
            "legal.refuse_local",
            "Không duyệt",
            CHAIR_NOT_PROPOSER,
            sources=("proposed",),
            target="refused",
            refused="Quy định này không còn chờ duyệt: đã được quyết định hoặc Văn phòng đã rút lại.",
            url="legal:refuse_local",
            form=True,
            icon="x-lg",
        ),
        Step(
            "legal.end_local",
            "Có bản thay thế",
            permissions.chair,
            sources=("approved",),
            target="ended",
            icon="archive",
            hidden=True,
        ),
    ),
)
