"""Parts that several drills share: parts of the test suite, run longer than bin/test runs them."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager

from environments import Environment, embedded, services
from paths import PYTHON, ROOT

SQLITE: Callable[[], AbstractContextManager[Environment]] = embedded
POSTGRES: Callable[[], AbstractContextManager[Environment]] = services


def run_tests(
    title: str, setting: Callable[[], AbstractContextManager[Environment]], tests: list[str], **environment: str
) -> bool:
    """Runs these tests with the databases of `setting` and a data folder of their own; whether all passed."""
    print(f"\n── {title}", flush=True)
    with tempfile.TemporaryDirectory(prefix="sovang-drill-") as data, setting() as servers:
        env = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", "DATA_DIR": data, **servers, **environment}
        command = [PYTHON, "-m", "pytest", "-q", "--tb=short", "--durations=5", *tests]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0
