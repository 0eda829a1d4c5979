"""Job functions by kind, and functions of the periodic tick; apps register theirs when Django starts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from emulation.core.registry import Registry

JobHandler = Callable[..., Any]
TickCallback = Callable[[datetime], None]
job_handlers: Registry[JobHandler] = Registry("Job handlers", "kind of job: the function that a worker calls for it")
tick_callbacks: Registry[TickCallback] = Registry(
    "Tick callbacks", "name: a function called with the local time every five minutes"
)
