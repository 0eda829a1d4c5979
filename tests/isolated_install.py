"""Separate installations for tests that kill processes: their own database, real commits, separate Python processes."""

import fcntl
import json
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import psycopg2
from django.db import connection

from tests.product_process import product_environment

ROOT = Path(__file__).resolve().parent.parent
DJANGO_SETUP_CODE = "import os, sys, time, django\ndjango.setup()\n"
SETUP_CODE = """
from django.core.management import call_command
from villages.seeds.commune_setup import read_commune_plan, set_up_commune
call_command("migrate", verbosity=0)
call_command("sync_base", verbosity=0)
set_up_commune(read_commune_plan(), password="sovang-2026")
"""


class IsolatedInstall:
    """Runs Python code with Django set up, on a database that nothing else uses."""

    def __init__(self, env: dict[str, str]) -> None:
        self.env = {**product_environment(), "PYTHONPATH": str(ROOT), **env}

    def start(self, code: str) -> subprocess.Popen[str]:
        """Starts the code in a new process."""
        return subprocess.Popen(
            [sys.executable, "-c", DJANGO_SETUP_CODE + code],
            cwd=ROOT,
            env=self.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, code: str) -> str:
        """Runs the code and returns its output; AssertionError when it fails."""
        process = self.start(code)
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return out.strip()


@contextmanager
def template_install(folder: Path) -> Iterator[IsolatedInstall]:
    """A migrated database with base data and the demo commune, on the kind of server that the test run uses.

    The processes of a test run share it: the first one makes it, the last one drops it.
    """
    folder.mkdir(exist_ok=True)
    made = folder / "environment.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            env = _environment(folder)
            _create_database(env)
            IsolatedInstall(env).run(SETUP_CODE)
            made.write_text(json.dumps(env))
        fcntl.flock(lock, fcntl.LOCK_SH)
        env = json.loads(made.read_text())
        yield IsolatedInstall(env)
        with suppress(BlockingIOError):  # another process still uses it
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            made.unlink()
            _drop_database(env)


@contextmanager
def fresh_install(model: IsolatedInstall, folder: Path) -> Iterator[IsolatedInstall]:
    """A copy of `model` with its own database and data folder."""
    env = _environment(folder)
    shutil.copytree(model.env["DATA_DIR"], env["DATA_DIR"])
    _create_database(env, model.env["DATABASE_URL"])
    try:
        yield IsolatedInstall(env)
    finally:
        _drop_database(env)


def _environment(folder: Path) -> dict[str, str]:
    """The settings of an installation in this folder; on PostgreSQL with the name of a new database."""
    env = {"DATA_DIR": str(folder / "data"), "JOB_LEASE_SECONDS": "1", "REDIS_URL": "", "DATABASE_URL": ""}
    env |= {"BACKUP_DAILY": "false", "BACKUP_DIR": "", "BACKUP_KEY": "", "BACKUP_KEY_FILE": ""}
    if connection.vendor == "postgresql":
        env["DATABASE_URL"] = f"{_server()}crash_{uuid.uuid4().hex[:12]}"
    return env


def _create_database(env: dict[str, str], template_url: str = "/template1") -> None:
    if env["DATABASE_URL"]:
        _execute('CREATE DATABASE "{}" TEMPLATE "{}"', env["DATABASE_URL"], template_url)


def _drop_database(env: dict[str, str]) -> None:
    if env["DATABASE_URL"]:
        _execute('DROP DATABASE "{}" WITH (FORCE)', env["DATABASE_URL"])


def _execute(statement: str, *urls: str) -> None:
    """Runs the statement, with the names of these databases, on the server of the test run."""
    admin = psycopg2.connect(_server() + "postgres")
    admin.autocommit = True  # a database is not created within a transaction
    with closing(admin):
        admin.cursor().execute(statement.format(*(url.rpartition("/")[2] for url in urls)))


def _server() -> str:
    settings = connection.settings_dict
    host = f"{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}"
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}/"
