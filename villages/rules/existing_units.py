"""The units that a commune has when it begins to use the program, typed as lists of names."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from emulation.core.text import clean, fold
from villages.rules.unit_changes import NewUnit

MAX_NAME = 120
MAX_TITLE = 60
MOST_UNITS = 60
DAYS_TO_ENTER = 90
"""Days from the opening of the commune; afterwards a unit is opened by a paper."""


def units_of_text(text: str, kind: str, head_title: str) -> list[NewUnit]:
    """One unit a line: its name, and after ";" the title of its head where it is another one than `head_title`."""
    lines = (line.partition(";") for line in text.splitlines())
    return [
        NewUnit(name=clean(name), kind=kind, head_title=clean(title) or head_title)
        for name, _, title in lines
        if clean(name)
    ]


def existing_unit_faults(units: Sequence[NewUnit], taken: Iterable[str]) -> Iterator[str]:
    """What is wrong with the typed units; `taken`: the names of the units that are entered already."""
    seen = {fold(name) for name in taken}
    if len(units) + len(seen) > MOST_UNITS:
        yield f"Nhiều nhất {MOST_UNITS} đơn vị. Hãy xem lại: mỗi dòng là một đơn vị."
        return
    for unit in units:
        if len(unit.name) > MAX_NAME or len(unit.head_title) > MAX_TITLE:
            yield f"“{unit.name[:40]}…” dài quá: tên nhiều nhất {MAX_NAME} ký tự, chức danh {MAX_TITLE}."
        if fold(unit.name) in seen:
            yield f"“{unit.name}” ghi hai lần hoặc đã có rồi."
        seen.add(fold(unit.name))


def entering_fault(opened_on: date, today: date) -> str:
    """Why existing units can no longer be entered, or ""."""
    if today <= opened_on + timedelta(days=DAYS_TO_ENTER):
        return ""
    return f"Chỉ ghi danh sách đơn vị đang có trong {DAYS_TO_ENTER} ngày đầu. Đơn vị mới thì dùng “Thành lập đơn vị”."
