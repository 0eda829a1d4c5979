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
from tests.product_process import product_environment

Worker = subprocess.Popen[bytes]
COMMAND = [sys.executable, "-m", "celery", "--quiet"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "ERROR"]


def start_worker(data: Path, *options: str, module: str = "emulation", **environment: str) -> Worker:
    """Starts a worker like bin/serve, in its own process group; `environment` is added to the variables of the test."""
    return subprocess.Popen(
        [*COMMAND, "-A", module, "worker", "--concurrency", "1", *options, *QUIET],
        cwd=settings.BASE_DIR,
        env={
            **product_environment(),
            "DATABASE_URL": _database_url(),
            "DATA_DIR": str(data),
            "BACKUP_DAILY": "false",
            **environment,
        },
        start_new_session=True,
    )


def kill_worker(worker: Worker) -> None:
    """Sends SIGKILL to the worker and its child processes."""
    with suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def use_broker(url: str) -> None:
    """Makes this process publish to that broker and drops its pooled connections."""
    app._after_fork()
    app.conf.broker_url = url


def _database_url() -> str:
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}@{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"
