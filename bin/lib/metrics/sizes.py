"""Sizes of Python files and functions, and how many functions are typed and documented."""

import ast
from collections.abc import Iterator

from metrics.source import (
    CODE_KINDS,
    Direction,
    FunctionNode,
    Measurement,
    SourceFile,
    functions_of,
    of_kind,
    percentage,
)

LONGEST_SHOWN = 20
SHORT_FUNCTION = 20  # lines; a short function has fewer


def measure_files(files: list[SourceFile]) -> Iterator[Measurement]:
    """Lines and files of each kind, including migrations; lengths of the files, without migrations."""
    for kind in (*CODE_KINDS, "migrations"):
        chosen = of_kind(files, kind)
        yield Measurement("lines", kind, sum(len(file.lines) for file in chosen), "neither")
        yield Measurement("files", kind, len(chosen), "neither")
    for kind in CODE_KINDS:
        sized = [(len(file.lines), file.path) for file in of_kind(files, kind)]
        yield Measurement("longest_file", kind, _longest(sized), places=_longest_first(sized)[:LONGEST_SHOWN])
        for limit in (250, 400):
            over = [entry for entry in sized if entry[0] > limit]
            yield Measurement(f"files_over_{limit}", kind, len(over), places=_longest_first(over))


def measure_functions(files: list[SourceFile]) -> Iterator[Measurement]:
    """Lengths from `def` to the last line, docstring included; types; docstrings of public names."""
    for kind in CODE_KINDS:
        yield from _lengths(files, kind)
        yield _typed(files, kind)
        yield _documented(files, kind)


def is_fully_typed(function: FunctionNode) -> bool:
    """Whether all parameters except self and cls, and the result, have a type."""
    arguments = function.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if positional and positional[0].arg in {"self", "cls"}:
        positional = positional[1:]
    variable = [argument for argument in (arguments.vararg, arguments.kwarg) if argument]
    parameters = [*positional, *arguments.kwonlyargs, *variable]
    return function.returns is not None and all(parameter.annotation for parameter in parameters)


def public_definitions(module: ast.Module) -> Iterator[ast.ClassDef | FunctionNode]:
    """Public classes and functions of the module, also inside top-level `if` and `try`; no methods."""
    waiting: list[ast.AST] = list(module.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.ClassDef | FunctionNode):
            if not node.name.startswith("_"):
                yield node
        elif isinstance(node, ast.If | ast.Try | ast.ExceptHandler):
            waiting.extend(ast.iter_child_nodes(node))


def _lengths(files: list[SourceFile], kind: str) -> Iterator[Measurement]:
    sized = [
        (_length(function), file.place(function.lineno, function.name)) for file, function in functions_of(files, kind)
    ]
    lengths = sorted(length for length, _ in sized)
    longest = _longest_first(sized)
    long = _longest_first([entry for entry in sized if entry[0] >= SHORT_FUNCTION])
    short_share = percentage(len(sized) - len(long), len(sized))
    yield Measurement("functions", kind, len(lengths), "neither")
    yield Measurement("function_lines_median", kind, _percentile(lengths, 50))
    yield Measurement("function_lines_p95", kind, _percentile(lengths, 95), places=longest[: len(sized) // 20])
    yield Measurement("function_lines_max", kind, _longest(sized), places=longest[:LONGEST_SHOWN])
    yield Measurement("functions_under_20_lines_percent", kind, short_share, "higher", long)


def _typed(files: list[SourceFile], kind: str) -> Measurement:
    functions = list(functions_of(files, kind))
    untyped = tuple(
        file.place(function.lineno, function.name) for file, function in functions if not is_fully_typed(function)
    )
    share = percentage(len(functions) - len(untyped), len(functions))
    return Measurement("functions_typed_percent", kind, share, _unless_tests(kind), untyped)


def _documented(files: list[SourceFile], kind: str) -> Measurement:
    total = 0
    undocumented: list[str] = []
    for file in of_kind(files, kind):
        public = list(public_definitions(file.tree))
        total += len(public)
        undocumented += [file.place(node.lineno, node.name) for node in public if not ast.get_docstring(node)]
    share = percentage(total - len(undocumented), total)
    return Measurement("public_names_with_docstring_percent", kind, share, _unless_tests(kind), tuple(undocumented))


def _unless_tests(kind: str) -> Direction:
    """Tests need neither docstrings nor types: their names describe them, and only pytest calls them."""
    return "neither" if kind == "tests" else "higher"


def _length(function: FunctionNode) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _longest(sized: list[tuple[int, str]]) -> int:
    return max((length for length, _ in sized), default=0)


def _longest_first(sized: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(f"{length:>5}  {place}" for length, place in sorted(sized, key=lambda entry: (-entry[0], entry[1])))


def _percentile(ordered: list[int], percent: int) -> int:
    """The nearest-rank percentile: the smallest value that at least this share of the values does not exceed."""
    if not ordered:
        return 0
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(rank, 1) - 1]
