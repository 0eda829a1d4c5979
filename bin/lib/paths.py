"""Paths of the project and the .env reader, for the scripts in this folder (without Django)."""

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYTHON = str(ROOT / ".venv" / "bin" / "python") if (ROOT / ".venv").exists() else sys.executable


def load_env() -> None:
    """Loads .env with the same function as settings.py; loaded by path, so that Celery is not imported."""
    spec = importlib.util.spec_from_file_location("sovang_env", ROOT / "emulation" / "env.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.load_dotenv(ROOT / ".env")
