"""The short form of bin/drill: every drill is listed with a title, and a few mutants of one file are found."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

DRILLS = {"kill", "load", "mutation", "year"}


def drill(*words: str) -> subprocess.CompletedProcess[str]:
    """The finished process of bin/drill without the installing of packages."""
    command = [sys.executable, "bin/lib/drill.py", *words]
    return subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


def test_every_drill_is_listed_with_its_title() -> None:
    lines = drill("--list").stdout.splitlines()
    names = [line.split()[0] for line in lines]
    assert set(names) >= DRILLS and names == sorted(names)
    assert all(len(line.split()) > 4 for line in lines)
    text = (Path(settings.BASE_DIR) / "docs" / "testing.md").read_text(encoding="utf-8")
    assert not [name for name in names if f"bin/drill {name}" not in text]


def test_an_unknown_drill_is_refused() -> None:
    done = drill("mutations")
    assert done.returncode == 2 and "mutation" in done.stderr and done.stdout == ""


@pytest.mark.slow
def test_faults_in_a_rule_are_found_by_its_tests() -> None:
    """The whole way of bin/drill mutation on one file: sample, coverage, forks, report."""
    options = (
        "--only",
        "engine/rules/council",
        "--count",
        "12",
        "--least",
        "75",
        "--tests",
        "emulation/legal/tests/test_rules.py",
    )
    done = drill("mutation", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "12 of 12 mutants run" in done.stdout and "emulation/legal/engine/rules/council.py" in done.stdout


@pytest.mark.slow
def test_faults_that_no_test_reaches_survive_and_are_named() -> None:
    options = ("--only", "engine/rules/council", "--count", "3", "--tests", "emulation/core/tests/test_text.py")
    done = drill("mutation", *options)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "reached by no test" in done.stdout and "0.0 % killed" in done.stdout
    assert done.stdout.count("\n+") == 3, "each survivor is shown with its changed line"
