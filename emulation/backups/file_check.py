"""The check of the stored files: which are missing or no longer match their hash, and which can be made again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from emulation.backups.archive import Heartbeat
from emulation.backups.models import FileCheck, FileFault
from emulation.core import content_store
from emulation.core.stored_files import StoredFile, stored_files


def check_stored_files(heartbeat: Heartbeat = lambda: None) -> list[FileFault]:
    """Reads every stored file, replaces the result of the last check and requests again what can be made."""
    checked: dict[str, bool] = {}
    faulty: list[StoredFile] = []
    for file in stored_files():
        if file.sha256 not in checked:
            checked[file.sha256] = content_store.verify(file.sha256)
            heartbeat()
        if not checked[file.sha256]:
            faulty.append(file)
    faults = [_fault(file) for file in faulty]
    with transaction.atomic():
        FileFault.objects.all().delete()
        FileFault.objects.bulk_create(faults)
        FileCheck.objects.all().delete()
        FileCheck.objects.create(checked_at=timezone.now(), files=len(checked))
    for file in faulty:
        if file.make_again:
            file.make_again()
    return faults


def lost_among(hashes: Iterable[str]) -> set[str]:
    """Those of the hashes whose file is missing, or was found damaged by the last check."""
    wanted = set(hashes)
    damaged = set(FileFault.objects.filter(sha256__in=wanted).values_list("sha256", flat=True))
    return damaged | {sha for sha in wanted if not content_store.exists(sha)}


def forget_fault(sha: str) -> None:
    """Call this after the file has been stored again: it is no longer reported as missing or damaged."""
    FileFault.objects.filter(sha256=sha).delete()


def _fault(file: StoredFile) -> FileFault:
    return FileFault(
        commune_id=file.commune_id,
        sha256=file.sha256,
        kind=FileFault.DAMAGED if content_store.exists(file.sha256) else FileFault.MISSING,
        name=file.name[:300],
        can_be_made_again=file.make_again is not None,
        found_at=timezone.now(),
    )
