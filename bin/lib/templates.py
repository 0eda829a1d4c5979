"""Checks that the templates are formatted, no line is too long and no state is compared. `--fix` formats them first.

djangofmt breaks lines only at existing white space, because white space between inline elements is visible on the page.
A line that is still too long must be shortened by hand: a tag of `sovang.py` instead of an include, a property instead of
a condition.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from paths import ROOT

FOLDERS = ["templates", "emulation/documents/templates"]
FORMATTER = ".venv/bin/djangofmt"
# {% if letter.state == "issued" %}, {% elif "superior" in roles %}, {% if job.state == job.FAILED %}
LITERAL = r"""(?:==|!=|\bin) *["']|["'] *(?:==|!=|(?:not )?in\b)"""
STATE = r"\.(?:state|status|kind|mode) *[!=]="
COMPARISON = re.compile(rf"{{% *(?:el)?if [^%]*(?:{LITERAL}|{STATE})")
LONGEST = 140  # the formatter wraps at 120; a Django tag cannot be broken


def templates() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted((ROOT / folder).rglob("*.html"))


def long_lines() -> list[str]:
    """`file:line: …` for each line of a template that is too long."""
    found = []
    for path in templates():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if len(line) > LONGEST:
                found.append(
                    f"{path.relative_to(ROOT)}:{number}: {len(line)} characters, at most {LONGEST} are allowed"
                )
    return found


def comparisons() -> list[str]:
    """`file:line: …` for each condition that compares with a literal: the model, query or view has a property for it."""
    found = []
    for path in templates():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if COMPARISON.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}: compares with a text, use a property")
    return found


def main() -> int:
    fix = sys.argv[1:] == ["--fix"]
    formatted = subprocess.run([FORMATTER, "--quiet", *([] if fix else ["--check"]), *FOLDERS], cwd=ROOT).returncode
    if formatted:
        print("templates are not formatted: python bin/lib/templates.py --fix")
    errors = long_lines() + comparisons()
    print("\n".join(errors), end="\n" if errors else "")
    return 1 if formatted or errors else 0


if __name__ == "__main__":
    raise SystemExit(main())
