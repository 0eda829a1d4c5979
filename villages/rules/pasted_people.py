"""People or households named in the rows of a pasted table: who is meant, and which rows cannot be taken and why. Pure."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import Levenshtein

from emulation.core.errors import RuleBroken
from emulation.core.pasted_table import PastedRow
from emulation.core.text import fold, same_name
from villages.rules.typed_names import read_name

NAME_HEADS = ("ho va ten", "ho ten", "ten", "chu ho", "ho va ten chu ho")
YEAR_HEADS = ("nam sinh", "ngay sinh", "sinh nam", "ngay thang nam sinh")
NEAR_LETTERS = 2
ROWS_BEFORE_HEADS = 10
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
    """What a row of the table names: the id of who is meant and the value, or the fault for which it is not taken.

    `named_at`: for somebody whom an earlier row names, the number of that row.
    """

    row: PastedRow
    pk: int | None
    value: str
    fault: str = ""
    named_at: int | None = None


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
    by_fold: dict[str, list[ListedName]] = {}
    for one in listed:
        by_fold.setdefault(fold(one.name), []).append(one)
    taken: dict[int, int] = {}
    return [_read_row(row, cells, by_fold, taken, column) for row, cells in _reader(rows, column)]


def _read_row(
    row: PastedRow,
    cells: _Cells,
    by_fold: dict[str, list[ListedName]],
    taken: dict[int, int],
    column: ValueColumn | None,
) -> ReadRow:
    """`taken`: by id of those named before, the number of their row; a row without fault is added."""
    try:
        one = _who(cells, by_fold)
        if one.pk in taken:
            return ReadRow(row, None, "", named_before(taken[one.pk]), taken[one.pk])
        value = _value(cells, column)
    except RuleBroken as broken:
        return ReadRow(row, None, "", broken.message)
    taken[one.pk] = row.number
    return ReadRow(row, one.pk, value)


def named_before(number: int) -> str:
    """The fault of a row that names again whom the row of this number names."""
    return f"Đã có ở dòng {number}."


def _reader(rows: Sequence[PastedRow], column: ValueColumn | None) -> list[tuple[PastedRow, _Cells]]:
    """Each row with its cells, by the row of heads if there is one among the first."""
    for place, row in enumerate(rows[:ROWS_BEFORE_HEADS]):
        heads = [fold(cell) for cell in row.cells]
        name = _column(heads, lambda head: head in NAME_HEADS)
        if name is not None:
            year = _column(heads, lambda head: head in YEAR_HEADS)
            value = _column(heads, lambda head: any(word in head for word in column.heads)) if column else None
            return [(row, _by_heads(row, name, year, value)) for row in rows[place + 1 :]]
    return [(row, _by_place(row, column is not None)) for row in rows]


def _column(heads: Sequence[str], fits: Callable[[str], bool]) -> int | None:
    """The place of the first head that fits."""
    return next((at for at, head in enumerate(heads) if fits(head)), None)


def _by_heads(row: PastedRow, name: int, year: int | None, value: int | None) -> _Cells:
    def cell(at: int | None) -> str:
        return row.cells[at] if at is not None and at < len(row.cells) else ""

    return _Cells(cell(name), year_in(cell(year)), cell(value))


def _by_place(row: PastedRow, with_value: bool) -> _Cells:
    first = next((at for at, cell in enumerate(row.cells[:-1]) if cell and not _NUMBER.fullmatch(cell)), None)
    cells = list(row.cells[len(row.cells) - 1 if first is None else first :])
    value = cells.pop() if with_value and len(cells) > 1 else ""
    years = filter(None, map(year_in, cells[1:]))
    return _Cells(cells[0], next(years, None), value)


def year_in(text: str) -> int | None:
    """The year at the end of "1985", "22/7/1985", "sinh năm 1985"; None if there is none."""
    found = _YEAR.fullmatch(text.strip(" .)"))
    return int(found[1]) if found else None


def _who(cells: _Cells, by_fold: dict[str, list[ListedName]]) -> ListedName:
    """Who is meant. RuleBroken when nobody is, or when it can be several."""
    name = read_name(cells.name).name
    if not name:
        raise RuleBroken("Dòng này không có họ tên.")
    alike = by_fold.get(fold(name), [])
    meant = [one for one in alike if same_name(one.name, name)]
    if not meant:
        raise RuleBroken(_not_found(name, alike, by_fold))
    if cells.birth_year:
        meant = _born_in(cells.birth_year, name, meant)
    return _only_one(name, meant)


def _only_one(name: str, meant: list[ListedName]) -> ListedName:
    if len(meant) > 1:
        years = ", ".join(str(one.birth_year or "chưa rõ năm sinh") for one in meant)
        raise RuleBroken(f"Đơn vị có {len(meant)} người tên {name} ({years}): hãy ghi thêm năm sinh.")
    return meant[0]


def _born_in(year: int, name: str, meant: list[ListedName]) -> list[ListedName]:
    """Those of the name born in the year, else those whose year is not known. RuleBroken when there are none."""
    exact = [one for one in meant if one.birth_year == year]
    fitting = exact or [one for one in meant if one.birth_year is None]
    if not fitting:
        years = ", ".join(str(one.birth_year) for one in meant)
        raise RuleBroken(f"{name} ở đơn vị sinh năm {years}; dòng này ghi {year}.")
    return fitting


def _not_found(name: str, alike: list[ListedName], by_fold: dict[str, list[ListedName]]) -> str:
    folded = fold(name)
    keys = [key for key in by_fold if Levenshtein.distance(key, folded, score_cutoff=NEAR_LETTERS) <= NEAR_LETTERS]
    near = alike or list(chain.from_iterable(by_fold[key] for key in keys))
    hint = f" Có phải {', '.join(one.name for one in near[:3])}?" if near else ""
    return f"Đơn vị không có “{name}”.{hint}"


def _value(cells: _Cells, column: ValueColumn | None) -> str:
    """The value of the row. RuleBroken when it is missing or not understood."""
    if column is None:
        return ""
    if not cells.value:
        raise RuleBroken(column.missing)
    value = column.read(cells.value)
    if value is None:
        raise RuleBroken(column.unknown.format(typed=cells.value))
    return value
