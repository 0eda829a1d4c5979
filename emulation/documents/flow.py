"""Acts on issued papers (without states: an issued paper never changes), on the images for giấy khen, and on number books."""

from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.workflow import permissions
from emulation.workflow.workflow import Flow, Step, register_flow


def _cancelled(document: IssuedDocument) -> str | None:
    if document.events.filter(kind=DocumentEvent.CANCELLED).exists():
        return "Văn bản này đã bị hủy."
    return None


ISSUED_DOCUMENT = Flow(
    model="documents.IssuedDocument",
    title="Văn bản đã ban hành",
    states={},
    page="documents:document",
    steps=(
        Step("documents.cancel", "Hủy văn bản", permissions.clerk | permissions.chair, guard=_cancelled, url="documents:cancel",
             form=True, icon="x-circle", tone="danger"),
        Step("documents.hand_over", "Ghi chuyển văn bản", permissions.clerk | permissions.office, guard=_cancelled,
             url="documents:hand_over", form=True, icon="send"),
        Step("documents.upload", "Tải bản quét, bản ký số", permissions.clerk | permissions.office, guard=_cancelled,
             url="documents:upload", form=True, icon="upload"),
    ),
)  # fmt: skip


BRANDING = Flow(
    model="communes.Commune",
    title="Hình ảnh cho giấy khen",
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
             hidden=True, todo="Ghi số cuối đã dùng trên giấy sau khôi phục"),
    ),
)  # fmt: skip


def register_document_flows() -> None:
    register_flow(ISSUED_DOCUMENT)
    register_flow(BRANDING)
    register_flow(NUMBER_BOOKS)
