"""The commands of the server while the database is not ready: they wait, and end with a sentence, never with a traceback."""

import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing

import pytest
from django.db import OperationalError

from emulation.core.database_wait import is_busy
from tests.isolated_install import ROOT
from tests.new_commune import EXAMPLE
from tests.product_process import product_environment

pytestmark = pytest.mark.sqlite


def manage(folder, *words):
    env = {**product_environment(), "PYTHONPATH": str(ROOT), "DATA_DIR": str(folder), "DATABASE_URL": ""}
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, **env},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def outcome(process):
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """A folder in which the first migration and the command started at the same time, as in two terminals; how the latter ended."""
    folder = tmp_path_factory.mktemp("opened")
    migrating = manage(folder, "migrate", "--verbosity", "0")
    opening = manage(folder, "open_commune", str(EXAMPLE), "--wait", "290")
    assert outcome(migrating)[0] == 0
    return folder, outcome(opening)


def test_a_database_that_nobody_prepares_is_named(tmp_path):
    for words in (["open_commune", str(EXAMPLE)], ["reset_login", "vanphong"]):
        code, out, err = outcome(manage(tmp_path, *words, "--wait", "1"))
        assert (code, out) == (1, "") and "Traceback" not in err
        assert "chưa chuẩn bị xong" in err and "Chạy bin/serve" in err


@pytest.mark.slow
def test_a_commune_opens_once_the_first_migration_is_done(opened):
    code, out, err = opened[1]
    assert code == 0 and "Traceback" not in err and "72 giờ" in out and "Đang đợi" in err


@pytest.mark.slow
def test_a_locked_database_is_waited_for_and_then_named(opened):
    with closing(sqlite3.connect(opened[0] / "sovang.sqlite3", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        code, out, err = outcome(manage(opened[0], "reset_login", "vanphong", "--wait", "0"))
        assert (code, out) == (1, "") and "Traceback" not in err
        assert "đang bận" in err and "Chưa có gì thay đổi" in err
        began = time.monotonic()
        release = threading.Timer(3, lambda: other.execute("ROLLBACK"))
        release.start()
        code, out, err = outcome(manage(opened[0], "reset_login", "vanphong"))
        release.join()
    assert code == 0 and "mã " in out and "Traceback" not in err
    assert time.monotonic() - began > 3


@pytest.mark.parametrize(
    ("message", "busy"),
    [
        ("database is locked", True),
        ("canceling statement due to lock timeout", True),
        ("FATAL: the database system is starting up", True),
        ("no such table: communes_commune", False),
        ("disk I/O error", False),
    ],
)
def test_only_what_passes_is_waited_for(message, busy):
    assert is_busy(OperationalError(message)) is busy
