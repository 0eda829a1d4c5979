"""Separate installations for tests that kill processes: their own database, real commits, separate Python processes."""

import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
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
    """A migrated database with base data and the demo commune, on the kind of server that the test run uses."""
    with _database(folder) as install:
        install.run(SETUP_CODE)
        yield install


@contextmanager
def fresh_install(model: IsolatedInstall, folder: Path) -> Iterator[IsolatedInstall]:
    """A copy of `model` with its own database and data folder."""
    with _database(folder, model) as install:
        yield install


@contextmanager
def _database(folder: Path, model: IsolatedInstall | None = None) -> Iterator[IsolatedInstall]:
    """An installation on an empty database, or on a copy of the database of `model`."""
    env = {"DATA_DIR": str(folder / "data"), "JOB_LEASE_SECONDS": "1", "REDIS_URL": "", "DATABASE_URL": ""}
    env |= {"BACKUP_DAILY": "false", "BACKUP_DIR": "", "BACKUP_KEY": "", "BACKUP_KEY_FILE": ""}
    if model:
        shutil.copytree(model.env["DATA_DIR"], env["DATA_DIR"])
    if connection.vendor != "postgresql":
        yield IsolatedInstall(env)
        return
    settings = connection.settings_dict
    server = f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST'] or '127.0.0.1'}:{settings['PORT'] or 5432}/"
    name = f"crash_{uuid.uuid4().hex[:12]}"
    admin = psycopg2.connect(server + "postgres")
    admin.autocommit = True
    template = model.env["DATABASE_URL"].rpartition("/")[2] if model else "template1"
    admin.cursor().execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield IsolatedInstall({**env, "DATABASE_URL": server + name})
    finally:
        admin.cursor().execute(f'DROP DATABASE "{name}" WITH (FORCE)')
        admin.close()
