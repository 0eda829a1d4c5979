"""Real Celery worker processes on the test database and a real Redis."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from emulation.celery import app

Worker = subprocess.Popen[bytes]
COMMAND = [sys.executable, "-m", "celery", "--quiet"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]


def start_worker(data: Path, *options: str, module: str = "emulation", **environment: str) -> Worker:
    """A worker as bin/serve starts it, in a process group of its own; `environment` on top of the test's."""
    return subprocess.Popen(
        [*COMMAND, "-A", module, "worker", "--concurrency", "1", *options, *QUIET],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": _database_url(), "DATA_DIR": str(data), **environment},
        start_new_session=True,
    )


def kill_worker(worker: Worker) -> None:
    """kill -9 of the worker and of the processes it made."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def use_broker(url: str) -> None:
    """From here on this process rings at that broker; its pooled connections are forgotten."""
    app._after_fork()
    app.conf.broker_url = url


def _database_url() -> str:
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
