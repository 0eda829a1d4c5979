"""What bin/measure counts and ignores, on short texts."""

import ast

import pytest
from metrics import density, markup, sizes, wording
from metrics.cycles import import_cycles, import_graph
from metrics.names import CLASSES, FUNCTIONS, count_definitions
from metrics.source import SourceFile, kind_of


def python(text: str, path: str = "app/planted.py") -> SourceFile:
    return SourceFile(path, kind_of(path), text)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("manage.py", "product"),
        ("campaigns/rules/duties.py", "product"),
        ("campaigns/tests/people.py", "tests"),
        ("tests/browser/journey.py", "tests"),
        ("conftest.py", "tests"),
        ("bin/lib/check.py", "tools"),
        ("benchmarks/board.py", "tools"),
        ("villages/migrations/0001_first.py", "migrations"),
    ],
)
def test_kinds(path: str, kind: str) -> None:
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("signature", "typed"),
    [
        ("()", False),
        ("() -> None", True),
        ("(self) -> None", True),
        ("(cls, a: int) -> None", True),
        ("(a, self) -> None", False),
        ("(a: int, *, b) -> None", False),
        ("(a: int, /, *rest) -> None", False),
        ("(*rest: int, **more) -> None", False),
        ("(*rest: int, **more: str) -> None", True),
    ],
)
def test_types(signature: str, typed: bool) -> None:
    function = ast.parse(f"def planted{signature}: ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert sizes.is_fully_typed(function) is typed


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return 1", 1),
        ("if a: b()\n elif c: d()\n else: e()", 3),
        ("for a in b: c()", 2),
        ("while a: b()", 2),
        ("try: a()\n except B: c()\n except D: e()", 3),
        ("return a and b or c", 3),
        ("return 1 if a else 2", 2),
        ("return [a for a in b if c if d]", 4),
        ("match a:\n  case 1: b()\n  case _: c()", 3),
        ("def inner():\n  if a: b()\n return inner", 1),
        ("return lambda: a or b", 2),
    ],
)
def test_complexity(body: str, expected: int) -> None:
    function = ast.parse(f"def planted():\n {body}").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert density.complexity(function) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a, b = b, a", 0),
        ("a, b = pair", 0),
        ("a, b = pair()", 0),
        ("a = 1, 2", 0),
        ("a, b = x.c, y[0]", 1),
        ("a = b, c = 1, 2", 1),
    ],
)
def test_tuple_assignments(text: str, expected: int) -> None:
    found = {(figure.kind, figure.name): figure.value for figure in density.measure_expressions([python(text)])}
    assert found["product", "tuple_assignments"] == expected


def test_conditionals_count_when_one_is_directly_inside_the_other() -> None:
    text = "a = (1 if b else 2) if c else 3\nd = 1 if e else f(2 if g else 3)\n"
    found = [figure for figure in density.measure_expressions([python(text)]) if figure.value]
    assert [(figure.name, figure.places) for figure in found] == [
        ("nested_conditional_expressions", ("app/planted.py:1  a = (1 if b else 2) if c else 3",))
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def open_doors(): ...", [("door", 1)]),
        ("class HouseRoom: ...", [("house", 1), ("room", 1)]),
        ("\nowedTotal = 1\nowedTotal = 2\nprint(owedTotal)", [("owe", 2)]),
        ("def f(told): ...", [("tell", 1)]),
        ("import x as bell", [("bell", 1)]),
        ("self.laid = 1", [("lay", 1)]),
        ("household = threshold = withhold = others = basement = 1", []),
        ("x = 1  # he lies where it stands", [("he", 1), ("lies", 1), ("stands", 1)]),
        (
            'def f():\n    """First.\n\n    What comes of it, whoever HEARS."""',
            [("hear", 4), ("whoever", 4), ("comes of", 4)],
        ),
        ('"""Of several lines: comes\nof."""', [("comes of", 1)]),
        ("# to hold a lock, a holder", []),
        ("# it holds", [("holds", 1)]),
        ('raise ValueError(f"{a} was told")', [("tell", 1)]),
        ('raise RuleBroken("Đã có he, him trong danh sách")', []),
        ("log.warning('bell of job %s', job)", [("bell", 1)]),
        ("logger.exception('bell of job %s', job)", [("bell", 1)]),
        ("requests.get('bell')", []),
        ('Step("campaigns.urge", icon="bell")', []),
    ],
)
def test_idiom(text: str, expected: list[tuple[str, int]]) -> None:
    assert sorted(wording.idiom(python(text))) == sorted(expected)


def test_the_name_of_a_file_is_an_identifier() -> None:
    assert list(wording.idiom(python("x = 1\n", "app/ground.py"))) == [("ground", 1)]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('if a == "x"', 1),
        ("elif a != 'x'", 1),
        ('if "x" == a', 1),
        ('if a == "x y" or b == "z"', 2),
        ('if a in "x y"', 1),
        ('if "x" in a', 1),
        ('if "x" not in a', 1),
        ("if a == 1", 0),
        ('if a|default:"x" == b', 0),
        ('if a|date:"m" in b', 0),
        ("if a.is_draft and not b", 0),
    ],
)
def test_comparisons_in_templates(condition: str, expected: int) -> None:
    text = "{% if z %}{% " + condition + " %}{% endif %}"
    found = {
        figure.name: figure.value for figure in markup.measure_templates([SourceFile("x.html", "templates", text)])
    }
    assert found["comparisons_with_text"] == expected


def test_required_names_and_names_of_tests_and_migrations_do_not_count() -> None:
    text = "class Command: ...\ndef main(): ...\nclass Outer:\n    def method(self): ...\ndef _private(): ...\n"
    same = [python(text, path) for path in ("a/one.py", "b/two.py")]
    assert count_definitions(same) == {CLASSES: {"Outer": 2}, FUNCTIONS: {}}
    apart = [python(text, path) for path in ("a/one.py", "a/tests/two.py", "a/migrations/0001_three.py")]
    assert count_definitions(apart) == {CLASSES: {}, FUNCTIONS: {}}


def test_several_definitions_in_one_module_count_once() -> None:
    text = "try:\n    def read(): ...\nexcept ImportError:\n    def read(): ...\nif x:\n    class Big: ...\n"
    assert count_definitions([python(text)]) == {CLASSES: {}, FUNCTIONS: {}}
    assert count_definitions([python(text), python(text, "b.py")]) == {CLASSES: {"Big": 2}, FUNCTIONS: {"read": 2}}


def test_cycles_through_several_modules() -> None:
    texts = {
        "app/a.py": "from app.b import f\n",
        "app/b.py": "try:\n    from .c import f\nexcept ImportError: ...\n",
        "app/c.py": "import app.a\nimport django\n",
        "app/d.py": "import app.a\n",
    }
    graph = import_graph([python(text, path) for path, text in texts.items()])
    assert graph["app.c"] == {"app.a"}
    assert import_cycles(graph) == [["app.a", "app.b", "app.c"]]


def test_imports_that_do_not_run_when_a_module_is_loaded_make_no_cycle() -> None:
    late = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import app.a\ndef f():\n    import app.a\n"
    assert import_cycles(import_graph([python("import app.b\n", "app/a.py"), python(late, "app/b.py")])) == []


def test_a_package_and_its_module() -> None:
    files = [python("from app.a import x\n", "app/__init__.py"), python("from . import y\n", "app/a.py")]
    assert import_cycles(import_graph(files)) == [["app", "app.a"]]
