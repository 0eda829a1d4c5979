"""The life of a commune's own value: the office proposes, the chair approves or refuses; nobody approves what he proposed."""

from django.db.models import Q

from emulation.acts import menu, who
from emulation.acts.flow import Flow, State, Step, register
from emulation.acts.who import Who
from emulation.legal.models import LocalValue

STATES = {
    "draft": State("Đang soạn", "pencil"),
    "proposed": State("Chờ Chủ tịch duyệt", "hourglass-split", "wait"),
    "approved": State("Đã duyệt", "check-circle", "good"),
    "refused": State("Không duyệt", "x-circle", "bad"),
    "ended": State("Đã duyệt, có bản thay thế", "archive"),
    "cancelled": State("Đã bỏ", "slash-circle"),
}

CHAIR_NOT_PROPOSER = Who(
    label="Chủ tịch UBND xã, không phải người đã trình",
    test=lambda standing, obj: (
        who.chair.test(standing, obj) and getattr(obj, "proposed_by_id", None) != standing.user_id
    ),
    rows=lambda standing: who.chair.rows(standing) & ~Q(proposed_by_id=standing.user_id),
)


def declare() -> None:
    """Registers the flows and the menu of this room."""
    register(COMMUNE)
    register(LOCAL)
    menu.add(
        menu.Entry("Danh mục danh hiệu, hình thức", "legal:catalogue", "list-stars", who.signed_in, "Văn bản", 79),
        menu.Entry("Căn cứ pháp lý", "legal:values", "book", who.signed_in, "Văn bản", 80),
        menu.Entry("Quy định của địa phương", "legal:locals", "geo-alt", who.staff, "Văn bản", 81),
    )


COMMUNE = Flow(
    model="communes.Commune",
    title="Quy định của địa phương: nhập mới",
    states={},
    steps=(
        Step("legal.start_local", "Nhập quy định của địa phương", who.office, form=True, icon="plus-lg", hidden=True),
    ),
)

LOCAL = Flow(
    model=LocalValue.subject_key,
    title="Quy định của địa phương",
    page="legal:local",
    icon="geo-alt",
    states=STATES,
    steps=(
        Step(
            "legal.propose_local",
            "Trình Chủ tịch duyệt",
            who.office,
            frm=("draft",),
            to="proposed",
            refused="Quy định này đã trình rồi.",
            url="legal:propose_local",
            todo="Trình Chủ tịch duyệt quy định của địa phương",
            icon="send",
            tone="primary",
        ),
        Step(
            "legal.edit_local",
            "Sửa",
            who.office,
            frm=("draft",),
            refused="Đã trình nên không sửa được nữa. Cần sửa thì rút lại; đã duyệt thì nhập quy định mới thay thế.",
            url="legal:edit_local",
            form=True,
            icon="pencil",
        ),
        Step(
            "legal.cancel_local",
            "Bỏ bản soạn này",
            who.office,
            frm=("draft",),
            to="cancelled",
            refused="Chỉ bỏ được bản đang soạn.",
            url="legal:cancel_local",
            icon="trash",
            confirm="Bỏ bản soạn này? Việc trình duyệt sau này phải nhập lại từ đầu.",
        ),
        Step(
            "legal.recall_local",
            "Rút lại để sửa",
            who.office,
            frm=("proposed",),
            to="draft",
            refused="Chủ tịch đã quyết định nên không rút lại được.",
            url="legal:recall_local",
            icon="arrow-counterclockwise",
        ),
        Step(
            "legal.approve_local",
            "Duyệt",
            CHAIR_NOT_PROPOSER,
            frm=("proposed",),
            to="approved",
            refused="Quy định này không còn chờ duyệt: đã được quyết định hoặc Văn phòng đã rút lại.",
            url="legal:approve_local",
            todo="Duyệt quy định của địa phương",
            icon="check-lg",
            tone="primary",
            confirm="Duyệt? Nội dung sau đó không sửa được nữa; muốn đổi phải có quy định mới thay thế.",
        ),
        Step(
            "legal.refuse_local",
            "Không duyệt",
            CHAIR_NOT_PROPOSER,
            frm=("proposed",),
            to="refused",
            refused="Quy định này không còn chờ duyệt: đã được quyết định hoặc Văn phòng đã rút lại.",
            url="legal:refuse_local",
            form=True,
            icon="x-lg",
        ),
        Step(
            "legal.end_local",
            "Có bản thay thế",
            who.chair,
            frm=("approved",),
            to="ended",
            icon="archive",
            hidden=True,
        ),
    ),
)
