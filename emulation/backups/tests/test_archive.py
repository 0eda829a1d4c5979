"""The archive: what is damaged is named, a wrong key is refused, nothing is written outside the target."""

import io
import tarfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from emulation.backups import archive
from emulation.backups.encryption import new_backup_key
from emulation.backups.errors import BackupError
from emulation.backups.manifest import BackupManifest

MADE_AT = datetime(2026, 11, 28, 2, 3, 11, tzinfo=UTC)
FILES = {"database.sqlite3.gz": b"rows" * 50_000, "files/ab/cd/abcd": b"photo" * 40_000, "mail/one.eml": b"letter"}


def beat() -> None:
    """No lease to renew."""


@pytest.fixture(params=["plain", "encrypted"])
def written(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Path:
    settings.BACKUP_KEY = new_backup_key() if request.param == "encrypted" else ""
    return write(tmp_path)


def write(folder: Path) -> Path:
    sources = []
    for name, data in FILES.items():
        path = folder / "source" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        sources.append((name, path))
    target = folder / "backup.tar"
    archive.write_archive(target, sources, BackupManifest(MADE_AT, "sqlite", {"t": 3}, {"core": []}), beat)
    return target


def test_what_was_written_is_read(written: Path, tmp_path: Path) -> None:
    assert written.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".new-")] == []
    contents = archive.read_archive(written, beat, lambda name: tmp_path / "out" / name)
    assert (contents.manifest.made_at, dict(contents.manifest.tables)) == (MADE_AT, {"t": 3})
    assert {name: (tmp_path / "out" / name).read_bytes() for name in contents.found} == FILES


def test_the_content_is_not_readable_without_the_key(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = new_backup_key()
    assert b"photo" not in write(tmp_path).read_bytes()


@pytest.mark.parametrize("cut", [0, 1, 511, 700, 200_000, 300_000, 361_000])
def test_a_cut_archive_is_refused(written: Path, cut: int) -> None:
    data = written.read_bytes()
    assert cut < len(data)
    written.write_bytes(data[:cut])
    with pytest.raises(BackupError):
        archive.read_archive(written, beat)


def test_an_encrypted_archive_without_its_last_byte_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = new_backup_key()
    path = write(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupError):
        archive.read_archive(path, beat)


@pytest.mark.parametrize("name", FILES)
def test_one_flipped_bit_is_found_and_the_file_named(tmp_path: Path, settings: Any, name: str) -> None:
    settings.BACKUP_KEY = ""
    path = write(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(FILES[name]) + 3] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError, match=f"tệp {name} không còn đúng"):
        archive.read_archive(path, beat)


def test_one_flipped_bit_of_an_encrypted_archive_is_found(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = new_backup_key()
    path = write(tmp_path)
    whole = path.read_bytes()
    for place in (200, 5_000, len(whole) // 2, len(whole) - 1):
        data = bytearray(whole)
        data[place] ^= 1
        path.write_bytes(data)
        with pytest.raises(BackupError, match=r"hỏng|Khóa"):
            archive.read_archive(path, beat)


def test_a_flipped_bit_in_the_manifest_is_found(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = ""
    path = write(tmp_path)
    data = bytearray(path.read_bytes())
    data[data.index(b'"tables"') + 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError, match="bản kê"):
        archive.read_archive(path, beat)


def test_wrong_missing_and_malformed_keys(tmp_path: Path, settings: Any) -> None:
    settings.BACKUP_KEY = new_backup_key()
    path = write(tmp_path)
    for key, message in (
        (new_backup_key(), "không phải khóa đã dùng"),
        ("", "đã mã hóa"),
        ("matkhau", "không đúng dạng"),
    ):
        settings.BACKUP_KEY = key
        with pytest.raises(BackupError, match=message):
            archive.read_archive(path, beat)


def test_the_key_in_a_file_may_have_comments(tmp_path: Path, settings: Any) -> None:
    key_file = tmp_path / "key.txt"
    key_file.write_text(f"# created today\n{new_backup_key()}\n", encoding="utf-8")
    settings.BACKUP_KEY = ""
    settings.BACKUP_KEY_FILE = str(key_file)
    path = write(tmp_path)
    assert path.read_bytes().startswith(b"age-encryption.org/v1")
    archive.read_archive(path, beat)
    settings.BACKUP_KEY_FILE = str(tmp_path / "none")
    with pytest.raises(BackupError, match="Không đọc được tệp khóa"):
        archive.read_archive(path, beat)


@pytest.mark.parametrize("name", ["../evil", "/etc/evil", "files/../../evil", "files/ab/.evil", "evil"])
def test_names_that_lead_elsewhere_are_refused(tmp_path: Path, settings: Any, name: str) -> None:
    settings.BACKUP_KEY = ""
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo(name)
        info.size = 1
        tar.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(BackupError, match="tệp lạ"):
        archive.read_archive(path, beat, lambda name: tmp_path / "out" / name)
    assert not (tmp_path / "out").exists()


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "evil.tar"
    with tarfile.open(path, "w") as tar:
        info = tarfile.TarInfo("files/ab/abcd")
        info.type = tarfile.SYMTYPE
        info.linkname = "/etc/passwd"
        tar.addfile(info)
    with pytest.raises(BackupError, match="tệp lạ"):
        archive.read_archive(path, beat)


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(b"\xff\xd8\xff" * 5_000)
    with pytest.raises(BackupError, match="hỏng"):
        archive.read_archive(path, beat)
    with pytest.raises(BackupError, match=r"Không có tệp .*ổ đĩa"):
        archive.read_archive(tmp_path / "none.tar", beat)


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    sources = [("files/ab/none", tmp_path / "none")]
    with pytest.raises(FileNotFoundError):
        archive.write_archive(folder / "b.tar", sources, BackupManifest(MADE_AT, "sqlite", {}, {}), beat)
    assert list(folder.iterdir()) == []
