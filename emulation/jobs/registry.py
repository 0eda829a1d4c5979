"""Which function carries out which kind of job; rooms above register theirs in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

Handler = Callable[..., Any]
_handlers: dict[str, Handler] = {}
_ticks: list[Callable[[Any], None]] = []


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Decorator: this function does jobs of that kind; it is called with the job and the job's ids."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        return function

    return register


def handler_of(kind: str) -> Handler:
    """The function for a kind. Raises LookupError for a kind that nobody registered."""
    if kind not in _handlers:
        raise LookupError(f"no handler for job kind {kind!r}")
    return _handlers[kind]


def on_tick(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Decorator: call this with the current date-time at every tick of the clock (each five minutes)."""
    if function not in _ticks:
        _ticks.append(function)
    return function


def ticks() -> list[Callable[[Any], None]]:
    return list(_ticks)
