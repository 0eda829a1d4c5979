"""The mutants of a source file: each is one replaced piece of text, found with `ast`."""

import ast
import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from paths import ROOT

RULE_FILES = ("emulation/legal/engine/**/*.py", "*/rules/*.py", "*/*/rules/*.py", "*/rules.py", "*/*/rules.py")
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.In: "not in", ast.NotIn: "in", ast.Is: "is not", ast.IsNot: "is",
}  # fmt: skip
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*",
    ast.BitOr: "&", ast.BitAnd: "|",
}  # fmt: skip
OPERATOR = re.compile(rb"not\s+in|is\s+not|//|<<|>>|<=|>=|==|!=|\bin\b|\bis\b|\band\b|\bor\b|[-+*/%<>|&]")
CODE = re.compile(r"[a-z][a-z0-9_]*")  # a text that is a key or code, not words for people


@dataclass(frozen=True, order=True)
class Mutant:
    """`text` instead of the bytes from `start` to `end` of the file; `lines` are those of its statement."""

    path: str
    line: int
    start: int
    end: int
    text: str
    kind: str
    lines: tuple[int, ...]  # empty for what runs when the module is imported

    @property
    def module(self) -> str:
        return self.path.removesuffix(".py").replace("/", ".")

    def source(self) -> bytes:
        """The source of the file with the fault in it."""
        original = (ROOT / self.path).read_bytes()
        return original[: self.start] + self.text.encode() + original[self.end :]

    def diff(self) -> str:
        """The changed lines, `-` before and `+` after."""
        before = (ROOT / self.path).read_text(encoding="utf-8").splitlines()
        lines = difflib.unified_diff(before, self.source().decode().splitlines(), n=0, lineterm="")
        return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))


def rule_files() -> list[Path]:
    """The files of pure rules, sorted."""
    found = set(chain.from_iterable(ROOT.glob(pattern) for pattern in RULE_FILES))
    outside = {"tests", ".venv", "node_modules", "data"}
    return sorted(path for path in found if not outside & set(path.relative_to(ROOT).parts))


def mutants_of(path: Path) -> list[Mutant]:
    """All mutants of a file whose source still compiles, in the order of the source."""
    finder = MutantFinder(path.relative_to(ROOT).as_posix(), path.read_bytes())
    finder.visit(ast.parse(finder.source))
    return sorted(mutant for mutant in set(finder.found) if _compiles(mutant))


def _compiles(mutant: Mutant) -> bool:
    try:
        compile(mutant.source(), mutant.path, "exec")
    except SyntaxError:
        return False
    return True


class MutantFinder(ast.NodeVisitor):
    """Collects the mutants of one module in `found`."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.source = source
        self.found: list[Mutant] = []
        self.lines: tuple[int, ...] = ()
        self.functions = 0
        self.line_starts = [0]
        for line in source.splitlines(keepends=True):
            self.line_starts.append(self.line_starts[-1] + len(line))

    def visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.stmt):
            self.lines = _lines_of(node.lineno, node) if self.functions else ()
        elif isinstance(node, ast.match_case):
            self.lines = _lines_of(node.pattern.lineno, node)
        super().visit(node)

    def generic_visit(self, node: ast.AST) -> None:
        """Visits the children, but not annotations, docstrings and the parts of f-strings (whose positions are unknown)."""
        for name, value in ast.iter_fields(node):
            if name not in ("annotation", "returns"):
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST) and not _is_text_for_people(child):
                        self.visit(child)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.functions += 1
        for statement in node.body:
            self.visit(statement)
        self.functions -= 1
        self.lines = ()
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.visit(default)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        for statement in node.body:
            self.visit(statement)

    def visit_Compare(self, node: ast.Compare) -> None:
        operands = [node.left, *node.comparators]
        for left, operator, right in zip(operands, node.ops, operands[1:], strict=False):
            self._replace_between(left, right, COMPARISONS[type(operator)], "comparison")
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        other = "or" if isinstance(node.op, ast.And) else "and"
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._replace_between(left, right, other, "boolean")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        if type(node.op) in ARITHMETIC:
            self._replace_between(node.left, node.right, ARITHMETIC[type(node.op)], "arithmetic")
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._add(node, f"({self._text(node.operand)})", "condition")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if isinstance(value, bool):
            self._add(node, str(not value), "constant")
        elif isinstance(value, int | float):
            self._add(node, str(value + 1), "constant")
        elif isinstance(value, str) and CODE.fullmatch(value):
            self._add(node, repr(f"xx_{value}"), "constant")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value and not _is_empty(node.value):
            self._add(node.value, "None", "return")
        self.generic_visit(node)

    def _visit_condition(self, node: ast.If | ast.While | ast.IfExp) -> None:
        self._add(node.test, f"(not ({self._text(node.test)}))", "condition")
        self.generic_visit(node)

    visit_If = visit_While = visit_IfExp = _visit_condition

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._add(test, f"(not ({self._text(test)}))", "condition")
        self.generic_visit(node)

    def _offset(self, line: int, column: int) -> int:
        return self.line_starts[line - 1] + column

    def _span(self, node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return self._offset(node.lineno, node.col_offset), self._offset(node.end_lineno, node.end_col_offset)

    def _text(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self.source[start:end].decode()

    def _add(self, node: ast.expr, text: str, kind: str) -> None:
        start, end = self._span(node)
        self.found.append(Mutant(self.path, node.lineno, start, end, text, kind, self.lines))

    def _replace_between(self, left: ast.expr, right: ast.expr, text: str, kind: str) -> None:
        """Replaces the operator between two operands."""
        match = OPERATOR.search(self.source, self._span(left)[1], self._span(right)[0])
        if match:
            line = self.source.count(b"\n", 0, match.start()) + 1
            self.found.append(Mutant(self.path, line, *match.span(), text, kind, self.lines))


def _lines_of(first: int, node: ast.AST) -> tuple[int, ...]:
    """The lines of a statement that begins in line `first`; of a statement with a body only those of its head."""
    body = getattr(node, "body", None)
    last = body[0].lineno - 1 if body else getattr(node, "end_lineno", first)
    return tuple(range(first, max(last, first) + 1))


def _is_empty(node: ast.expr) -> bool:
    """Whether this is written as a value that counts as false, as None does."""
    if isinstance(node, ast.Constant):
        return not node.value
    return (isinstance(node, ast.List | ast.Tuple) and not node.elts) or (isinstance(node, ast.Dict) and not node.keys)


def _is_text_for_people(node: ast.AST) -> bool:
    """A docstring, a text that is not used, or an f-string."""
    alone = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return alone or isinstance(node, ast.JoinedStr)


def all_mutants(only: str = "") -> Iterator[Mutant]:
    """The mutants of all rule files whose path contains `only`."""
    for path in rule_files():
        if only in path.as_posix():
            yield from mutants_of(path)
