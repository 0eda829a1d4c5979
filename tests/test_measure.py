"""bin/measure on small trees: adding a fault changes the figure of its kind of code and no other kind."""

from itertools import product
from pathlib import Path

import measure
import pytest
from metrics import limits
from metrics.names import CLASSES, FUNCTIONS
from metrics.source import read_sources

CLEAN = '''"""A module."""


def double_{kind}(value: int) -> int:
    """Twice the value."""
    return 2 * value
'''
CLEAN_TEMPLATE = "<p>\n{{ value }}\n</p>\n{% if value %}\n{% endif %}\n" + "<br>\n" * 20
FOLDERS = {"product": "app", "tools": "bin/lib", "tests": "app/tests"}
Figures = dict[tuple[str, str], float]


def function_of(statements: str, repeat: int = 1, typed: bool = True) -> str:
    """A module with one function whose body has the statements `repeat` times."""
    signature = "(value: int) -> None" if typed else "(value)"
    body = "".join(f"    {statements}\n" for _ in range(repeat))
    return f'def planted{signature}:\n    """Planted."""\n{body}'


# The text of a module that makes the figure worse. All figures of code are here: test_every_figure_has_a_fault.
FAULTS = {
    "lines": "# one line more\n",
    "files": "",
    "longest_file": "value = 1\n" * 401,
    "files_over_250": "value = 1\n" * 251,
    "files_over_400": "value = 1\n" * 401,
    "functions": function_of("print(value)"),
    "function_lines_median": function_of("print(value)", 40) * 2,
    "function_lines_p95": function_of("print(value)", 40),
    "function_lines_max": function_of("print(value)", 40),
    "functions_under_20_lines_percent": function_of("print(value)", 18),
    "functions_typed_percent": function_of("print(value)", typed=False),
    "public_names_with_docstring_percent": "def planted() -> None:\n    print()\n",
    "complexity_max": function_of("if value: print(value)", 2),
    "complexity_over_8": function_of("if value: print(value)", 8),
    "complexity_over_12": function_of("if value: print(value)", 12),
    "nested_conditional_expressions": "value = 1 if a else 2 if b else 3\n",
    "comprehensions_with_two_for": "values = [a + b for a in x for b in y]\n",
    "tuple_assignments": "a, b = 1, 2\n",
    "idiom_words": "# the house\n",
    "idiom_words_per_1000_lines": "# the house\n",
}
TEMPLATE_FAULTS = {
    "lines": "<br>\n",
    "files": "",
    "longest_line": "<p>" + "x" * 30 + "</p>\n",
    "lines_over_120_percent": "x" * 121 + "\n",
    "lines_over_140_percent": "x" * 141 + "\n",
    "conditions_per_100_lines": "{% if value %}{% elif other %}{% endif %}\n",
    "comparisons_with_text": '{% if value == "draft" %}{% endif %}\n',
}
CODE_FAULTS = {
    CLASSES: {"app/a.py": "class Line: ...\n", "shop/b.py": "class Line: ...\n"},
    FUNCTIONS: {"app/a.py": "def find(): ...\n", "bin/lib/b.py": "def find(): ...\n"},
    "import_cycles": {"app/a.py": "import app.b\n", "app/b.py": "from app import a\n"},
    "modules_in_import_cycles": {"app/a.py": "import app.b\n", "app/b.py": "from . import a\n"},
}


def plant(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def figures_of(root: Path) -> Figures:
    return {(figure.kind, figure.name): figure.value for figure in measure.all_figures(*read_sources(root))}


def got_worse(root: Path, kind: str, name: str, before: float) -> bool:
    """Whether the figure changed; for a figure with a limit, in the direction that the limit forbids."""
    [figure] = [one for one in measure.all_figures(*read_sources(root)) if (one.kind, one.name) == (kind, name)]
    return figure.value != before and (figure.better == "neither" or limits.is_worse(figure, before))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree without any fault: one module of each kind and one template."""
    plant(tmp_path, {f"{folder}/clean.py": CLEAN.format(kind=kind) for kind, folder in FOLDERS.items()})
    plant(tmp_path, {"app/migrations/0001_first.py": "house = 1\n", "templates/clean.html": CLEAN_TEMPLATE})
    return tmp_path


@pytest.mark.parametrize("kind", FOLDERS)
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_changes_the_figure_of_its_kind(tree: Path, kind: str, name: str) -> None:
    before = figures_of(tree)
    plant(tree, {f"{FOLDERS[kind]}/planted.py": FAULTS[name]})
    after = figures_of(tree)
    assert got_worse(tree, kind, name, before[kind, name])
    others = {key: value for key, value in after.items() if key[0] not in {kind, "code"}}
    assert others == {key: before[key] for key in others}


@pytest.mark.parametrize("name", TEMPLATE_FAULTS)
def test_a_fault_in_a_template(tree: Path, name: str) -> None:
    before = figures_of(tree)
    plant(tree, {"app/templates/planted.html": TEMPLATE_FAULTS[name]})
    after = figures_of(tree)
    assert after["templates", name] > before["templates", name]
    assert {key for key in after if after[key] != before[key]} <= {("templates", other) for other in TEMPLATE_FAULTS}


@pytest.mark.parametrize("name", CODE_FAULTS)
def test_a_fault_across_modules(tree: Path, name: str) -> None:
    before = figures_of(tree)
    plant(tree, CODE_FAULTS[name])
    assert before["code", name] == 0
    assert figures_of(tree)["code", name] == (2 if name == "modules_in_import_cycles" else 1)


def test_every_figure_has_a_fault(tree: Path) -> None:
    expected = set(product(FOLDERS, FAULTS))
    expected |= set(product(["templates"], TEMPLATE_FAULTS)) | set(product(["code"], CODE_FAULTS))
    expected |= {("migrations", "lines"), ("migrations", "files")}
    assert figures_of(tree).keys() == expected


def test_generated_files_are_not_measured(tree: Path) -> None:
    before = figures_of(tree)
    plant(
        tree,
        {f"{folder}/planted.py": "a, b = 1, 2\n" for folder in ("node_modules/x", ".venv/x", "data", "static/built")},
    )
    assert figures_of(tree) == before
    plant(tree, {"app/data/planted.py": "a, b = 1, 2\n"})
    assert figures_of(tree) != before
