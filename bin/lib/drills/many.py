"""Thirty people of a school and 295 households of a thôn, each for one title up to the decision, in Chromium, clicks counted.

    bin/drill many [PEOPLE [HOUSEHOLDS]]      default: 30 (the most) and 295

To compare, three people of another school go the same way one at a time. The short form is in bin/test: three of each, one alone.
"""

from drills._suite import SQLITE, run_tests

DEFAULTS = ("30", "295")


def main(words: list[str]) -> int:
    if len(words) > len(DEFAULTS) or not all(word.isdigit() for word in words):
        print(__doc__)
        return 0 if words == ["--help"] else 2
    counts = dict(zip(("MANY", "MANY_HOUSEHOLDS"), (*words, *DEFAULTS[len(words) :]), strict=True))
    counts["MANY_ALONE"] = "3"
    tests = ["tests/browser/test_many.py", "tests/browser/test_one_by_one.py", "-m", "browser", "-s"]
    return (
        0
        if run_tests(f"{counts['MANY']} people, {counts['MANY_HOUSEHOLDS']} households", SQLITE, tests, **counts)
        else 1
    )
