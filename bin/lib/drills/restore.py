"""Backup, wipe and restore on SQLite and on PostgreSQL, with damaged archives and lost files.

    bin/drill restore

The short form is in bin/test: the same tests as part of the suite.
"""

from drills._suite import POSTGRES, SQLITE, run_tests

TESTS = ["tests/test_restore.py", "tests/test_release_after_restore.py", "emulation/backups"]


def main(words: list[str]) -> int:
    if words:
        print(__doc__)
        return 0 if words == ["--help"] else 2
    passed = [
        run_tests("backup and restore, SQLite", SQLITE, TESTS),
        run_tests("backup and restore, PostgreSQL and Redis", POSTGRES, TESTS),
    ]
    return 0 if all(passed) else 1
