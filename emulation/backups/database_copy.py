"""Consistent copies of the database by its own means, with row counts from the same snapshot; and putting one back."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from emulation.backups.archive import CHUNK, Heartbeat
from emulation.backups.errors import BackupError

_SQLITE_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'"
_POSTGRES_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"


def copy_database(folder: Path, heartbeat: Heartbeat) -> tuple[Path, dict[str, int]]:
    """A compressed copy of the database in `folder`, and its number of rows by table, counted in the same snapshot."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(folder, heartbeat)
    return _copy_postgres(folder, heartbeat)


def table_counts() -> dict[str, int]:
    """The number of rows of each table of the database in use."""
    with connection.cursor() as cursor:
        return _counts(cursor, _SQLITE_TABLES if connection.vendor == "sqlite" else _POSTGRES_TABLES)


def put_database_back(member: Path, heartbeat: Heartbeat) -> None:
    """Fills the empty database from a copy made by `copy_database`. Raises BackupError; the database is then empty again."""
    if connection.vendor == "sqlite":
        _put_sqlite_back(member, heartbeat)
    else:
        _put_postgres_back(member, heartbeat)


def empty_database() -> None:
    """Removes what a failed restore has put into the database, which was empty before."""
    if connection.vendor == "sqlite":
        _remove_sqlite_files(Path(connection.settings_dict["NAME"]))
        return
    with connection.cursor() as cursor:
        for table in _names(cursor, _POSTGRES_TABLES):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def _names(cursor: Any, query: str) -> list[str]:
    cursor.execute(query)
    return sorted(name for (name,) in cursor.fetchall())


def _counts(cursor: Any, tables: str) -> dict[str, int]:
    found = {}
    for table in _names(cursor, tables):
        cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
        found[table] = cursor.fetchone()[0]
    return found


# ── SQLite ───────────────────────────────────────────────────────────────────────────────────────


def _copy_sqlite(folder: Path, heartbeat: Heartbeat) -> tuple[Path, dict[str, int]]:
    """By SQLite's backup API, which includes what is still in the write-ahead log; a plain copy of the file loses that."""
    plain = folder / "database.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(plain)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log file
        counts = _counts(copy.cursor(), _SQLITE_TABLES)
    packed = folder / "database.sqlite3.gz"
    with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=6) as target:
        _copy_stream(source, target, heartbeat)
    plain.unlink()
    return packed, counts


def _put_sqlite_back(member: Path, heartbeat: Heartbeat) -> None:
    target = Path(connection.settings_dict["NAME"])
    plain = target.with_name(f"{target.name}.restoring")
    try:
        with gzip.open(member, "rb") as source, plain.open("wb") as file:
            _copy_stream(source, file, heartbeat)
            file.flush()
            os.fsync(file.fileno())
        with closing(sqlite3.connect(plain)) as copy:
            fault = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if fault != "ok":
            raise BackupError(f"Bản sao lưu bị hỏng: tệp SQLite không nguyên vẹn ({fault}).")
        connection.close()
        _remove_sqlite_files(target)
        os.replace(plain, target)
    except (OSError, EOFError, sqlite3.DatabaseError) as error:
        raise BackupError(f"Không khôi phục được cơ sở dữ liệu SQLite: {error}.") from None
    finally:
        plain.unlink(missing_ok=True)


def _remove_sqlite_files(path: Path) -> None:
    connection.close()
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _copy_stream(source: Any, target: Any, heartbeat: Heartbeat) -> None:
    while data := source.read(CHUNK):
        target.write(data)
        heartbeat()


# ── PostgreSQL ───────────────────────────────────────────────────────────────────────────────────


def _copy_postgres(folder: Path, heartbeat: Heartbeat) -> tuple[Path, dict[str, int]]:
    """By pg_dump, in the snapshot in which the rows are counted."""
    dump = folder / "database.pgdump"
    own = connection.copy()  # its own session, because a transaction may be open in the other one
    try:
        with own.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            counts = _counts(cursor, _POSTGRES_TABLES)
            options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={dump}"]
            _run_client("pg_dump", options, heartbeat)
            cursor.execute("ROLLBACK")
    finally:
        own.close()
    return dump, counts


def _put_postgres_back(member: Path, heartbeat: Heartbeat) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION IF EXISTS guard_append_only()")  # left over where only the tables were dropped
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    _run_client("pg_restore", options, heartbeat, member)


def _run_client(program: str, options: list[str], heartbeat: Heartbeat, *files: Path) -> None:
    """Runs pg_dump or pg_restore on the database of the settings. Raises BackupError with the program's message."""
    path = shutil.which(program)
    if path is None:
        raise BackupError(f"Máy này thiếu chương trình {program}. Hãy cài gói postgresql-client rồi chạy lại.")
    arguments, extra = connection.client.settings_to_cmd_args_env(connection.settings_dict, [])
    command = [path, *options, *arguments[1:-1], f"--dbname={arguments[-1]}", *map(str, files)]
    with subprocess.Popen(  # noqa: S603
        command, env={**os.environ, **(extra or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        while True:
            try:
                _, errors = process.communicate(timeout=2)
                break
            except subprocess.TimeoutExpired:
                heartbeat()
    if process.returncode:
        raise BackupError(f"{program} không làm được: {errors.strip()[-600:]}")
