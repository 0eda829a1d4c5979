"""The main job by every role with the keyboard alone: everything is reached with Tab and shows that it has the focus.

    bin/drill keyboard

The short form is in bin/test: its first two steps.
"""

from drills._suite import SQLITE, run_tests


def main(words: list[str]) -> int:
    if words:
        print(__doc__)
        return 0 if words == ["--help"] else 2
    tests = ["tests/browser/test_keyboard.py", "-m", "browser"]
    return 0 if run_tests("the main job by keyboard", SQLITE, tests, KEYBOARD="1") else 1
