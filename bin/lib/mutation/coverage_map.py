"""Which tests run which line: one run of the tests under coverage, with a context for each test."""

import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from coverage import CoverageData
from paths import PYTHON, ROOT

from mutation.mutants import Mutant

MARKS = "no_db and not browser"  # the rules are pure: what tests them needs no database
CONFIG = "[run]\ninclude =\n    */rules/*.py\n    */rules.py\n    */legal/engine/*.py\n"


@dataclass
class CoverageMap:
    """The tests (node ids) that run each line of each file of rules."""

    by_line: dict[str, dict[int, set[str]]] = field(default_factory=dict)

    def tests_of(self, mutant: Mutant) -> set[str]:
        """The tests that run the statement of the mutant; for what runs at import all tests that use its file."""
        lines = self.by_line.get(mutant.path, {})
        return set().union(*(lines.get(line, set()) for line in mutant.lines or lines))


def measure_coverage(tests: Iterable[str]) -> CoverageMap:
    """Runs these files or folders of tests (all for none) on two processors. Raises RuntimeError when a test fails."""
    with tempfile.TemporaryDirectory(prefix="sovang-coverage-") as folder:
        config = Path(folder) / "coveragerc"
        config.write_text(f"{CONFIG}data_file = {folder}/data\n")
        command = [PYTHON, "-m", "pytest", "-q", "-n", "2", "--dist", "worksteal", "-m", MARKS, "--cov"]
        command += [f"--cov-config={config}", "--cov-context=test", "--cov-report=", *tests]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"the tests fail without any mutant:\n{done.stdout[-3000:]}")
        return read_coverage(f"{folder}/data")


def read_coverage(path: str) -> CoverageMap:
    """The map from a data file of coverage with one context for each test."""
    data = CoverageData(path)
    data.read()
    found = CoverageMap()
    for name in data.measured_files():
        lines = found.by_line.setdefault(Path(name).relative_to(ROOT).as_posix(), {})
        for line, contexts in data.contexts_by_lineno(name).items():
            # "path::test|run"; what ran at import has the empty context.
            lines[line] = {context.rpartition("|")[0] for context in contexts if context}
    return found
