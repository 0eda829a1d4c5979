"""Backup, wipe, restore, compare: on SQLite, and on PostgreSQL in the stage that has it."""

import re
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from emulation.backups.encryption import new_backup_key
from tests.isolated_install import IsolatedInstall
from tests.restore_drill import (
    CHANGED_BY_A_RESTORE,
    FILL_CODE,
    RULES_CODE,
    flip_bit,
    kept_apart,
    make_backup,
    restore,
    state_of,
    wipe,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def filled(isolated_install: IsolatedInstall) -> IsolatedInstall:
    isolated_install.run(FILL_CODE)
    return isolated_install


def test_what_was_wiped_is_restored(filled: IsolatedInstall, tmp_path: Path) -> None:
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    before = state_of(filled)
    assert sum(name.startswith("files/") for name in before) >= 5
    wipe(filled)
    output = restore(filled, archive)
    assert "đúng như bản kê" in output and "đọc được, nguyên vẹn" in output and "Số và ký hiệu" in output
    after = state_of(filled)
    assert before.keys() == after.keys()
    differing = {name for name in before if before[name] != after[name]}
    # The backup is recorded after its copy of the database was made: the copy cannot contain that row.
    assert differing <= CHANGED_BY_A_RESTORE | {"backups_backup"}
    _check_restored_rules(filled)


def _check_restored_rules(install: IsolatedInstall) -> None:
    """The triggers are there, the restore is recorded and audited, and a number waits for the clerk."""
    output = install.run(RULES_CODE)
    lines = output.splitlines()
    assert lines.pop(0) == "1"
    assert lines[0] == "Người Thử None [] True []"
    assert lines[1:3] == ["Người Thử (khôi phục)", "refused"]
    assert "ghi số cuối cùng đã dùng trên giấy" in lines[3]


@pytest.mark.sqlite
def test_an_encrypted_backup_restores_the_secret_key(filled: IsolatedInstall, tmp_path: Path) -> None:
    key = new_backup_key()
    archive = kept_apart(make_backup(filled, BACKUP_KEY=key), tmp_path / "usb")
    assert archive.name.endswith(".tar.age")
    secret = (Path(filled.env["DATA_DIR"]) / "secret_key").read_text()
    wipe(filled)
    with pytest.raises(AssertionError, match="đã mã hóa"):
        restore(filled, archive)
    with pytest.raises(AssertionError, match="không phải khóa đã dùng"):
        restore(filled, archive, BACKUP_KEY=new_backup_key())
    restore(filled, archive, BACKUP_KEY=key)
    assert (Path(filled.env["DATA_DIR"]) / "secret_key").read_text() == secret


def test_a_place_in_use_and_a_damaged_archive_change_nothing(filled: IsolatedInstall, tmp_path: Path) -> None:
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    before = state_of(filled)
    with pytest.raises(AssertionError, match="đã có dữ liệu"):
        restore(filled, archive)
    assert state_of(filled) == before
    damaged = Path(shutil.copy(archive, tmp_path / "usb" / "damaged.tar"))
    flip_bit(damaged, archive.read_bytes().index(b"%PDF-1.7 scan"))
    wipe(filled)
    with pytest.raises(AssertionError, match=r"tệp files/../../[0-9a-f]{64} không còn đúng"):
        restore(filled, damaged)
    assert "đúng như bản kê" in restore(filled, archive)


@pytest.mark.sqlite
def test_without_an_intact_backup_damaged_files_are_left_out_and_made_again(
    filled: IsolatedInstall, tmp_path: Path
) -> None:
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    before = state_of(filled)
    data = archive.read_bytes()
    flip_bit(archive, data.index(b"%PDF-1.7 scan"))
    rendered = re.search(rb"%PDF-1\.\d(?! scan)", data)
    assert rendered
    flip_bit(archive, rendered.end() + 100)
    wipe(filled)
    with pytest.raises(AssertionError, match=r"Cơ sở dữ liệu trong bản này vẫn nguyên vẹn.*--leave-out-damaged"):
        restore(filled, archive)
    output = restore(filled, archive, leave_out_damaged=True)
    assert "Đã bỏ lại 2 tệp bị hỏng" in output and "Bản quét" in output and "phần mềm sẽ tạo lại" in output
    after = state_of(filled)
    assert {name[:5] for name in before.keys() - after.keys()} == {"files"}
    assert filled.run(MADE_AGAIN_CODE) == "pdf"


def test_a_damaged_database_is_never_restored(filled: IsolatedInstall, tmp_path: Path) -> None:
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    flip_bit(archive, 4096)  # the database is the first member
    wipe(filled)
    with pytest.raises(AssertionError, match="database") as refused:
        restore(filled, archive, leave_out_damaged=True)
    assert "--leave-out-damaged" not in str(refused.value).rpartition("CommandError")[2]
    assert not list((Path(filled.env["DATA_DIR"]) / "files").rglob("*.*"))


MADE_AGAIN_CODE = """
from emulation.audit.models import AuditEntry
from emulation.backups.models import FileFault
from emulation.jobs.models import Job
from emulation.jobs.queue import run_job
assert AuditEntry.objects.get(act="backups.restore").facts["left_out"] == 2
assert FileFault.objects.count() == 2
for job in Job.objects.filter(kind="documents.render", state=Job.QUEUED):
    run_job(job.pk)
    print(job.ids["fmt"] if "fmt" in job.ids else job.key)
(left,) = FileFault.objects.all()
assert not left.can_be_made_again
"""


def test_files_without_a_database_are_not_an_empty_place(filled: IsolatedInstall, tmp_path: Path) -> None:
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    wipe(filled)
    left = Path(filled.env["DATA_DIR"]) / "files" / "ab" / "left"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"x")
    with pytest.raises(AssertionError, match="đã có tệp"):
        restore(filled, archive)
    assert left.read_bytes() == b"x"


