"""Registry of job functions by kind, and of functions for the periodic tick; apps register theirs in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

JobHandler = Callable[..., Any]
_handlers: dict[str, JobHandler] = {}
_ticks: list[Callable[[Any], None]] = []


def job_handler(kind: str) -> Callable[[JobHandler], JobHandler]:
    """Decorator: registers the function for this kind of job; it is called with the JobContext and the job's `ids`."""

    def register(function: JobHandler) -> JobHandler:
        _handlers[kind] = function
        return function

    return register


def job_handler_for(kind: str) -> JobHandler:
    """The function for a kind of job. Raises LookupError for a kind that is not registered."""
    if kind not in _handlers:
        raise LookupError(f"no handler for job kind {kind!r}")
    return _handlers[kind]


def on_tick(function: Callable[[Any], None]) -> Callable[[Any], None]:
    """Decorator: calls the function with the current local time at every tick (every five minutes)."""
    if function not in _ticks:
        _ticks.append(function)
    return function


def tick_callbacks() -> list[Callable[[Any], None]]:
    return list(_ticks)
