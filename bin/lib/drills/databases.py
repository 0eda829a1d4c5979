"""The tests that bin/test runs on PostgreSQL only, on SQLite: before a version is given out, and after a change of Django.

    bin/drill databases

The short form is in bin/test: the tests marked both_databases run there on SQLite too.
"""

from drills._suite import SQLITE, run_tests

ONLY_ON_POSTGRES = "not browser and not worker and not walk and not no_db and not both_databases"


def main(words: list[str]) -> int:
    if words:
        print(__doc__)
        return 0 if words == ["--help"] else 2
    return (
        0
        if run_tests(
            "the rest of the suite, SQLite", SQLITE, ["-n", "2", "--dist", "worksteal", "-m", ONLY_ON_POSTGRES]
        )
        else 1
    )
