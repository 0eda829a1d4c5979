"""Thirty people of a school for one title, from the yearly evaluation to the decision in Chromium, with the clicks counted.

    bin/drill many [PEOPLE]      default: 30, the most

The short form is in bin/test: three people.
"""

from drills._suite import SQLITE, run_tests

PEOPLE = "30"


def main(words: list[str]) -> int:
    if len(words) > 1 or not all(word.isdigit() for word in words):
        print(__doc__)
        return 0 if words == ["--help"] else 2
    people = words[0] if words else PEOPLE
    tests = ["tests/browser/test_many.py", "-m", "browser", "-s"]
    return 0 if run_tests(f"{people} people, one title", SQLITE, tests, MANY=people) else 1
