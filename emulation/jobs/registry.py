"""Which function carries out which kind of job; rooms above register theirs in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

JobHandler = Callable[..., Any]
_handlers: dict[str, JobHandler] = {}
_ticks: list[Callable[[Any], None]] = []


def job_handler(kind: str) -> Callable[[JobHandler], JobHandler]:
    """Decorator: this function does jobs of that kind; it is called with the job and the job's ids."""

    def register(function: JobHandler) -> JobHandler:
        _handlers[kind] = function
        return function

    return register


def job_handler_for(kind: str) -> JobHandler:
    """The function for a kind. Raises LookupError for a kind that nobody registered."""
    if kind not in _handlers:
        raise LookupError(f"no handler for job kind {kind!r}")
    return _handlers[kind]


def on_tick(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Decorator: call this with the current date-time at every tick of the clock (each five minutes)."""
    if function not in _ticks:
        _ticks.append(function)
    return function


def tick_callbacks() -> list[Callable[[Any], None]]:
    return list(_ticks)
