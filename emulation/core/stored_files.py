"""Registry of the stored files that rows refer to, so that missing and damaged files are found and named.

Each app registers in AppConfig.ready() a function that lists its files.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from emulation.core.registry import Registry


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
stored_file_sources: Registry[StoredFileSource] = Registry(
    "Stored files", "kind of file: a function that yields the stored files that rows of this kind refer to"
)


def stored_files() -> Iterator[StoredFile]:
    """The files of all apps; a file that several rows refer to comes several times."""
    for source in stored_file_sources.values():
        yield from source()
