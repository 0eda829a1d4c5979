"""Registry of the stored files that rows refer to, so that missing and damaged files are found and named.

Each app registers in AppConfig.ready() a function that lists its files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class StoredFile:
    """A file of the content store that a row refers to.

    `name` is in Vietnamese and for users; `make_again` requests the file again (None: only people have another copy).
    """

    sha256: str
    name: str
    commune_id: int | None = None
    make_again: Callable[[], None] | None = None


StoredFileSource = Callable[[], Iterator[StoredFile]]
_sources: list[StoredFileSource] = []


def stored_file_source(function: StoredFileSource) -> StoredFileSource:
    """Registers a function that yields the files of an app; may be used as a decorator."""
    if function not in _sources:
        _sources.append(function)
    return function


def stored_files() -> Iterator[StoredFile]:
    """The files of all apps; a file that several rows refer to comes several times."""
    for source in _sources:
        yield from source()
