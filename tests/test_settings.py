"""The settings of the product do not depend on whether tests run."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

PRINT_SETTINGS = """
import json
from emulation import settings
print(json.dumps({name: value for name, value in vars(settings).items() if name.isupper()}, default=str))
"""


def settings_of_process(data: Path, first_line: str) -> dict[str, Any]:
    """The product's settings as a new process reads them after this line of code."""
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(data)}
    command = [sys.executable, "-c", first_line + PRINT_SETTINGS]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_importing_pytest_changes_no_setting(tmp_path: Path) -> None:
    plain = settings_of_process(tmp_path, "")
    assert settings_of_process(tmp_path, "import pytest, pytest_django, unittest") == plain
    assert plain["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    assert plain["STORAGES"]["staticfiles"]["BACKEND"].endswith("CompressedManifestStaticFilesStorage")


def test_tests_use_settings_of_their_own() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.MD5PasswordHasher"]
