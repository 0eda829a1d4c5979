"""Papers that were cancelled or replaced after their issue: the mark on them, and which giấy khen of a decision are valid."""

import hashlib

from emulation.documents.models import DocumentEvent, DocumentFile, IssuedDocument

END_MARKS = {DocumentEvent.CANCELLED: "ĐÃ HỦY BỎ", DocumentEvent.REPLACED: "ĐÃ THAY THẾ"}


def end_of(document: IssuedDocument) -> str:
    """ "cancelled" or "replaced", or "" for a paper that is valid."""
    kinds = document.events.filter(kind__in=DocumentEvent.ENDS).order_by("pk").values_list("kind", flat=True)
    return str(kinds.last() or "")


def end_mark(document: IssuedDocument) -> str:
    """The words printed across a paper that is no longer valid, or ""."""
    return END_MARKS.get(end_of(document), "")


def valid_certificate_ids(decision: IssuedDocument) -> list[int]:
    """Ids of the valid giấy khen of a decision in register order; one printed again takes the place of the first."""
    printed = list(decision.children.filter(kind="giay_khen").order_by("pk").values_list("pk", flat=True))
    ends = DocumentEvent.objects.filter(document__parent=decision, kind__in=DocumentEvent.ENDS)
    successor = dict(ends.order_by("pk").values_list("document_id", "other_id"))
    printed_again = set(successor.values())
    valid = []
    for first in printed:
        last: int | None = None if first in printed_again else first
        while last in successor:
            last = successor[last]
        if last in printed:
            valid.append(last)
    return [pk for pk in valid if pk is not None]


def file_variant(document: IssuedDocument, fmt: str) -> str:
    """What a file would be made of now, for files whose content can change after the issue; "" for all others.

    The common file of the giấy khen: a hash of the valid ones, once one has ended. PDF and Word file of a paper: its end,
    which is marked on them.
    """
    if fmt == DocumentFile.ALL:
        ended = DocumentEvent.objects.filter(document__parent=document, kind__in=DocumentEvent.ENDS)
        if not ended.exists():
            return ""
        return hashlib.sha256(" ".join(map(str, valid_certificate_ids(document))).encode()).hexdigest()
    return "" if fmt in DocumentFile.UPLOADED else end_of(document)
