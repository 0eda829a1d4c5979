"""Import cycles between modules. Layers are checked by import-linter (.importlinter), not here."""

import ast
from collections.abc import Container, Iterator

from metrics.source import Measurement, SourceFile

Graph = dict[str, set[str]]
SCRIPT_FOLDER = "bin.lib."  # its scripts import one another without this prefix


def measure_cycles(files: list[SourceFile]) -> Iterator[Measurement]:
    """Groups of modules that all import one another, directly or through others, at the top of the module."""
    groups = import_cycles(import_graph(files))
    places = tuple(" ".join(group) for group in groups)
    yield Measurement("import_cycles", "code", len(groups), places=places)
    yield Measurement("modules_in_import_cycles", "code", sum(len(group) for group in groups), places=places)


def import_graph(files: list[SourceFile]) -> Graph:
    """Each module, without tests and migrations, with the modules of this tree that it imports when it is loaded."""
    modules = {_module_name(file.path): file for file in files if file.kind in {"product", "tools"}}
    graph: Graph = {}
    for name, file in modules.items():
        named = (_resolved(target, modules) for target in _imported(name, file))
        graph[name] = {target for target in named if target and target != name}
    return graph


def import_cycles(graph: Graph) -> list[list[str]]:
    """The strongly connected groups of two or more modules: each module of a group reaches all the others."""
    reachable = {module: _reachable(graph, module) for module in graph}
    groups = {
        tuple(sorted(other for other in reachable[module] if module in reachable[other]))
        for module in graph
        if module in reachable[module]
    }
    return sorted(list(group) for group in groups)


def _reachable(graph: Graph, start: str) -> set[str]:
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        module = waiting.pop()
        if module not in seen:
            seen.add(module)
            waiting.extend(graph[module])
    return seen


def _module_name(path: str) -> str:
    name = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    return name.removeprefix(SCRIPT_FOLDER)


def _imported(module: str, file: SourceFile) -> Iterator[tuple[str, str]]:
    """(module, name) of each import that runs when the module is loaded; name is "" for a plain `import`."""
    package = module if file.path.endswith("__init__.py") else module.rpartition(".")[0]
    for node in _loaded_statements(file.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = _absolute(node, package)
            yield from ((source, alias.name) for alias in node.names)


def _loaded_statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Statements outside functions and outside `if TYPE_CHECKING:`."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.expr):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
            waiting.extend(node.orelse)
            continue
        yield node
        waiting.extend(ast.iter_child_nodes(node))


def _absolute(node: ast.ImportFrom, package: str) -> str:
    """The absolute name of the module that `from … import` names."""
    if not node.level:
        return node.module or ""
    parts = package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def _resolved(target: tuple[str, str], modules: Container[str]) -> str:
    """The module of this tree that an import loads: `from a import b` is a.b where that is a module, else a."""
    source, name = target
    if name and f"{source}.{name}" in modules:
        return f"{source}.{name}"
    return source if source in modules else ""
