"""Acts on issued papers (without states: an issued paper never changes), on the images for giấy khen, and on number books."""

from emulation.documents.models import DocumentCancellation, DocumentEvent, IssuedDocument
from emulation.documents.paper_cancelling import cancelling_of
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, State, Step, register_flow


def _cancelled(document: IssuedDocument) -> str | None:
    if document.events.filter(kind=DocumentEvent.CANCELLED).exists():
        return "Văn bản này đã bị hủy."
    return None


def not_cancellable(document: IssuedDocument) -> str | None:
    """Why this paper cannot be cancelled now, or None."""
    if reason := _cancelled(document):
        return reason
    if document.events.filter(kind=DocumentEvent.REPLACED).exists():
        return "Văn bản này đã được thay thế, không còn gì để hủy."
    return cancelling_of(document).cancel_refusal(document)


def _not_proposable(document: IssuedDocument) -> str | None:
    if document.cancellations.filter(state=DocumentCancellation.PROPOSED).exists():
        return "Đã có đề nghị hủy văn bản này, đang chờ Chủ tịch."
    return not_cancellable(document)


def _no_longer_cancellable(cancellation: DocumentCancellation) -> str | None:
    return not_cancellable(cancellation.document)


ISSUED_DOCUMENT = Flow(
    model="documents.IssuedDocument",
    title="Văn bản đã ban hành",
    states={},
    page="documents:document",
    steps=(
        Step("documents.propose_cancellation", "Đề nghị hủy", permissions.office | permissions.clerk, guard=_not_proposable,
             url="documents:propose_cancellation", form=True, icon="x-circle", tone="danger"),
        Step("documents.hand_over", "Ghi chuyển văn bản", permissions.clerk | permissions.office, guard=_cancelled,
             url="documents:hand_over", form=True, icon="send"),
        Step("documents.upload", "Tải bản quét, bản ký số", permissions.clerk | permissions.office, guard=_cancelled,
             url="documents:upload", form=True, icon="upload"),
    ),
)  # fmt: skip


CANCELLATION = Flow(
    model=DocumentCancellation.subject_key,
    title="Hủy văn bản",
    page="documents:cancellation",
    icon="x-circle",
    states={
        "proposed": State("Chờ Chủ tịch đồng ý hủy", "hourglass-split", "wait"),
        "agreed": State("Đã hủy", "x-circle", "bad"),
        "declined": State("Chủ tịch không đồng ý hủy", "dash-circle"),
        "withdrawn": State("Đã rút đề nghị", "arrow-counterclockwise"),
    },
    steps=(
        Step(
            "documents.agree_cancellation",
            "Đồng ý hủy",
            permissions.chair,
            sources=("proposed",),
            target="agreed",
            guard=_no_longer_cancellable,
            refused="Đề nghị này đã được quyết định hoặc đã rút.",
            url="documents:agree_cancellation",
            todo_action="Xem, quyết định",
            todo_rank=12,
            todo="Quyết định việc hủy văn bản",
            asks_password=True,
            icon="x-circle",
            tone="danger",
            confirm="Hủy văn bản này? Những thay đổi nêu trên trang xảy ra ngay và không lấy lại được.",
        ),
        Step(
            "documents.decline_cancellation",
            "Không đồng ý",
            permissions.chair,
            sources=("proposed",),
            target="declined",
            refused="Đề nghị này đã được quyết định hoặc đã rút.",
            url="documents:decline_cancellation",
            form=True,
            icon="dash-circle",
        ),
        Step(
            "documents.withdraw_cancellation",
            "Rút đề nghị",
            permissions.office | permissions.clerk,
            sources=("proposed",),
            target="withdrawn",
            refused="Đề nghị này đã được quyết định hoặc đã rút.",
            url="documents:withdraw_cancellation",
            icon="arrow-counterclockwise",
            confirm="Rút đề nghị? Văn bản giữ nguyên hiệu lực.",
        ),
    ),
)


BRANDING = Flow(
    model="communes.Commune",
    title="Hình ảnh giấy khen",
    states={},
    steps=(
        Step("documents.add_picture", "Dùng ảnh này", permissions.office, icon="image", hidden=True),
        Step("documents.remove_picture", "Thôi dùng ảnh", permissions.office, icon="x-circle", hidden=True),
    ),
)


NUMBER_BOOKS = Flow(
    model="communes.Commune",
    title="Sổ số văn bản",
    states={},
    steps=(
        Step("documents.check_number_book", "Ghi số cuối trên giấy sau khôi phục", permissions.clerk, icon="hash",
             hidden=True),
        Step("documents.correct_number_book", "Sửa số cuối đã ghi", permissions.clerk, icon="pencil", hidden=True),
    ),
)  # fmt: skip


def register_document_flows() -> None:
    register_flow(ISSUED_DOCUMENT)
    register_flow(CANCELLATION)
    register_flow(BRANDING)
    register_flow(NUMBER_BOOKS)
