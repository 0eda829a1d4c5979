"""The generated pages of docs/ are up to date."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from reports.management.commands.write_docs import GENERATED_FILES


@pytest.mark.parametrize("name", GENERATED_FILES)
def test_generated_docs_are_up_to_date(name):
    written = (Path(settings.BASE_DIR) / "docs" / name).read_text(encoding="utf-8")
    assert written == GENERATED_FILES[name](), "run manage.py write_docs"


ROOT = Path(settings.BASE_DIR)
PATHS = re.compile(
    r"`((?:emulation|villages|campaigns|commendations|reports|portal|tests|templates|static|docs|bin|benchmarks|deploy)/[\w./*-]+)`"
)
HAND_WRITTEN = [
    "README.md",
    "deploy/README.md",
    *(f"docs/{name}.md" for name in ("architecture", "glossary", "howto", "testing", "ui")),
]


@pytest.mark.parametrize("name", HAND_WRITTEN)
def test_docs_name_files_that_exist(name):
    named = PATHS.findall((ROOT / name).read_text(encoding="utf-8"))
    built_later = ("static/built",)
    missing = [path for path in named if not path.startswith(built_later) and not list(ROOT.glob(path.rstrip("/")))]
    assert not missing
