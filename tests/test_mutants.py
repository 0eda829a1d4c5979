"""The mutants of a source: which places are changed, and how."""

import sys
from pathlib import Path

import pytest
from django.conf import settings

sys.path.append(str(settings.BASE_DIR / "bin" / "lib"))

import mutation.mutants
from mutation.mutants import mutants_of, rule_files

HEAD = "def f(a, b):\n    "


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """`changed(source)`: the sources of all its mutants."""
    monkeypatch.setattr(mutation.mutants, "ROOT", tmp_path)

    def sources(source: str) -> list[str]:
        path = tmp_path / "rule.py"
        path.write_text(source, encoding="utf-8")
        return [mutant.source().decode() for mutant in mutants_of(path)]

    return sources


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("return a < b", {"return a <= b", "return None"}),
        ("return a is not b", {"return a is b", "return None"}),
        ("return a not in b", {"return a in b", "return None"}),
        ("return a and b", {"return a or b", "return None"}),
        ("return a - b", {"return a + b", "return None"}),
        ("return not a", {"return (a)", "return None"}),
        ("return []", set()),
        ("x = 3", {"x = 4"}),
        ("x = True", {"x = False"}),
        ("x = 'canh_cao'", {"x = 'xx_canh_cao'"}),
        ("x = 'Lời cho người đọc'", set()),
        ("x = f'{a + b}'", set()),
        ("x: 'int | None' = a", set()),
        ("x = a if b else ''", {"x = a if (not (b)) else ''"}),
        ("x = [one for one in a if one]", {"x = [one for one in a if (not (one))]"}),
        ("if a:\n        pass", {"if (not (a)):\n        pass"}),
        ("x = 'ấ' + a", {"x = 'ấ' - a"}),
    ],
)
def test_the_changes_of_a_line(changed, line: str, changes: set[str]) -> None:
    assert set(changed(HEAD + line + "\n")) == {HEAD + change + "\n" for change in changes}


def test_a_mutant_knows_its_statement_and_shows_its_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutation.mutants, "ROOT", tmp_path)
    path = tmp_path / "rule.py"
    path.write_text("LEAST = 3\n\n\ndef f(a):\n    return (\n        a >\n        LEAST\n    )\n", encoding="utf-8")
    constant, empty, comparison = mutants_of(path)
    assert (constant.line, constant.lines) == (1, ())
    assert (comparison.kind, comparison.lines) == ("comparison", (5, 6, 7, 8)) and empty.kind == "return"
    assert comparison.diff().splitlines() == ["-        a >", "+        a >="]


def test_the_rules_of_every_app_are_meant() -> None:
    apps = {path.relative_to(settings.BASE_DIR).parts[0] for path in rule_files()}
    assert apps == {"emulation", "campaigns", "commendations", "reports", "villages"}
    assert not [path for path in rule_files() if "tests" in path.parts]
