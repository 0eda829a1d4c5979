"""Random years of a commune whose staff are nominated too: nobody acts on their own case, nobody is on two lines.

    bin/drill own [YEARS [SEED]]      default: 30 years, seeds from 20261129

The short form is in bin/test: three years.
"""

from drills._suite import SQLITE, run_tests

DEFAULTS = ("30", "20261129")


def main(words: list[str]) -> int:
    if len(words) > len(DEFAULTS) or not all(word.isdigit() for word in words):
        print(__doc__)
        return 0 if words == ["--help"] else 2
    counts = (*words, *DEFAULTS[len(words) :])
    environment = dict(zip(("OWN_YEARS", "OWN_SEED"), counts, strict=True))
    tests = ["tests/test_no_own_act.py", "-n", "2"]
    return 0 if run_tests(f"{counts[0]} years", SQLITE, tests, **environment) else 1
