"""Small values that many functions read again and again, read once for the length of a block."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

T = TypeVar("T")
_read: ContextVar[dict[Hashable, object] | None] = ContextVar("values read in this block", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside the block, which must only read, `once` calls each function one time for a key."""
    reset = _read.set({})
    try:
        yield
    finally:
        _read.reset(reset)


def once(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` returns; inside a block of `reading_once`, what it returned the first time for this key."""
    values = _read.get()
    if values is None:
        return read()
    if key not in values:
        values[key] = read()
    return cast(T, values[key])
