"""Runs the tests of one mutant in a fork of a process that has the third-party modules in memory.

The project itself is imported in the fork, with the mutated source in place of one file; nothing is written to disk.
"""

import contextlib
import gc
import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from paths import ROOT

from mutation.mutants import Mutant

KILLED = "killed"
SURVIVED = "survived"
TIMED_OUT = "killed by time"
NOT_REACHED = "reached by no test"
# Exit codes of pytest; every other is a killed mutant: a failed test, or a module that cannot be imported any more.
# 5, no test: the mutant renamed the cases of the tests, and none of the new ones is run.
ALIVE_CODES = (0, 5)
MOST_MEMORY = 4 * 1024**3
OPTIONS = ["-q", "-x", "--tb=no", "-p", "no:xdist", "-p", "no:cov", "-p", "no:faulthandler"]
PROFILE = "--hypothesis-profile=mutation"
FIRST_PARTY = {"emulation", "villages", "campaigns", "commendations", "reports", "portal", "tests", "conftest"}


class _MutantLoader(SourceFileLoader):
    """Compiles the mutated source and leaves the files on disk alone."""

    mutant: Mutant

    def get_code(self, fullname: str) -> CodeType:
        code: CodeType = compile(self.mutant.source(), self.path, "exec")
        return code


class _MutantFinder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        file = str(ROOT / self.mutant.path)
        loader = _MutantLoader(fullname, file)
        loader.mutant = self.mutant
        return spec_from_file_location(fullname, file, loader=loader)


class SelectedTests:
    """A pytest plugin: keeps only these tests, the quickest first, and notes how long each takes."""

    def __init__(self, tests: set[str], seconds: dict[str, float]) -> None:
        self.tests = tests
        self.seconds = seconds
        self.measured: dict[str, float] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = [item for item in items if item.nodeid in self.tests]
        items[:] = sorted(chosen, key=lambda item: self.seconds.get(item.nodeid, 0.0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.measured[report.nodeid] = self.measured.get(report.nodeid, 0.0) + report.duration


@dataclass
class Control:
    """What a run without any mutant shows: seconds of each test, third-party modules that the tests import."""

    seconds: dict[str, float]
    modules: list[str]


def run_control(tests: set[str]) -> Control:
    """Runs the tests in a fork without a mutant. Raises RuntimeError when one fails."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        selected = SelectedTests(tests, {})
        code = _run_pytest(tests, selected)
        with os.fdopen(writer, "w") as out:
            out.writelines(f"{seconds} {test}\n" for test, seconds in selected.measured.items())
            out.writelines(f"- {name}\n" for name in sys.modules if name.partition(".")[0] not in FIRST_PARTY)
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as out:
        rows = [line.rstrip("\n").split(" ", 1) for line in out]
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise RuntimeError(f"the tests fail without any mutant (pytest {code})")
    seconds = {name: float(first) for first, name in rows if first != "-"}
    return Control(seconds, [name for first, name in rows if first == "-"])


def preload(modules: Iterable[str]) -> None:
    """Imports these modules, so that forks have them; what needs Django's settings stays for the forks."""
    for name in modules:
        if not name.startswith(("django.contrib", "crispy_", "_", "mutation")) and not name.endswith(".models"):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    gc.freeze()


def run_trials(
    work: list[tuple[Mutant, set[str]]], seconds: dict[str, float], processes: int, until: float
) -> Iterator[tuple[Mutant, str]]:
    """The outcome of each mutant, in the order in which they end; starts none after `until` (monotonic seconds)."""
    waiting = list(reversed(work))
    running: dict[int, tuple[Mutant, float]] = {}
    while waiting or running:
        while waiting and len(running) < processes and time.monotonic() < until:
            mutant, tests = waiting.pop()
            if not tests:
                yield mutant, NOT_REACHED
                continue
            limit = 30 + 5 * sum(seconds.get(test, 0.0) for test in tests)
            running[_start_trial(mutant, tests, seconds)] = (mutant, time.monotonic() + limit)
        if not running:
            return
        yield from _ended(running)


def _ended(running: dict[int, tuple[Mutant, float]]) -> Iterator[tuple[Mutant, str]]:
    """Waits a moment; the outcomes of the trials that have ended or are over their time."""
    time.sleep(0.02)
    for pid, (mutant, deadline) in list(running.items()):
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            del running[pid]
            yield mutant, SURVIVED if code in ALIVE_CODES else KILLED
        elif time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            del running[pid]
            yield mutant, TIMED_OUT


def _start_trial(mutant: Mutant, tests: set[str], seconds: dict[str, float]) -> int:
    """Starts the fork and returns its process id."""
    pid = os.fork()
    if pid:
        return pid
    _in_child(lambda: _run_mutant(mutant, tests, seconds))
    return 0


def _in_child(run: Callable[[], int]) -> None:
    """Ends the process with what `run` returns, whatever happens in it."""
    code = 3
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        code = run()
    finally:
        os._exit(code)


def _run_mutant(mutant: Mutant, tests: set[str], seconds: dict[str, float]) -> int:
    sys.meta_path.insert(0, _MutantFinder(mutant))
    return _run_pytest(tests, SelectedTests(tests, seconds))


def _run_pytest(tests: set[str], selected: SelectedTests) -> int:
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)
    files = sorted({str(Path(test.partition("::")[0])) for test in tests})
    return int(pytest.main([*OPTIONS, PROFILE, *files], plugins=[selected]))
