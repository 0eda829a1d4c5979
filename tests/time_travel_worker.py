"""A Celery worker with a simulated clock, which logs received and finished messages.

CLOCK_FILE contains the time as ISO text; CLOCK_NOTES gets a plus for each message received and a minus for each finished.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import time_machine
from celery.signals import task_postrun, task_prerun, task_received, task_revoked

from emulation.celery import app

__all__ = ["app"]
CLOCK = Path(os.environ["CLOCK_FILE"])
NOTES = Path(os.environ["CLOCK_NOTES"])
_travels: list[time_machine.travel] = []
_received: set[str] = set()


@task_prerun.connect
def _travel_to_hour(task: Any, **rest: Any) -> None:
    """Sets the clock for this task. It is not reset after the task, because the worker checks for expired messages between tasks."""
    while _travels:
        _travels.pop().stop()
    _travels.append(time_machine.travel(datetime.fromisoformat(CLOCK.read_text()), tick=False))
    _travels[0].start()


@task_received.connect
def _on_received(request: Any, **rest: Any) -> None:
    """Runs before the message is acknowledged in Redis, so a message is always visible in Redis or in the notes."""
    _received.add(request.id)
    _note("+")


@task_postrun.connect
def _on_finished(task_id: str, **rest: Any) -> None:
    _received.discard(task_id)
    _note("-")


@task_revoked.connect
def _on_revoked(request: Any, **rest: Any) -> None:
    """An expired message: rejected on arrival (never received) or when its turn comes."""
    if request.id in _received:
        _on_finished(request.id)


def _note(sign: str) -> None:
    with NOTES.open("a") as notes:
        notes.write(sign)
