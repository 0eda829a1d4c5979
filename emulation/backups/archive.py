"""The archive file of a backup: a tar with the database, the stored files and, at its end, the manifest."""

import hashlib
import io
import os
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from emulation.backups import manifest as manifests
from emulation.backups.encryption import backup_key, decrypting, encrypting, is_encrypted
from emulation.backups.errors import USE_ANOTHER, BackupError
from emulation.backups.manifest import BackupManifest, FileDigest

Heartbeat = Callable[[], None]
"""Called often during long work, so that a job can renew its lease."""

CHUNK = 1024 * 1024
LAST_RESORT = (
    "Cơ sở dữ liệu trong bản này vẫn nguyên vẹn: nếu không còn bản nào khác, chạy bin/restore với --leave-out-damaged để khôi "
    "phục mà bỏ lại các tệp hỏng."
)
_SAFE_NAME = re.compile(
    r"(database\.sqlite3\.gz|database\.pgdump|secret_key|manifest\.json|manifest\.json\.sha256"
    r"|(files|mail)(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)"
)


@dataclass(frozen=True)
class ArchiveContents:
    """The manifest of an archive, what was really in it, and the damaged files that may be left out (by their names)."""

    manifest: BackupManifest
    found: dict[str, FileDigest]
    damaged: tuple[str, ...] = ()


class DigestReader:
    """Reads a file and computes its SHA-256 on the way."""

    def __init__(self, source: IO[bytes], heartbeat: Heartbeat) -> None:
        self.source = source
        self.heartbeat = heartbeat
        self.sha256 = hashlib.sha256()
        self.size = 0

    def read(self, size: int = CHUNK) -> bytes:
        data = self.source.read(size)
        self.sha256.update(data)
        self.size += len(data)
        self.heartbeat()
        return data

    def digest(self) -> FileDigest:
        return FileDigest(self.size, self.sha256.hexdigest())


def write_archive(
    path: Path, sources: Iterable[tuple[str, Path]], manifest: BackupManifest, heartbeat: Heartbeat
) -> BackupManifest:
    """Writes the archive under a temporary name, syncs it and renames it; returns the manifest with the digests.

    The file is readable by its owner only, and encrypted if there is a key.
    """
    key = backup_key()
    temporary = path.with_name(f".new-{path.name}")
    temporary.unlink(missing_ok=True)
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as target:
            with ExitStack() as stack:
                stream: IO[bytes] = stack.enter_context(encrypting(target, key)) if key else target
                complete = _write_members(stream, sources, manifest, heartbeat)
            target.flush()
            os.fsync(target.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)
    return complete


def _write_members(
    stream: IO[bytes], sources: Iterable[tuple[str, Path]], manifest: BackupManifest, heartbeat: Heartbeat
) -> BackupManifest:
    digests: dict[str, FileDigest] = {}
    with tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT) as archive:
        for name, source in sources:
            with source.open("rb") as file:
                reader = DigestReader(file, heartbeat)
                info = tarfile.TarInfo(name)
                info.size = os.fstat(file.fileno()).st_size
                info.mode = 0o600
                archive.addfile(info, cast(IO[bytes], reader))
            digests[name] = reader.digest()
        complete = replace(manifest, files=digests)
        data = complete.to_json()
        _write_bytes(archive, manifests.MANIFEST, data)
        _write_bytes(archive, manifests.MANIFEST_HASH, hashlib.sha256(data).hexdigest().encode())
    return complete


