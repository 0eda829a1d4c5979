"""Public names that are defined in more than one module: a search for such a name is ambiguous."""

import ast
from collections import defaultdict
from collections.abc import Iterator

from metrics.sizes import public_definitions
from metrics.source import Measurement, SourceFile

# Names that Django or the command line requires. Methods are not counted (Django names most of them), nor are migrations,
# which Django writes, and tests, whose helpers are local to each file.
REQUIRED_NAMES = {
    "Command": "Django runs the class of this name in management/commands",
    "main": "the function that a script runs; nobody imports it",
}

CLASSES = "class_names_used_twice"
FUNCTIONS = "function_names_used_twice"


def measure_names(files: list[SourceFile]) -> Iterator[Measurement]:
    """The number of names with several definitions; the limit is a list of the names (limits.py), not this number."""
    for name, repeated in repeated_names(files).items():
        places = tuple(f"{word:<28}{' '.join(paths)}" for word, paths in sorted(repeated.items()))
        yield Measurement(name, "code", len(repeated), "neither", places)


def repeated_names(files: list[SourceFile]) -> dict[str, dict[str, list[str]]]:
    """For classes and for functions: each public name that several modules of the product and the tools define."""
    found: dict[str, dict[str, list[str]]] = {CLASSES: defaultdict(list), FUNCTIONS: defaultdict(list)}
    for file in files:
        if file.kind not in {"product", "tools"}:
            continue
        for group, names in _defined(file).items():
            for name in names - REQUIRED_NAMES.keys():
                found[group][name].append(file.path)
    return {group: {name: paths for name, paths in names.items() if len(paths) > 1} for group, names in found.items()}


def count_definitions(files: list[SourceFile]) -> dict[str, dict[str, int]]:
    """The repeated names with the number of modules that define them."""
    groups = repeated_names(files).items()
    return {group: {name: len(paths) for name, paths in sorted(found.items())} for group, found in groups}


def _defined(file: SourceFile) -> dict[str, set[str]]:
    """Each name once, even if the module defines it several times (overloads, `try` and `except`)."""
    defined: dict[str, set[str]] = {CLASSES: set(), FUNCTIONS: set()}
    for node in public_definitions(file.tree):
        defined[CLASSES if isinstance(node, ast.ClassDef) else FUNCTIONS].add(node.name)
    return defined
