"""The office's pictures, by hash, for the engines."""

from emulation.core import files


def read(sha: str) -> bytes | None:
    """The bytes of an uploaded emblem or border; None when the file is gone."""
    try:
        return files.read(sha)
    except FileNotFoundError:
        return None
