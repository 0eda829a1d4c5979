"""bin/measure --check and --tighten, and the outputs of the command."""

import json
import subprocess
import sys
from pathlib import Path

import measure
import pytest
from metrics import limits
from metrics.names import CLASSES, FUNCTIONS
from metrics.source import Measurement

CLEAN = '''"""A module."""


def double(value: int) -> int:
    """Twice the value."""
    return 2 * value
'''
MEASURED = [
    Measurement("complexity_max", "product", 10),
    Measurement("functions_typed_percent", "product", 90.0, "higher"),
    Measurement("lines", "product", 5000, "neither"),
]
NAMES = {CLASSES: {"Line": 3}, FUNCTIONS: {"tell": 2}}
EXACT: limits.Limits = {
    "product": {"complexity_max": 10, "functions_typed_percent": 90.0},
    CLASSES: {"Line": 3},
    FUNCTIONS: {"tell": 2},
}


@pytest.mark.parametrize(
    ("section", "values", "expected"),
    [
        ("product", EXACT["product"], []),
        (
            "product",
            {"complexity_max": 9, "functions_typed_percent": 89.9},
            ["product: complexity_max is 10, the limit is 9"],
        ),
        (
            "product",
            {"complexity_max": 11, "functions_typed_percent": 90.1},
            ["product: functions_typed_percent is 90.0, the limit is 90.1"],
        ),
        (
            "product",
            {"complexity_max": 10},
            ["product: functions_typed_percent has no limit yet; run bin/measure --tighten"],
        ),
        (
            "product",
            {**EXACT["product"], "lines": 5000},
            ["product: lines is no figure with a limit; remove it from the file"],
        ),
        (
            CLASSES,
            {},
            [f"{CLASSES}: Line is defined in 3 modules; choose another name (--details {CLASSES})"],
        ),
        (
            CLASSES,
            {"Line": 2},
            [f"{CLASSES}: Line is defined in 3 modules; choose another name (--details {CLASSES})"],
        ),
        (
            FUNCTIONS,
            {"tell": 2, "choose": 2},
            [f"{FUNCTIONS}: choose is no longer used twice; remove it from the list"],
        ),
    ],
)
def test_failures(section: str, values: dict[str, float], expected: list[str]) -> None:
    assert limits.failures(MEASURED, NAMES, {**EXACT, section: values}) == expected


def test_tightening_never_loosens_a_limit() -> None:
    known: limits.Limits = {
        "product": {"complexity_max": 12, "functions_typed_percent": 95.0, "gone": 1},
        CLASSES: {"Line": 5, "Owed": 2},
        FUNCTIONS: {},
    }
    assert limits.tightened(MEASURED, NAMES, known) == {
        "product": {"complexity_max": 10, "functions_typed_percent": 95.0},
        CLASSES: {"Line": 3},
        FUNCTIONS: {},
    }
    assert limits.tightened(MEASURED, NAMES, {}) == EXACT


def test_the_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    limits.write_limits(tmp_path / "limits.toml", EXACT)
    assert limits.read_limits(tmp_path / "limits.toml") == EXACT


def command(*options: str | Path) -> subprocess.CompletedProcess[str]:
    script = Path(measure.__file__)
    return subprocess.run([sys.executable, script, *map(str, options)], capture_output=True, text=True, check=False)


def test_check_fails_after_a_fault_is_added(tmp_path: Path) -> None:
    (tmp_path / "first.py").write_text(CLEAN)
    options = ("--root", tmp_path, "--limits", tmp_path / "limits.toml")
    assert command("--tighten", *options).returncode == 0
    assert command("--check", *options).returncode == 0
    (tmp_path / "planted.py").write_text("a, b = 1, 2\n")
    (tmp_path / "second.py").write_text(CLEAN)
    result = command("--check", *options)
    assert result.returncode == 1
    assert result.stdout.splitlines() == [
        "product: tuple_assignments is 1, the limit is 0",
        f"{FUNCTIONS}: double is defined in 2 modules; choose another name (--details {FUNCTIONS})",
    ]


def test_the_outputs(tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text("a, b = 1, 2\n")
    assert json.loads(command("--root", tmp_path, "--json").stdout)["product"]["tuple_assignments"] == 1
    table = [line.split() for line in command("--root", tmp_path).stdout.splitlines()]
    assert ["tuple_assignments", "1", "0", "0"] in table
    details = command("--root", tmp_path, "--details", "tuple_assignments").stdout
    assert "product: 1\nplanted.py:1  a, b = 1, 2\n" in details
    unknown = command("--root", tmp_path, "--details", "nothing")
    assert unknown.returncode == 1
    assert "no figure of this name: nothing" in unknown.stderr
