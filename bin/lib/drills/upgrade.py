"""An older revision with its demo and an extra year becomes this one, and the users of each role open all pages of their menu.

    bin/drill upgrade REVISION [--seconds S]

Runs twice, on SQLite and on PostgreSQL. REVISION is what an installation has now, for example the commit of its last
update. Its own code fills the database, with the libraries of this revision; then this one migrates it and serves it.
"""

import argparse
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from environments import Environment, several_processes
from load import LOGINS, run_load
from paths import PYTHON, ROOT
from stack import running_stack

from drills.load import report


@contextmanager
def older_tree(revision: str) -> Iterator[Path]:
    """A work tree of that revision. Raises CalledProcessError for one that does not exist."""
    with tempfile.TemporaryDirectory(prefix="sovang-older-") as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", tree, revision], cwd=ROOT, check=True)
        try:
            yield tree
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)


def fill_database(tree: Path, environment: Environment) -> None:
    """The older code makes the database and loads its demo with the extra year."""
    env = {**os.environ, "DATABASE_URL": "", "REDIS_URL": "", **environment}
    for words in (["migrate", "-v0"], ["sync_base", "-v0"], ["load_demo", "-v0"], ["load_demo", "--year", "-v0"]):
        subprocess.run([PYTHON, "manage.py", *words], cwd=tree, env=env, check=True)


def upgraded(title: str, tree: Path, seconds: float, environment: Environment) -> bool:
    """Whether all pages of all menus open after the upgrade."""
    with tempfile.TemporaryDirectory(prefix="sovang-upgrade-") as data:
        fill_database(tree, {**environment, "DATA_DIR": data})
        os.environ["STACK_DEMO"] = data
        with running_stack() as stack:
            return report(title, run_load(stack.url, users=len(LOGINS), seconds=seconds))


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/drill upgrade", description=__doc__)
    parser.add_argument("revision", help="a commit, branch or tag")
    parser.add_argument("--seconds", type=float, default=20, help="of opening pages, for each database (default 20)")
    options = parser.parse_args(words)
    with older_tree(options.revision) as tree:
        passed = [upgraded("SQLite", tree, options.seconds, {})]
        with several_processes() as environment:
            os.environ.update(environment)
            database = {"DATABASE_URL": environment["STACK_DATABASE_URL"]}
            passed.append(upgraded("PostgreSQL, Redis, two workers", tree, options.seconds, database))
    return 0 if all(passed) else 1
