"""The files of issued papers: which edition counts, whether it can be read, and adding a further edition."""

from collections.abc import Iterable

from emulation.backups.file_check import forget_fault, lost_among
from emulation.core import content_store
from emulation.documents.ended_papers import file_variant
from emulation.documents.models import DocumentFile, Draft, IssuedDocument, RenderedDraft


def current_file(document: IssuedDocument, fmt: str) -> DocumentFile | None:
    """The newest edition of this format; None if there is none, or it shows giấy khen that are no longer valid."""
    row = _newest_file(document, fmt)
    return row if row is not None and row.variant == file_variant(document, fmt) else None


def valid_files(document: IssuedDocument) -> list[DocumentFile]:
    """The newest edition of each format, without those that show giấy khen that are no longer valid."""
    return [file for file in document.files.current() if file.variant == file_variant(document, file.format)]


def _newest_file(document: IssuedDocument, fmt: str) -> DocumentFile | None:
    row: DocumentFile | None = document.files.filter(format=fmt).order_by("-edition").first()
    return row


def has_usable_file(document: IssuedDocument, fmt: str) -> bool:
    """Whether the paper has this file, and it is neither missing nor found damaged."""
    file = current_file(document, fmt)
    return file is not None and not lost_among([file.sha256])


def lost_formats(files: Iterable[DocumentFile]) -> set[str]:
    """The formats of those files that are missing or damaged."""
    rows = list(files)
    lost = lost_among(row.sha256 for row in rows)
    return {row.format for row in rows if row.sha256 in lost}


def add_document_file(document: IssuedDocument, fmt: str, data: bytes, variant: str = "") -> DocumentFile:
    """Adds the file, as a further edition if the stored one is lost or outdated; returns the one that can be used.

    If the bytes are the lost ones, storing them is enough and no edition is added. Of two workers, the first one's counts.
    """
    existing = _newest_file(document, fmt)
    if existing and existing.variant == variant and not lost_among([existing.sha256]):
        return existing
    sha = content_store.put(data)
    forget_fault(sha)
    if existing and (existing.sha256, existing.variant) == (sha, variant):
        return existing
    if existing:
        forget_fault(existing.sha256)
    row: DocumentFile
    row, _ = DocumentFile.objects.get_or_create(
        document=document,
        format=fmt,
        edition=existing.edition + 1 if existing else 1,
        defaults={"sha256": sha, "size": len(data), "variant": variant},
    )
    return row


def has_usable_draft_file(draft: Draft, fmt: str) -> bool:
    """Whether the draft's current content has this file. Deletes a row whose file is lost."""
    row = RenderedDraft.objects.filter(sha256=draft.sha256, format=fmt).first()
    if row is None:
        return False
    if lost_among([row.file]):
        row.delete()
        return False
    return True
