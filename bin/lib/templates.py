"""Checks the templates: formatted, no line too long, no state compared. `python bin/lib/templates.py --fix` formats them first.

djangofmt breaks lines only where white space stands already, because white space between inline elements shows on the page.
A line that stays too long needs a break by hand: a tag of `sovang.py` instead of an include, a property instead of a condition.
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
    return [
        f"{path.relative_to(ROOT)}:{number}: {len(line)} characters, at most {LONGEST} fit"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]


def comparisons() -> list[str]:
    """`file:line: …` for each condition that compares with a literal: the model, query or view has a property for it."""
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}: compares with a text, use a property"
        for path in templates()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if COMPARISON.search(line)
    ]


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
