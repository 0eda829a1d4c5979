"""Encryption of backups in the age format (age-encryption.org/v1), streaming and authenticated.

A backup can also be decrypted without this program: `age --decrypt --identity KEYFILE BACKUP.tar.age`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import IO, BinaryIO

import pyrage
from django.conf import settings

from emulation.backups.errors import USE_ANOTHER, BackupError

AGE_HEADER = b"age-encryption.org/v1"


def new_backup_key() -> str:
    """A new key, one line of text that begins with AGE-SECRET-KEY-."""
    return str(pyrage.x25519.Identity.generate())


def backup_key() -> pyrage.x25519.Identity | None:
    """The key of BACKUP_KEY or BACKUP_KEY_FILE; None if neither is set. Raises BackupError for anything else."""
    text: str = settings.BACKUP_KEY
    if not text and settings.BACKUP_KEY_FILE:
        text = _key_in_file(settings.BACKUP_KEY_FILE)
    if not text:
        return None
    try:
        return pyrage.x25519.Identity.from_str(text)
    except pyrage.IdentityError:
        raise BackupError(
            "Khóa sao lưu không đúng dạng. Khóa là một dòng bắt đầu bằng AGE-SECRET-KEY-; tạo bằng bin/backup --new-key."
        ) from None


def _key_in_file(path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.strip() for line in file]
    except (OSError, UnicodeDecodeError):
        raise BackupError(f"Không đọc được tệp khóa {path} (BACKUP_KEY_FILE).") from None
    return next((line for line in lines if line and not line.startswith("#")), "")


def is_encrypted(stream: BinaryIO) -> bool:
    """Whether the file is in the age format; leaves the stream at its beginning."""
    head = stream.read(len(AGE_HEADER))
    stream.seek(0)
    return head == AGE_HEADER


@contextmanager
def encrypting(target: IO[bytes], key: pyrage.x25519.Identity) -> Iterator[IO[bytes]]:
    """A stream whose bytes arrive encrypted in `target`; complete at the end of the block."""
    read_end, write_end = os.pipe()
    faults: list[Exception] = []

    def encrypt() -> None:
        with os.fdopen(read_end, "rb") as source:
            _note_fault(faults, lambda: pyrage.encrypt_io(source, target, [key.to_public()]))

    worker = Thread(target=encrypt, name="encrypt-backup")
    worker.start()
    try:
        with os.fdopen(write_end, "wb") as stream:
            yield stream
    except BrokenPipeError:
        worker.join()
        raise OSError(f"encryption ended early: {faults}") from None
    finally:
        worker.join()
    if faults:
        raise faults[0]


@contextmanager
def decrypting(source: BinaryIO, key: pyrage.x25519.Identity | None) -> Iterator[IO[bytes]]:
    """A stream of the decrypted bytes of `source`. Raises BackupError for a missing or wrong key and damaged bytes.

    Damage is reported at the end of the block: until then the stream just ends early.
    """
    if key is None:
        raise BackupError("Bản sao lưu này đã mã hóa. Hãy đặt BACKUP_KEY hoặc BACKUP_KEY_FILE rồi chạy lại.")
    read_end, write_end = os.pipe()
    faults: list[Exception] = []

    def decrypt() -> None:
        with suppress(BrokenPipeError), os.fdopen(write_end, "wb") as target:
            _note_fault(faults, lambda: pyrage.decrypt_io(source, target, [key]))

    worker = Thread(target=decrypt, name="decrypt-backup")
    worker.start()
    broken: Exception | None = None
    try:
        with os.fdopen(read_end, "rb") as stream:
            yield stream
    except Exception as error:
        broken = error
    worker.join()
    if any(isinstance(fault, pyrage.DecryptError) for fault in faults):
        raise BackupError(
            "Khóa không mở được bản sao lưu này: không phải khóa đã dùng khi sao lưu, hoặc phần đầu của tệp bị hỏng."
        )
    if broken:
        raise broken
    if faults:
        raise BackupError(f"Bản sao lưu bị hỏng: nội dung mã hóa đã bị thay đổi. {USE_ANOTHER}")


def _note_fault(faults: list[Exception], work: Callable[[], None]) -> None:
    """Runs the work of a thread; what it raises is looked at by the thread that started it."""
    try:
        work()
    except Exception as error:
        faults.append(error)
