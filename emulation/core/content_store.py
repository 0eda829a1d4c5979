"""Content-addressed file store: `put` bytes, keep the SHA-256, `read` them back. Files are never changed in place.

A file is stored at MEDIA_ROOT/ab/cd/abcd…. The write is atomic: after a crash the file is complete or missing.
"""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

_SHA256 = re.compile(r"[0-9a-f]{64}")


def put(data: bytes) -> str:
    """Store the bytes and return their SHA-256 (hex); storing them again changes nothing, or repairs a damaged file."""
    sha = hashlib.sha256(data).hexdigest()
    if verify(sha):
        return sha
    target = path(sha)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fchmod(stream.fileno(), 0o400)
            os.fsync(stream.fileno())
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    for folder in (target.parent, target.parent.parent, target.parent.parent.parent):
        _sync_folder(folder)
    return sha


def path(sha: str) -> Path:
    """The path for this hash, whether or not the file exists. Raises ValueError if `sha` is not a SHA-256."""
    if not _SHA256.fullmatch(sha):
        raise ValueError(f"not a SHA-256: {sha!r}")
    return Path(settings.MEDIA_ROOT) / sha[:2] / sha[2:4] / sha


def read(sha: str) -> bytes:
    """The bytes with this hash. Raises FileNotFoundError if they were never stored."""
    return path(sha).read_bytes()


def exists(sha: str) -> bool:
    return path(sha).is_file()


def verify(sha: str) -> bool:
    """Whether the file exists and its bytes still match the hash."""
    try:
        with path(sha).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == sha
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
