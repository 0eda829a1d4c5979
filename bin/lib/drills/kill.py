"""Processes killed with -9 by the hundred, on SQLite and on PostgreSQL: numbers, awards and jobs stay whole.

    bin/drill kill [KILLS]      KILLS: how often each loop kills (default 200)

The short form is in bin/test: the same tests with 15 to 40 kills.
"""

from drills._suite import POSTGRES, SQLITE, run_tests

TESTS = [
    "emulation/documents/tests/test_issue_crash.py",
    "commendations/tests/test_issue_crash.py",
    "emulation/jobs/tests/test_killed_workers.py",
]
KILLS = "200"


def main(words: list[str]) -> int:
    if words and not words[0].isdigit():
        print(__doc__)
        return 0 if words == ["--help"] else 2
    kills = words[0] if words else KILLS
    passed = [
        run_tests(f"{kills} kills a loop, SQLite", SQLITE, TESTS, KILLS=kills),
        run_tests(f"{kills} kills a loop, PostgreSQL and Redis", POSTGRES, TESTS, KILLS=kills),
    ]
    return 0 if all(passed) else 1
