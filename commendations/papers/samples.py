"""Sample papers of commendations: the newest frozen paper of each kind in the demo."""

from collections.abc import Callable

from emulation.documents.blocks.codec import AnyDocument
from emulation.documents.models import IssuedDocument

SAMPLE_KINDS = ("bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen")
# A school's own tờ trình is of the same kind as a village's giấy đề nghị; the sample shows the latter.
SAMPLE_TITLE_PREFIXES = {"giay_de_nghi": "Giấy đề nghị"}


def frozen_sample(kind: str) -> Callable[[], AnyDocument]:
    """A function that returns the sample of that kind, or raises LookupError when the demo has none."""

    def make() -> AnyDocument:
        papers = IssuedDocument.objects.filter(commune__is_demo=True, kind=kind)
        document = papers.filter(title__startswith=SAMPLE_TITLE_PREFIXES.get(kind, "")).order_by("-pk").first()
        if document is None:
            raise LookupError(f"chưa có văn bản minh họa loại {kind}")
        return document.paper

    return make
