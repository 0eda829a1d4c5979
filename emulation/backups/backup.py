"""Makes a backup: the database first, then every stored file, one archive; reads it back; deletes what the rule drops."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from emulation.backups import archive, manifest
from emulation.backups.archive import Heartbeat
from emulation.backups.database_copy import copy_database
from emulation.backups.encryption import backup_key
from emulation.backups.errors import BackupError
from emulation.backups.manifest import BackupManifest
from emulation.backups.models import Backup
from emulation.backups.retention import backup_name, names_to_delete

STALE_AFTER = timedelta(days=1)


def make_backup(heartbeat: Heartbeat = lambda: None) -> Backup:
    """Makes, verifies and records one backup, then deletes backups that the rule no longer keeps. Raises BackupError.

    Files are only ever added, and the database is copied before them: the files cover every row of the copy.
    """
    made_at = timezone.now()
    folder = _backup_folder()
    name = backup_name(timezone.localtime(made_at), encrypted=backup_key() is not None)
    path = folder / name
    if path.exists():
        raise BackupError(f"Đã có bản sao lưu {name}. Hãy chờ một giây rồi làm lại.")
    _remove_stale_work(Path(settings.DATA_DIR))
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR, prefix=".backup-") as work:
        database, tables = copy_database(Path(work), heartbeat)
        empty = BackupManifest(made_at, connection.vendor, tables, applied_migrations())
        written = archive.write_archive(path, _sources(empty, database), empty, heartbeat)
    _verify(path, written, heartbeat)
    backup = Backup.objects.create(
        name=name,
        made_at=made_at,
        size=path.stat().st_size,
        tables=len(tables),
        table_rows=sum(tables.values()),
        files=len(written.files),
        is_encrypted=backup_key() is not None,
        verified_at=timezone.now(),
    )
    delete_old_backups(folder)
    return backup


def delete_old_backups(folder: Path) -> list[str]:
    """Deletes the backups that the rule no longer keeps; returns their names. Other files stay."""
    names = names_to_delete([entry.name for entry in folder.iterdir() if entry.is_file()])
    for name in names:
        (folder / name).unlink(missing_ok=True)
    return names


def applied_migrations() -> dict[str, list[str]]:
    """The migrations applied to the database, by app."""
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def shares_disk_with_data() -> bool:
    """Whether the backups are on the same file system as the data: a broken disk then takes both."""
    folder = Path(settings.BACKUP_DIR)
    while not folder.exists():
        folder = folder.parent
    return folder.stat().st_dev == Path(settings.DATA_DIR).stat().st_dev


def backup_folder_is_missing() -> bool:
    """Whether a BACKUP_DIR outside the data folder is not there: its disk is probably not mounted.

    Only a folder inside the data folder is made. Made elsewhere, it would take the place of the disk that is missing.
    """
    folder = Path(settings.BACKUP_DIR)
    return not folder.exists() and not folder.is_relative_to(settings.DATA_DIR)


def throttled(renew: Heartbeat, seconds: float = 5.0) -> Heartbeat:
    """A heartbeat that may be called often and calls `renew` at most every `seconds`."""
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        if time.monotonic() - last >= seconds:
            last = time.monotonic()
            renew()

    return beat


def _backup_folder() -> Path:
    folder = Path(settings.BACKUP_DIR)
    if backup_folder_is_missing():
        raise BackupError(
            f"Không có thư mục sao lưu {folder} (BACKUP_DIR). Hãy gắn ổ đĩa của thư mục đó rồi làm lại; nếu đặt thư mục này "
            f"lần đầu thì tạo nó: mkdir -p {folder}."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BackupError(f"Không ghi được vào thư mục sao lưu {folder} (BACKUP_DIR): {error.strerror}.") from None
    return folder


def _sources(empty: BackupManifest, database: Path) -> Iterator[tuple[str, Path]]:
    """The names in the archive and their files. The secret key goes only into an encrypted archive."""
    yield empty.database_member, database
    yield from _files_below(Path(settings.MEDIA_ROOT), manifest.FILES_FOLDER)
    yield from _files_below(Path(settings.MAIL_DIR), manifest.MAIL_FOLDER)
    secret = Path(settings.DATA_DIR) / "secret_key"
    if backup_key() is not None and secret.is_file():
        yield manifest.SECRET_KEY_MEMBER, secret


def _files_below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    """Every complete file; those still being written begin with a dot or end in .part."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and not name.endswith(".part"):
                path = Path(place) / name
                yield f"{prefix}{path.relative_to(folder).as_posix()}", path


def _verify(path: Path, written: BackupManifest, heartbeat: Heartbeat) -> None:
    """Reads the archive back from the disk. A backup that cannot be read is deleted, and BackupError raised."""
    try:
        read = archive.read_archive(path, heartbeat)
        if read.manifest != written:
            raise BackupError("Bản sao lưu vừa ghi đọc lại không đúng như đã ghi.")
    except BackupError:
        path.unlink(missing_ok=True)
        raise


def _remove_stale_work(folder: Path) -> None:
    """Removes the work folders of backups that were killed."""
    limit = time.time() - STALE_AFTER.total_seconds()
    for left in folder.glob(".backup-*"):
        with suppress(OSError):
            if left.stat().st_mtime < limit:
                shutil.rmtree(left, ignore_errors=True)
