"""What may be done with an issued paper (nothing changes it, so these acts have no states), and with the house's pictures."""

from emulation.acts import who
from emulation.acts.flow import Flow, Step, register
from emulation.documents.models import DocumentEvent, IssuedDocument


def _cancelled(document: IssuedDocument) -> str | None:
    if document.events.filter(kind=DocumentEvent.CANCELLED).exists():
        return "Văn bản này đã bị hủy."
    return None


ISSUED = Flow(
    model="documents.IssuedDocument",
    title="Văn bản đã ban hành",
    states={},
    page="documents:document",
    steps=(
        Step("documents.cancel", "Hủy văn bản", who.clerk | who.chair, guard=_cancelled, url="documents:cancel",
             form=True, icon="x-circle", tone="danger"),
        Step("documents.hand_over", "Ghi chuyển văn bản", who.clerk | who.office, guard=_cancelled,
             url="documents:hand_over", form=True, icon="send"),
        Step("documents.upload", "Tải bản quét, bản ký số", who.clerk | who.office, guard=_cancelled,
             url="documents:upload", form=True, icon="upload"),
    ),
)  # fmt: skip


PICTURES = Flow(
    model="communes.Commune",
    title="Hình ảnh cho giấy khen",
    states={},
    steps=(
        Step("documents.add_picture", "Dùng ảnh này", who.office, icon="image", hidden=True),
        Step("documents.remove_picture", "Thôi dùng ảnh", who.office, icon="x-circle", hidden=True),
    ),
)


def declare() -> None:
    register(ISSUED)
    register(PICTURES)