@pytest.mark.sqlite
def test_a_backup_of_a_newer_version_is_refused(filled: IsolatedInstall, tmp_path: Path) -> None:
    filled.run(
        "from django.db.migrations.recorder import MigrationRecorder; from django.db import connection; "
        "MigrationRecorder(connection).record_applied('documents', '9999_later')"
    )
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    wipe(filled)
    with pytest.raises(AssertionError, match=r"phiên bản mới hơn.*documents\.9999_later"):
        restore(filled, archive)
    assert filled.run("from django.db import connection; print(connection.introspection.table_names())") == "[]"


def test_a_row_too_few_is_named_with_its_table(filled: IsolatedInstall, tmp_path: Path) -> None:
    """The counts of the manifest are checked after the restore, against what the database really has."""
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    tampered = tmp_path / "usb" / "tampered.tar"
    filled.run(
        f"""
from dataclasses import replace
from pathlib import Path
from emulation.backups import archive
folder = Path({str(tmp_path)!r}) / "unpacked"
contents = archive.read_archive(Path({str(archive)!r}), lambda: None, lambda name: folder / name)
tables = {{**contents.manifest.tables, "audit_entry": contents.manifest.tables["audit_entry"] + 1}}
sources = [(name, folder / name) for name in contents.found]
archive.write_archive(Path({str(tampered)!r}), sources, replace(contents.manifest, tables=tables), lambda: None)
"""
    )
    wipe(filled)
    with pytest.raises(AssertionError, match=r"bảng audit_entry: bản kê ghi \d+ dòng, thực có \d+ dòng"):
        restore(filled, tampered)
    assert "đúng như bản kê" in restore(filled, archive)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has the write-ahead log")
def test_rows_that_are_only_in_the_write_ahead_log_are_in_the_backup(filled: IsolatedInstall, tmp_path: Path) -> None:
    """A process with an open connection keeps the log from being merged: a plain copy of the file loses its rows."""
    writer = filled.start(
        """
from django.db import connection
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
connection.cursor().execute("PRAGMA wal_autocheckpoint=0")
for number in range(46):
    record_entry(commune_id=Commune.objects.get().pk, actor=None, act="test", label=f"{number}")
print("written", flush=True)
time.sleep(600)
"""
    )
    assert _line(writer) == "written"
    database = Path(filled.env["DATA_DIR"]) / "sovang.sqlite3"
    plain = Path(shutil.copy(database, tmp_path / "plain.sqlite3"))
    archive = kept_apart(make_backup(filled), tmp_path / "usb")
    writer.kill()
    writer.wait()
    assert _test_entries(plain) == 0
    wipe(filled)
    restore(filled, archive)
    assert _test_entries(database) == 46


def _line(process: Any) -> str:
    return str(process.stdout.readline()).strip()


def _test_entries(path: Path) -> int:
    with sqlite3.connect(path) as database:
        return int(database.execute("SELECT count(*) FROM audit_entry WHERE act = 'test'").fetchone()[0])


@pytest.mark.sqlite
def test_old_backups_are_deleted_by_the_rule(filled: IsolatedInstall) -> None:
    folder = Path(filled.env["DATA_DIR"]) / "backups"
    folder.mkdir()
    for day in range(1, 29):
        (folder / f"sovang-202501{day:02d}-020000.tar").write_bytes(b"old")
    (folder / "notes.txt").write_bytes(b"mine")
    newest = make_backup(filled)
    left = {path.name for path in folder.iterdir()}
    assert {newest.name, "notes.txt", "sovang-20250128-020000.tar"} <= left and len(left) <= 12
