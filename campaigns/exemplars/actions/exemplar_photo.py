"""Adds photos to an exemplar and removes them."""

import hashlib

from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPhoto
from campaigns.exemplars.rules.exemplar import MAX_PHOTOS
from emulation.accounts.models import User
from emulation.core import content_store, images
from emulation.core.errors import RuleBroken
from emulation.workflow.transitions import act


def add_photo(*, by: User, exemplar: Exemplar, data: bytes) -> ExemplarPhoto:
    """Add a photo, stored as a new JPEG. Raises RuleBroken (field `photo`) for other files, large files and too many photos.

    The same file sent again is stored once.
    """
    upload_sha = hashlib.sha256(data).hexdigest()
    if not exemplar.photos.filter(upload_sha256=upload_sha).exists():
        _check_photo_count(exemplar)  # before decoding, which takes time and memory
    prepared = images.prepare_photo(data)
    sha = content_store.put(prepared.data)
    thumb_sha = content_store.put(prepared.thumb)
    with act("campaigns.save", exemplar, by=by, photo=sha) as locked:
        existing = locked.photos.filter(sha256=sha).first()
        if existing:
            return existing
        _check_photo_count(locked)  # again, because the row was not locked before
        return locked.photos.create(
            commune_id=locked.commune_id,
            sha256=sha,
            thumb_sha256=thumb_sha,
            upload_sha256=upload_sha,
            width=prepared.width,
            height=prepared.height,
        )


def remove_photo(*, by: User, photo: ExemplarPhoto) -> None:
    """Remove a photo of a draft or returned exemplar."""
    with act("campaigns.save", photo.exemplar, by=by, photo_removed=photo.sha256):
        photo.delete()


def _check_photo_count(exemplar: Exemplar) -> None:
    if exemplar.photos.count() >= MAX_PHOTOS:
        raise RuleBroken(f"Mỗi điển hình có nhiều nhất {MAX_PHOTOS} ảnh. Hãy bỏ bớt một ảnh trước.", field="photo")
