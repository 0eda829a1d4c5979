"""Restores a backup into an empty place: everything is checked before anything is put in place, and once more after."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from emulation.audit.log import record_entry
from emulation.backups import archive, database_copy, manifest
from emulation.backups.archive import Heartbeat
from emulation.backups.errors import BackupError
from emulation.backups.manifest import BackupManifest
from emulation.backups.models import Restore
from emulation.communes.models import Commune
from emulation.core.append_only import install_missing_triggers, missing_triggers
from emulation.jobs.queue import enqueue

MAKE_JOB = "backups.make"
ENGINE_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
ONLY_INTO_EMPTY = (
    "khôi phục chỉ ghi vào chỗ trống nên chưa làm gì cả. Hãy dừng phần mềm, chuyển cả thư mục dữ liệu cũ đi chỗ khác; dùng "
    "PostgreSQL thì còn đổi tên cơ sở dữ liệu cũ và tạo cơ sở dữ liệu mới (README.md, Back up and restore). Sau đó chạy lại."
)


@dataclass(frozen=True)
class RestoreReport:
    """What a restore has put in place."""

    backup_made_at: datetime
    tables: int
    table_rows: int
    files: int
    left_out: int
    has_secret_key: bool


def restore_backup(
    path: Path, *, run_by: str, leave_out_damaged: bool = False, heartbeat: Heartbeat = lambda: None
) -> RestoreReport:
    """Restores the backup into the empty database and the empty folder of files of the settings.

    With `leave_out_damaged`, stored files that are damaged in the archive are not restored; the database must be intact.
    Raises BackupError, and then has changed nothing: if the place is not empty; if the archive is damaged, made by a
    newer version or for another kind of database; if the rows of a table are not as many as in the manifest.
    """
    check_place_is_empty()
    media = Path(settings.MEDIA_ROOT)
    media.mkdir(parents=True, exist_ok=True)
    # Unpacked inside the folder of files, so that the last step is only a renaming on the same file system.
    with tempfile.TemporaryDirectory(dir=media, prefix=".restoring-") as work:
        folder = Path(work)
        contents = archive.read_archive(
            path, heartbeat, lambda name: folder / name, leave_out_damaged=leave_out_damaged
        )
        for name in contents.damaged:
            (folder / name).unlink(missing_ok=True)
        check_fits(contents.manifest)
        database_copy.put_database_back(folder / contents.manifest.database_member, heartbeat)
        try:
            _check_tables(contents.manifest)
            _put_files_back(folder)
        except BaseException:
            database_copy.empty_database()
            _remove_files(media, keep=folder)
            raise
        has_key = _put_secret_key_back(folder / manifest.SECRET_KEY_MEMBER)
    _bring_up_to_date()
    _record(path.name, contents.manifest.made_at, run_by, left_out=len(contents.damaged))
    return RestoreReport(
        backup_made_at=contents.manifest.made_at,
        tables=len(contents.manifest.tables),
        table_rows=sum(contents.manifest.tables.values()),
        files=sum(name.startswith(manifest.FILES_FOLDER) for name in contents.found.keys() - set(contents.damaged)),
        left_out=len(contents.damaged),
        has_secret_key=has_key,
    )


def check_place_is_empty() -> None:
    """Raises BackupError if the database has a table, or the folder of files or of e-mails has a file."""
    if connection.introspection.table_names():
        raise BackupError(f"Cơ sở dữ liệu {_database_name()} đã có dữ liệu; {ONLY_INTO_EMPTY}")
    for folder in (Path(settings.MEDIA_ROOT), Path(settings.MAIL_DIR)):
        for place, _, names in os.walk(folder):
            if names:
                raise BackupError(f"Thư mục {folder} đã có tệp ({Path(place) / names[0]}); {ONLY_INTO_EMPTY}")


def _database_name() -> str:
    return f"{ENGINE_NAMES[connection.vendor]} {connection.settings_dict['NAME']}"


def check_fits(found: BackupManifest) -> None:
    """Raises BackupError for a backup of another kind of database, or of a newer version of the program."""
    if found.engine != connection.vendor:
        raise BackupError(
            f"Bản sao lưu này của {ENGINE_NAMES.get(found.engine, found.engine)}, còn ở đây đang đặt "
            f"{ENGINE_NAMES.get(connection.vendor, connection.vendor)}. Hãy sửa DATABASE_URL cho đúng loại."
        )
    if newer := sorted(_unknown_migrations(found)):
        raise BackupError(
            f"Bản sao lưu này do phiên bản mới hơn của phần mềm làm ra ({newer[0]}). Hãy cập nhật phần mềm trước."
        )


def _unknown_migrations(found: BackupManifest) -> Iterator[str]:
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    apps = {app for app, _ in known}
    for app, names in found.migrations.items():
        yield from (f"{app}.{name}" for name in names if app not in apps or (app, name) not in known)


def _check_tables(expected: BackupManifest) -> None:
    if differences := list(manifest.table_differences(expected, database_copy.table_counts())):
        raise BackupError(f"Dữ liệu khôi phục không đủ: {'; '.join(differences[:10])}.")


def _put_files_back(folder: Path) -> None:
    """Moves the unpacked files and e-mails to their folders."""
    for source, target in (
        (folder / "files", Path(settings.MEDIA_ROOT)),
        (folder / "mail", Path(settings.MAIL_DIR)),
    ):
        target.mkdir(parents=True, exist_ok=True)
        for entry in sorted(source.iterdir()) if source.is_dir() else []:
            _set_modes(entry)
            if (target / entry.name).is_dir():
                (target / entry.name).rmdir()  # an empty folder that was there before
            shutil.move(entry, target / entry.name)
        archive.sync_folder(target)


def _set_modes(entry: Path) -> None:
    """Stored files are read-only, as the content store writes them."""
    for path in entry.rglob("*") if entry.is_dir() else [entry]:
        if path.is_file():
            path.chmod(0o440)


def _remove_files(media: Path, keep: Path) -> None:
    for folder in (media, Path(settings.MAIL_DIR)):
        for entry in folder.iterdir() if folder.is_dir() else []:
            if entry == keep:
                continue
            remove: Callable[[Path], object] = shutil.rmtree if entry.is_dir() else Path.unlink
            remove(entry)


def _put_secret_key_back(source: Path) -> bool:
    """Puts the key file in place of the one that this start has generated; whether the archive had one."""
    if not source.is_file():
        return False
    source.chmod(0o600)
    shutil.move(source, Path(settings.DATA_DIR) / "secret_key")
    return True


def _bring_up_to_date() -> None:
    """Applies the migrations that are newer than the backup; makes sure that the append-only triggers are there."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
    install_missing_triggers()
    if missing := missing_triggers():
        raise BackupError(f"Đã khôi phục, nhưng các bảng sau thiếu khóa chỉ-ghi-thêm: {', '.join(missing)}.")


def _record(name: str, made_at: datetime, run_by: str, *, left_out: int) -> None:
    """One row and one audit entry for each commune: from here on numbers, e-mails and reminders wait.

    The new installation has no backup of its own yet: a job makes one as soon as a worker runs.
    """
    now = timezone.now()
    with transaction.atomic():
        enqueue(MAKE_JOB, f"restore:{now.isoformat()}", due_at=now)
        for commune in Commune.objects.order_by("pk"):
            row = Restore.objects.create(
                commune=commune,
                restored_at=now,
                backup_name=name[:200],
                backup_made_at=made_at,
                run_by=run_by[:200],
            )
            record_entry(
                commune_id=commune.pk,
                actor=f"{run_by} (khôi phục)",
                act="backups.restore",
                label="Khôi phục từ bản sao lưu",
                subject=row,
                facts={"backup": name, "backup_made_at": made_at.isoformat(), "left_out": left_out},
            )
