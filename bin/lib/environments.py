"""What the stages of bin/test run on: databases, servers, settings, each as a context with its environment variables."""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

import servers
from paths import PYTHON, ROOT

Environment = dict[str, str]
UNSET = (
    "DATABASE_URL", "REDIS_URL", "HTTPS", "DEBUG", "SECRET_KEY", "SITE_URL", "BACKUP_DIR", "BACKUP_KEY", "BACKUP_KEY_FILE",
)  # fmt: skip
"""Settings of the developer's own installation, which no stage may use."""
DEMO_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []
"""The folder of `demo_copy`, once it is made; removed at the end of the run."""
DEMO_LOCK = Lock()


@contextmanager
def embedded() -> Iterator[Environment]:
    """The defaults: SQLite, the file broker."""
    yield {}


@contextmanager
def production() -> Iterator[Environment]:
    """The settings of a production server."""
    yield {
        "HTTPS": "true",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "sovang.example",
        "CSRF_TRUSTED_ORIGINS": "https://sovang.example",
        "SITE_URL": "https://sovang.example",
    }


@contextmanager
def services() -> Iterator[Environment]:
    """A temporary PostgreSQL and Redis."""
    with servers.temporary_postgres() as database, servers.temporary_redis() as broker:
        yield {"DATABASE_URL": database, "REDIS_URL": broker}


@contextmanager
def demo_copy() -> Iterator[Environment]:
    """A folder with the demo on SQLite, which the stack of the stage copies: preparing it costs a minute of a core.

    If that fails, the stack prepares its own and shows why.
    """
    with DEMO_LOCK:
        if not DEMO_FOLDERS:
            DEMO_FOLDERS.append(tempfile.TemporaryDirectory(prefix="sovang-demo-"))
            env = {**os.environ, **dict.fromkeys(UNSET, ""), "DATA_DIR": DEMO_FOLDERS[0].name}
            subprocess.run([PYTHON, "manage.py", "prepare"], cwd=ROOT, env=env, check=False, stdout=subprocess.DEVNULL)
    yield {"STACK_DEMO": DEMO_FOLDERS[0].name}


@contextmanager
def several_processes() -> Iterator[Environment]:
    """A running stack (stack.py) with its own PostgreSQL and Redis and two worker processes."""
    with servers.temporary_postgres() as database, servers.temporary_redis() as broker:
        yield {"STACK_DATABASE_URL": database, "STACK_REDIS_URL": broker, "CELERY_WORKERS": "2"}
