"""Samples of this room's papers: what the demo froze, newest first of its kind."""

from collections.abc import Callable

from emulation.documents.blocks import Sheet
from emulation.documents.models import IssuedDocument

KINDS = ("bao_cao_thanh_tich", "giay_de_nghi", "to_trinh", "bien_ban", "quyet_dinh", "giay_khen")


def frozen(kind: str) -> Callable[[], Sheet]:
    """A maker of that kind's sample. It raises LookupError when the demo froze none."""

    def make() -> Sheet:
        document = IssuedDocument.objects.filter(commune__is_demo=True, kind=kind).order_by("-pk").first()
        if document is None:
            raise LookupError(f"chưa có văn bản minh họa loại {kind}")
        return document.paper

    return make
