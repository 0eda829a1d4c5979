"""The measured files by kind, and the type of a figure."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Literal

# Each kind is measured separately; of migrations only lines and files are counted, because Django writes them and they
# never change after they are merged.
CODE_KINDS = ("product", "tools", "tests")
TOOL_FOLDERS = {"bin", "benchmarks", "deploy"}
SKIPPED_FOLDERS = {"node_modules", "data", "tmp", "screens", "static/built"}  # generated, see .gitignore

Direction = Literal["lower", "higher", "neither"]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Measurement:
    """One figure of one kind of code. `better` is the direction of an improvement; "neither" has no limit.

    `places` are the lines that `--details` prints: where the figure can be improved.
    """

    name: str
    kind: str
    value: float
    better: Direction = "lower"
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class SourceFile:
    """A file below the measured root; `path` is relative to it, with forward slashes."""

    path: str
    kind: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of the tree; cached, because every figure needs them."""
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def place(self, line: int, what: str = "") -> str:
        return f"{self.path}:{line}  {what}".rstrip()

    def functions(self) -> Iterator[FunctionNode]:
        """All functions and methods, nested ones too."""
        return (node for node in self.nodes if isinstance(node, FunctionNode))


def read_sources(root: Path) -> tuple[list[SourceFile], list[SourceFile]]:
    """The Python files and the templates below the root, each list in the order of the paths."""
    python: list[SourceFile] = []
    templates: list[SourceFile] = []
    for path in sorted(_paths(root)):
        text = (root / path).read_text(encoding="utf-8")
        if path.endswith(".py"):
            python.append(SourceFile(path, kind_of(path), text))
        elif kind_of(path) == "product":
            templates.append(SourceFile(path, "templates", text))
    return python, templates


def kind_of(path: str) -> str:
    """ "product", "tools", "tests" or "migrations" for a path relative to the root."""
    *folders, name = PurePosixPath(path).parts
    if "migrations" in folders:
        return "migrations"
    if "tests" in folders or name == "conftest.py":
        return "tests"
    return "tools" if folders and folders[0] in TOOL_FOLDERS else "product"


def of_kind(files: Iterable[SourceFile], kind: str) -> list[SourceFile]:
    """The files of one kind, in their order."""
    return [file for file in files if file.kind == kind]


def functions_of(files: Iterable[SourceFile], kind: str) -> Iterator[tuple[SourceFile, FunctionNode]]:
    """Each function of one kind of code with its file."""
    for file in of_kind(files, kind):
        for function in file.functions():
            yield file, function


def percentage(part: int, whole: int) -> float:
    """Rounded to one decimal; 100 if `whole` is 0, so that an empty kind is never worse than its limit."""
    return round(100 * part / whole, 1) if whole else 100.0


def _paths(root: Path) -> Iterator[str]:
    for folder, subfolders, names in os.walk(root):
        inside = Path(folder).relative_to(root)
        subfolders[:] = [name for name in subfolders if not _is_skipped((inside / name).as_posix())]
        for name in names:
            if name.endswith((".py", ".html")):
                yield (inside / name).as_posix()


def _is_skipped(folder: str) -> bool:
    name = folder.rpartition("/")[2]
    return folder in SKIPPED_FOLDERS or name == "__pycache__" or name.startswith(".")
