"""People or households named in the rows of a pasted table: who is meant, and which rows cannot be taken and why. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from emulation.core.pasted_table import PastedRow
from emulation.core.text import fold, same_name
from villages.rules.typed_names import read_name

NAME_HEADS = ("ho va ten", "ho ten", "ten", "chu ho", "ho va ten chu ho")
YEAR_HEADS = ("nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh")
NEAR_LETTERS = 2
_YEAR = re.compile(r"(?:.*\D)?((?:19|20)\d\d)")
_NUMBER = re.compile(r"\d{1,4}\.?")


@dataclass(frozen=True)
class ListedName:
    """Somebody of the unit who can be meant."""

    pk: int
    name: str
    birth_year: int | None = None


@dataclass(frozen=True)
class ReadRow:
    """What a row of the table names: the id of who is meant and the value, or the fault for which it is not taken."""

    row: PastedRow
    pk: int | None
    value: str
    fault: str = ""


@dataclass(frozen=True)
class ValueColumn:
    """The column with what is entered for each: words of its head, how a cell is read (None: not understood)."""

    heads: tuple[str, ...]
    read: Callable[[str], str | None]
    missing: str
    unknown: str


@dataclass(frozen=True)
class _Cells:
    """The cells of a row that matter."""

    name: str
    birth_year: int | None
    value: str


def read_rows(rows: Sequence[PastedRow], listed: Sequence[ListedName], column: ValueColumn | None) -> list[ReadRow]:
    """The rows read, without a row of heads. `column`: None for a mere list of names.

    A table with heads is read by them; one without has the name first (after a number), the value last, and a year of
    birth between them if any.
    """
    reader = _reader(rows, column)
    by_fold: dict[str, list[ListedName]] = {}
    for one in listed:
        by_fold.setdefault(fold(one.name), []).append(one)
    taken: dict[int, int] = {}
    found = []
    for row, cells in reader:
        one, fault = _who(cells, by_fold)
        value, value_fault = _value(cells, column)
        if one and not fault and one.pk in taken:
            fault = f"Đã có ở dòng {taken[one.pk]}."
        fault = fault or value_fault
        if one and not fault:
            taken[one.pk] = row.number
        found.append(ReadRow(row, None if fault or not one else one.pk, "" if fault else value, fault))
    return found


def _reader(rows: Sequence[PastedRow], column: ValueColumn | None) -> list[tuple[PastedRow, _Cells]]:
    """Each row with its cells, by the row of heads if there is one among the first."""
    for place, row in enumerate(rows[:10]):
        heads = [fold(cell) for cell in row.cells]
        names = [at for at, head in enumerate(heads) if head in NAME_HEADS]
        if names:
            years = [at for at, head in enumerate(heads) if head in YEAR_HEADS]
            values = [at for at, head in enumerate(heads) if column and any(word in head for word in column.heads)]
            at = (names[0], years[0] if years else None, values[-1] if values else None)
            return [(row, _by_heads(row, *at)) for row in rows[place + 1 :]]
    return [(row, _by_place(row, column is not None)) for row in rows]


def _by_heads(row: PastedRow, name: int, year: int | None, value: int | None) -> _Cells:
    def cell(at: int | None) -> str:
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    return _Cells(cell(name), year_in(cell(year)), cell(value))


def _by_place(row: PastedRow, with_value: bool) -> _Cells:
    cells = list(row.cells)
    while len(cells) > 1 and (not cells[0] or _NUMBER.fullmatch(cells[0])):
        cells.pop(0)
    value = cells.pop() if with_value and len(cells) > 1 else ""
    years = [year for cell in cells[1:] if (year := year_in(cell))]
    return _Cells(cells[0], years[0] if years else None, value)


def year_in(text: str) -> int | None:
    """The year at the end of "1985", "22/7/1985", "sinh năm 1985"; None if there is none."""
    found = _YEAR.fullmatch(text.strip(" .)"))
    return int(found[1]) if found else None


def _who(cells: _Cells, by_fold: dict[str, list[ListedName]]) -> tuple[ListedName | None, str]:
    """Who is meant, or why nobody is."""
    name = read_name(cells.name).name
    if not name:
        return None, "Dòng này không có họ tên."
    alike = by_fold.get(fold(name), [])
    meant = [one for one in alike if same_name(one.name, name)]
    if not meant:
        return None, _not_found(name, alike, by_fold)
    if cells.birth_year:
        fitting = [one for one in meant if one.birth_year in (None, cells.birth_year)]
        if not fitting:
            years = ", ".join(str(one.birth_year) for one in meant)
            return None, f"{name} ở đơn vị sinh năm {years}; dòng này ghi {cells.birth_year}."
        exact = [one for one in fitting if one.birth_year == cells.birth_year]
        meant = exact or fitting
    if len(meant) > 1:
        years = ", ".join(str(one.birth_year or "chưa rõ năm sinh") for one in meant)
        return None, f"Đơn vị có {len(meant)} người tên {name} ({years}): hãy ghi thêm năm sinh."
    return meant[0], ""


def _not_found(name: str, alike: list[ListedName], by_fold: dict[str, list[ListedName]]) -> str:
    near = alike or [
        one for key, ones in by_fold.items() if Levenshtein.distance(key, fold(name)) <= NEAR_LETTERS for one in ones
    ]
    hint = f" Có phải {', '.join(one.name for one in near[:3])}?" if near else ""
    return f"Đơn vị không có “{name}”.{hint}"


def _value(cells: _Cells, column: ValueColumn | None) -> tuple[str, str]:
    if column is None:
        return "", ""
    if not cells.value:
        return "", column.missing
    value = column.read(cells.value)
    return ("", column.unknown.format(typed=cells.value)) if value is None else (value, "")
