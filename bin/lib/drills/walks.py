"""Random walks of all roles through the pages: no server error, numbers, sums, votes and states stay right.

    bin/drill walks [WALKS [ACTS [SEED]]]      default: 50 walks of 300 acts, seeds from 20261129

The short form is in bin/test: one walk of 60 acts.
"""

from drills._suite import SQLITE, run_tests

DEFAULTS = ("50", "300", "20261129")


def main(words: list[str]) -> int:
    if len(words) > len(DEFAULTS) or not all(word.isdigit() for word in words):
        print(__doc__)
        return 0 if words == ["--help"] else 2
    counts = (*words, *DEFAULTS[len(words) :])
    environment = dict(zip(("WALKS", "WALK_ACTS", "WALK_SEED"), counts, strict=True))
    tests = ["tests/test_random_walk.py", "-n", "2"]
    return 0 if run_tests(f"{counts[0]} walks of {counts[1]} acts", SQLITE, tests, **environment) else 1
