"""How dense the code is: branches per function, and expressions that do several things."""

import ast
from collections.abc import Callable, Iterator

from metrics.source import CODE_KINDS, FunctionNode, Measurement, SourceFile, functions_of, of_kind

COMPLEXITY_LIMITS = (8, 12)
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)


def measure_complexity(files: list[SourceFile]) -> Iterator[Measurement]:
    """The most complex function of each kind, and the number of functions over each limit."""
    for kind in CODE_KINDS:
        counted = [
            (complexity(function), file.place(function.lineno, function.name))
            for file, function in functions_of(files, kind)
        ]
        counted.sort(key=lambda entry: (-entry[0], entry[1]))
        places = tuple(f"{count:>3}  {place}" for count, place in counted)
        yield Measurement("complexity_max", kind, counted[0][0] if counted else 0, places=places[:20])
        for limit in COMPLEXITY_LIMITS:
            over = sum(count > limit for count, _ in counted)
            yield Measurement(f"complexity_over_{limit}", kind, over, places=places[:over])


def complexity(function: FunctionNode) -> int:
    """1 plus one for each branch: statements, conditional expressions, `and`/`or`, `for` and `if` of comprehensions.

    Ruff's C901 counts only statements, so its figure is lower. Nested functions are counted separately.
    """
    return 1 + sum(_branches(node) for node in _own_nodes(function))


def measure_expressions(files: list[SourceFile]) -> Iterator[Measurement]:
    """Expressions that are easier to read as several lines."""
    searches: dict[str, Callable[[ast.AST], bool]] = {
        "nested_conditional_expressions": _has_inner_conditional,
        "comprehensions_with_two_for": _has_two_for,
        "tuple_assignments": _assigns_unrelated_values,
    }
    for kind in CODE_KINDS:
        for name, matches in searches.items():
            places = tuple(_places(of_kind(files, kind), matches))
            yield Measurement(name, kind, len(places), places=places)


def _own_nodes(function: FunctionNode) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, FunctionNode | ast.ClassDef):
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _branches(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, BRANCHES))


def _places(files: list[SourceFile], matches: Callable[[ast.AST], bool]) -> Iterator[str]:
    for file in files:
        for node in file.nodes:
            if isinstance(node, ast.expr | ast.stmt) and matches(node):
                yield file.place(node.lineno, file.lines[node.lineno - 1].strip())


def _has_inner_conditional(node: ast.AST) -> bool:
    return isinstance(node, ast.IfExp) and any(
        isinstance(part, ast.IfExp) for part in (node.test, node.body, node.orelse)
    )


def _has_two_for(node: ast.AST) -> bool:
    if not isinstance(node, ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp):
        return False
    return len(node.generators) > 1


def _assigns_unrelated_values(node: ast.AST) -> bool:
    """`a, b = x, y`: two assignments in one line. A swap (`a, b = b, a`) is not counted."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Tuple):
        return False
    values = {ast.unparse(value) for value in node.value.elts}
    return any(
        isinstance(target, ast.Tuple) and values.isdisjoint(ast.unparse(part) for part in target.elts)
        for target in node.targets
    )
