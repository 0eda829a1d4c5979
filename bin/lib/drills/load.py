"""Many users at once on the demo with an extra year: no request fails, and how long pages take.

    bin/drill load [--users N] [--seconds S]

Runs the whole product twice, on SQLite and on PostgreSQL with Redis and two workers. Compare the two with each other and
with an earlier run on the same machine; the times of different machines say nothing. The short form is in bin/test:
four users for three seconds (tests/browser/test_load.py).
"""

import argparse
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from environments import several_processes
from load import LoadResult, run_load
from paths import PYTHON, ROOT
from stack import Stack, running_stack

SLOWEST_PAGES = 5


@contextmanager
def year_stack() -> Iterator[Stack]:
    """The running product with the demo and its extra year."""
    with running_stack() as stack:
        servers = {name: os.environ.get(f"STACK_{name}", "") for name in ("DATABASE_URL", "REDIS_URL")}
        command = [PYTHON, "manage.py", "load_demo", "--year"]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **servers, "DATA_DIR": str(stack.data)}, check=True)
        yield stack


def report(title: str, result: LoadResult) -> bool:
    """Prints the figures; whether no request failed."""
    print(f"\n── {title}", flush=True)
    print("\n".join(result.faults[:20]))
    print(f"{len(result.all_seconds)} pages, {result.requests_per_second:.1f} a second, {len(result.faults)} failed")
    print("  ".join(f"p{share} {1000 * result.percentile(share):.0f} ms" for share in (50, 95, 99)))
    medians = {path: sorted(values)[len(values) // 2] for path, values in result.seconds.items()}
    for path in sorted(medians, key=lambda path: -medians[path])[:SLOWEST_PAGES]:
        print(f"  {1000 * medians[path]:>6.0f} ms  {path}")
    return not result.faults


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill load", description=__doc__)
    parser.add_argument("--users", type=int, default=16, help="at the same time (default 16)")
    parser.add_argument("--seconds", type=float, default=60, help="for each of the two runs (default 60)")
    options = parser.parse_args(words)
    with year_stack() as stack:
        embedded = run_load(stack.url, users=options.users, seconds=options.seconds)
    with several_processes() as environment:
        os.environ.update(environment)
        with year_stack() as stack:
            services = run_load(stack.url, users=options.users, seconds=options.seconds)
    passed = [report("SQLite", embedded), report("PostgreSQL, Redis, two workers", services)]
    return 0 if all(passed) else 1
