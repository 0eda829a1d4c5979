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
FOLDERS_OF_SOURCE = (
    *("emulation", "villages", "campaigns", "commendations", "reports", "portal"),
    *("templates", "bin", "benchmarks", "deploy"),
)
NOT_MAPPED = {"tests", "migrations"}
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


@pytest.fixture(scope="module")
def mapped_files():
    """The paths of the map in docs/architecture.md, each with the text of its line after the name."""
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("## 10. Map of all files")[1]
    found = {}
    folder = ""
    for line in page.splitlines():
        if heading := re.fullmatch(r"\*\*`(.+/)`\*\*", line):
            folder = heading[1]
        elif entry := re.match(r"- `([^`]+)`:?(.*)$", line):
            found[folder + entry[1]] = entry[2]
    return found


@pytest.mark.parametrize("folder", FOLDERS_OF_SOURCE)
def test_every_source_file_is_in_the_map(folder, mapped_files):
    files = [path.relative_to(ROOT) for path in (ROOT / folder).rglob("*.*") if path.suffix in (".py", ".html")]
    mapped = [path for path in files if not NOT_MAPPED & set(path.parts) and (ROOT / path).read_bytes().strip()]
    assert mapped
    assert not [path for path in mapped if path.as_posix() not in mapped_files]


def test_each_file_of_the_map_is_described(mapped_files):
    assert not [path for path, about in mapped_files.items() if len(about) < 6]
