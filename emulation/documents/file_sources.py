"""The stored files of papers, for the daily check: what is lost is named, and made again where that is possible."""

from collections.abc import Iterator
from functools import partial

from emulation.core.stored_files import StoredFile, stored_file_sources
from emulation.documents import actions
from emulation.documents.models import BrandingImage, DocumentFile, RenderedDraft
from emulation.jobs.models import Job


@stored_file_sources.register("documents.document_files")
def document_files() -> Iterator[StoredFile]:
    """The current files of issued papers."""
    files = DocumentFile.objects.current().select_related("document")
    for file in files.defer("document__blocks", "document__html").order_by("pk").iterator(500):
        document = file.document
        which = f"số {document.reference}" if document.reference else f"mã {document.code}"
        again = partial(
            actions.request_document_files, by=None, document=document, formats=(file.format,), priority=Job.BULK
        )
        yield StoredFile(
            file.sha256,
            f"{file.get_format_display()} của văn bản {which}",
            document.commune_id,
            None if file.format in DocumentFile.UPLOADED else again,
        )


@stored_file_sources.register("documents.rendered_drafts")
def rendered_drafts() -> Iterator[StoredFile]:
    """Files of drafts, leaflets and calendars. A lost one is forgotten, so that the next request makes it."""
    for row in RenderedDraft.objects.order_by("pk").iterator(500):
        yield StoredFile(row.file, f"tệp {row.format} của một bản dự thảo", None, partial(_forget, row.pk))


@stored_file_sources.register("documents.branding_images")
def branding_images() -> Iterator[StoredFile]:
    """Emblems and borders, those of earlier giấy khen included."""
    for image in BrandingImage.objects.exclude(sha256="").order_by("pk"):
        yield StoredFile(image.sha256, f"ảnh {image.get_kind_display()} cho giấy khen", image.commune_id)


def _forget(pk: int) -> None:
    RenderedDraft.objects.filter(pk=pk).delete()
