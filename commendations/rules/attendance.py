"""Numbers of the cases that a member missed, as typed and as printed ("1-3, 5"), and why. Pure."""

import re
from collections.abc import Iterable
from enum import StrEnum

from emulation.core.errors import RuleBroken

NUMBERS = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")


class AbsenceKind(StrEnum):
    """Why a member who attends a session misses a case. Stored."""

    late = "late"
    left = "left"
    out = "out"


def parse_case_numbers(text: str, count: int) -> frozenset[int]:
    """The numbers in `1-3, 5`, each from 1 to `count`, the number of cases. Raises RuleBroken for anything else."""
    numbers: set[int] = set()
    for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–—]\s*", "-", text.strip())):
        found = NUMBERS.fullmatch(part)
        if not found:
            raise RuleBroken("Ghi số thứ tự hồ sơ, ví dụ 1-3 hoặc 2, 5.")
        first = int(found[1])
        last = int(found[2] or first)
        if not 1 <= first <= last <= count:
            raise RuleBroken(f"Phiên họp có {count} hồ sơ, đánh số từ 1 đến {count}: không có hồ sơ số {part}.")
        numbers |= set(range(first, last + 1))
    return frozenset(numbers)


def format_case_numbers(numbers: Iterable[int]) -> str:
    """`1-3, 5`."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)


def absence_kind(number: int, missed: frozenset[int], count: int) -> AbsenceKind:
    """Before the first case attended: late; after the last: left early; between: out for a while."""
    attended = [other for other in range(1, count + 1) if other not in missed]
    if not attended or number < attended[0]:
        return AbsenceKind.late
    return AbsenceKind.left if number > attended[-1] else AbsenceKind.out
