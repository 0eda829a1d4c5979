"""The stored photos of exemplars, for the daily check."""

from collections.abc import Iterator

from campaigns.exemplars.models.exemplar import ExemplarPhoto
from emulation.core.stored_files import StoredFile, stored_file_sources


@stored_file_sources.register("campaigns.exemplar_photo_files")
def exemplar_photo_files() -> Iterator[StoredFile]:
    """Photos and their small versions."""
    for photo in ExemplarPhoto.objects.order_by("pk").iterator(500):
        name = f"ảnh của điển hình (mã {photo.exemplar_id})"
        yield StoredFile(photo.sha256, name, photo.commune_id)
        yield StoredFile(photo.thumb_sha256, f"{name}, bản nhỏ", photo.commune_id)
