"""Runs all checks of bin/test, even if an earlier one fails, and prints a summary.

python bin/lib/check.py [fast | NAME… | --list]
"""

import io
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from typing import TextIO

import assets
import servers
from environments import UNSET, Environment, demo_copy, embedded, production, services, several_processes
from paths import PYTHON, ROOT

CI = os.environ.get("CI", "").lower() in {"1", "true"}
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error|xfailed|xpassed)")
LAST_LINE = re.compile(r"\d+ (?:passed|failed|skipped|error|xfailed|xpassed).* in [\d.]+s")
PYTEST = [PYTHON, "-m", "pytest", "-q", "--tb=short"]
BROWSER = [*PYTEST, "-m", "browser"]
# Half of the browser tests are a stage of their own, so that both lanes take about the same time.
YEAR_AND_LAW = [f"tests/browser/test_{name}.py" for name in ("law", "year", "exemplar", "scripts")]
LANES = 2
PARALLEL = ["-n", "2", "--dist", "worksteal"]


@dataclass
class CheckStage:
    name: str
    title: str
    command: list[str]
    setting: Callable[[], AbstractContextManager[Environment]] = embedded
    fast: bool = False
    whole: bool = True  # part of the whole run
    exclusive: bool = False  # uses the whole machine; consecutive stages that are not exclusive run in parallel
    seconds: float = 0.0
    result: str = ""
    counts: Counter[str] = field(default_factory=Counter)


CHECK_STAGES = [
    CheckStage("lint", "ruff check", [PYTHON, "-m", "ruff", "check", "--quiet", "."], fast=True),
    CheckStage("format", "ruff format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."], fast=True),
    CheckStage("templates", "templates: djangofmt, line length", [PYTHON, "bin/lib/templates.py"], fast=True),
    CheckStage("contracts", "import contracts", [".venv/bin/lint-imports", "--no-cache", "--no-logo"], fast=True),
    CheckStage("measure", "figures against their limits", [PYTHON, "bin/lib/measure.py", "--check"], fast=True),
    CheckStage(
        "quick",
        "the quick part of the suite, on SQLite",
        [*PYTEST, *PARALLEL, "-m", "not browser and not worker and not walk and not slow"],
        fast=True,
        whole=False,
        exclusive=True,
    ),
    CheckStage(
        "sqlite",
        "without a database, and what each database answers itself, on SQLite",
        [*PYTEST, *PARALLEL, "-m", "not browser and not worker and not walk and (no_db or both_databases or sqlite)"],
        exclusive=True,
    ),
    CheckStage(
        "postgres",
        "the suite on PostgreSQL with Redis",
        [*PYTEST, *PARALLEL, "-m", "not browser and not worker and not no_db and not sqlite"],
        services,
        exclusive=True,
    ),
    CheckStage("types", "mypy", [PYTHON, "-m", "mypy", "--no-error-summary"], fast=True),
    CheckStage(
        "migrations", "no migration is missing", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]
    ),
    CheckStage(
        "deploy",
        "check --deploy",
        [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        production,
    ),
    # A lane that has finished takes the next stage: while the first prepares the demo, the second needs none.
    CheckStage(
        "browser",
        "journeys in Chromium, 360 and 1280 px",
        [*BROWSER, "tests/browser", *(f"--ignore={path}" for path in YEAR_AND_LAW)],
        demo_copy,
    ),
    CheckStage("worker", "real workers on PostgreSQL and Redis", [*PYTEST, "-m", "worker"], services),
    CheckStage("browser-year", "the year and the law in Chromium", [*BROWSER, *YEAR_AND_LAW], demo_copy),
    CheckStage(
        "browser-postgres",
        "the main job, PostgreSQL, Redis, two workers",
        [*BROWSER, "tests/browser/test_main_job.py"],
        several_processes,
    ),
]


def run_stage(stage: CheckStage, out: TextIO = sys.stdout) -> None:
    """Runs one stage with its own data folder, copies its output to `out`; sets result, counts and seconds."""
    print(f"\n── {stage.title} " + "─" * max(3, 90 - len(stage.title)), file=out, flush=True)
    begun = time.monotonic()
    try:
        with ExitStack() as stack:
            data = stack.enter_context(tempfile.TemporaryDirectory(prefix="sovang-test-"))
            os.mkdir(f"{data}/static")
            unset = dict.fromkeys(UNSET, "")
            env = {**os.environ, **unset, "DATA_DIR": data, **stack.enter_context(stage.setting())}
            stage.result = "ok" if run_command(stage, env, out) == 0 else "FAILED"
    except servers.ComponentMissing as missing:
        stage.result = "FAILED" if CI else "left out"
        print(f"{missing} is not installed", file=out)
    stage.seconds = time.monotonic() - begun


def run_in_lanes(stages: list[CheckStage]) -> None:
    """Runs the stages in parallel lanes, started in their order; their outputs are printed in that order too."""

    def output_of(stage: CheckStage) -> str:
        out = io.StringIO()
        run_stage(stage, out)
        return out.getvalue()

    print(f"\nin parallel: {', '.join(stage.title for stage in stages)}", flush=True)
    with ThreadPoolExecutor(LANES) as pool:
        for text in pool.map(output_of, stages):
            print(text, end="", flush=True)


def run_command(stage: CheckStage, env: Environment, out: TextIO) -> int:
    process = subprocess.Popen(
        stage.command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout
    summary = ""
    for line in process.stdout:
        out.write(line)
        out.flush()
        if LAST_LINE.search(line):
            summary = line
    for number, kind in COUNT.findall(summary):
        stage.counts[{"error": "failed", "xpassed": "failed", "xfailed": "skipped"}.get(kind, kind)] += int(number)
    return process.wait()


def selected_stages(words: list[str]) -> list[CheckStage]:
    if words == ["fast"]:
        return [stage for stage in CHECK_STAGES if stage.fast]
    unknown = set(words) - {stage.name for stage in CHECK_STAGES}
    if unknown:
        raise SystemExit(f"no such stage: {', '.join(sorted(unknown))}")
    return [stage for stage in CHECK_STAGES if stage.name in words or (stage.whole and not words)]


def counts_text(counts: Counter[str]) -> str:
    return f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped"


def run_stages(stages: list[CheckStage]) -> None:
    for exclusive, group in groupby(stages, key=lambda stage: stage.exclusive):
        consecutive = list(group)
        if not exclusive and len(consecutive) > 1:
            run_in_lanes(consecutive)
        else:
            for stage in consecutive:
                run_stage(stage)


def print_summary(stages: list[CheckStage], failed: list[str], seconds: float) -> None:
    print("\n" + "═" * 94)
    for stage in stages:
        counted = counts_text(stage.counts) if stage.counts else ""
        print(f"{stage.result:<10}{stage.seconds:>6.0f} s  {stage.title:<48}{counted}")
    total = sum((stage.counts for stage in stages), Counter[str]())
    outcome = f"failed: {', '.join(failed)}" if failed else "all is well"
    print(f"\n{outcome}, in {int(seconds) // 60} min {int(seconds) % 60} s")
    print(counts_text(total), flush=True)


def main() -> int:
    words = sys.argv[1:]
    if words == ["--list"]:
        print("\n".join(f"{stage.name:<12}{stage.title}" for stage in CHECK_STAGES))
        return 0
    os.chdir(ROOT)
    stages = selected_stages(words)
    begun = time.monotonic()
    assets.build_assets()
    run_stages(stages)
    failed = [stage.name for stage in stages if stage.result == "FAILED"]
    print_summary(stages, failed, time.monotonic() - begun)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