def _write_bytes(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(data)
    archive.addfile(info, io.BytesIO(data))


def read_archive(
    path: Path,
    heartbeat: Heartbeat,
    target: Callable[[str], Path | None] = lambda name: None,
    *,
    leave_out_damaged: bool = False,
) -> ArchiveContents:
    """Reads the whole archive and checks it against its manifest.

    `target` returns the path for a member (None: not written). Raises BackupError that names what is damaged, missing or
    additional, and for a missing or wrong key. With `leave_out_damaged`, damaged stored files are only named in the result.
    """
    found: dict[str, FileDigest] = {}
    kept: dict[str, bytes] = {}
    begun: list[str] = []
    try:
        with _opened(path) as stream:
            for name, source in _members(stream, begun):
                reader = DigestReader(source, heartbeat)
                if name in (manifests.MANIFEST, manifests.MANIFEST_HASH):
                    kept[name] = reader.read(-1)
                else:
                    _copy(reader, target(name))
                    found[name] = reader.digest()
    except (tarfile.TarError, EOFError):
        if not begun:
            raise BackupError(
                f"Tệp {path.name} hỏng ngay từ đầu, hoặc không phải bản sao lưu của phần mềm này. {USE_ANOTHER}"
            ) from None
        raise BackupError(
            f"Bản sao lưu bị hỏng hoặc bị cắt cụt ở tệp {begun[-1]}: không đọc tiếp được. {USE_ANOTHER}"
        ) from None
    manifest = _checked_manifest(kept)
    differences = manifests.file_differences(manifest, found)
    only_files = all(manifests.can_be_left_out(manifest, name) for name in differences)
    if differences and not (leave_out_damaged and only_files):
        lines = "; ".join(list(differences.values())[:10])
        last_resort = f" {LAST_RESORT}" if only_files else ""
        raise BackupError(f"Bản sao lưu bị hỏng: {lines}. {USE_ANOTHER}{last_resort}")
    return ArchiveContents(manifest, found, tuple(differences))


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The tar stream of the archive, decrypted if need be."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(_unreadable(path, error)) from None
    with file, ExitStack() as stack:
        source = cast(BinaryIO, file)
        encrypted = is_encrypted(source)
        yield stack.enter_context(decrypting(source, backup_key())) if encrypted else source


def _unreadable(path: Path, error: OSError) -> str:
    """Why the file cannot be opened, in words for the person at the keyboard."""
    if isinstance(error, FileNotFoundError):
        return f"Không có tệp {path}. Hãy xem lại tên tệp và ổ đĩa chứa tệp đã gắn chưa."
    if isinstance(error, IsADirectoryError):
        return f"{path} là thư mục. Hãy ghi tên một tệp sao lưu trong đó (sovang-….tar hoặc sovang-….tar.age)."
    if isinstance(error, PermissionError):
        return f"Tài khoản đang chạy lệnh không có quyền đọc tệp {path}."
    return f"Không đọc được tệp {path}: {error.strerror}."


def _members(stream: IO[bytes], begun: list[str]) -> Iterator[tuple[str, IO[bytes]]]:
    """The names and streams of the regular files; `begun` collects the names. Raises BackupError for any other member."""
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            name = info.name
            if not info.isreg() or not _SAFE_NAME.fullmatch(name) or name in begun:
                raise BackupError(
                    f"Bản sao lưu bị hỏng hoặc không phải của phần mềm này: có tệp lạ {name!r}. {USE_ANOTHER}"
                )
            begun.append(name)
            yield name, cast(IO[bytes], archive.extractfile(info))
        while stream.read(CHUNK):  # to the end, so that the whole of it is authenticated
            pass


def _copy(reader: DigestReader, target: Path | None) -> None:
    if target is None:
        while reader.read(CHUNK):
            pass
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as file:
        while data := reader.read(CHUNK):
            file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _checked_manifest(kept: dict[str, Any]) -> BackupManifest:
    data = kept.get(manifests.MANIFEST)
    digest = kept.get(manifests.MANIFEST_HASH)
    if data is None or digest is None:
        raise BackupError(f"Bản sao lưu bị cắt cụt: không có bản kê {manifests.MANIFEST}. {USE_ANOTHER}")
    if hashlib.sha256(data).hexdigest().encode() != digest:
        raise BackupError(f"Bản sao lưu bị hỏng: bản kê {manifests.MANIFEST} không khớp mã băm. {USE_ANOTHER}")
    return manifests.manifest_from_json(data)


def sync_folder(folder: Path) -> None:
    """Makes a rename in this folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
