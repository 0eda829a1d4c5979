"""Columns of a list, and how `?xep=` sorts the list by them ("-" before the key of a column: downward)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

SORT = "xep"


@dataclass(frozen=True)
class ListColumn:
    """A column of a list: its head, and what the printed list and the workbook show of a row (text, number, day, None).

    With a `key` the list can be sorted by it: `order` names fields of the row itself that are never null; the primary
    key is added.
    """

    label: str
    value: Callable[[Any], Any]
    key: str = ""
    order: tuple[str, ...] = ()
    width: int = 20


@dataclass(frozen=True)
class ColumnHead:
    """The head of a column: the address that sorts by it ("" if none does), and "ascending", "descending" or ""."""

    label: str
    url: str = ""
    aria_sort: str = ""


@dataclass(frozen=True)
class Sorting:
    """The columns of a list, and what the address asks for."""

    columns: tuple[ListColumn, ...]
    asked: str

    @property
    def key(self) -> str:
        """The key of the column by which the list is sorted; "" if it is in its own order."""
        key = self.asked.removeprefix("-")
        return key if key and any(column.key == key for column in self.columns) else ""

    @property
    def is_downward(self) -> bool:
        return bool(self.key) and self.asked.startswith("-")

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows in the order that is asked for."""
        column = next((column for column in self.columns if self.key and column.key == self.key), None)
        if column is None:
            return rows
        return rows.order_by(*(f"-{name}" if self.is_downward else name for name in column.order))

    def heads(self, address: str) -> list[ColumnHead]:
        """The heads of all columns; `address` is that of the list without a sorting."""
        return [self._head(column, address) for column in self.columns]

    def _head(self, column: ListColumn, address: str) -> ColumnHead:
        if not column.key:
            return ColumnHead(column.label)
        if column.key != self.key:
            return ColumnHead(column.label, f"{address}{SORT}={column.key}")
        if self.is_downward:
            return ColumnHead(column.label, f"{address}{SORT}={column.key}", "descending")
        return ColumnHead(column.label, f"{address}{SORT}=-{column.key}", "ascending")

    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, words, whether it is chosen) for a select, for screens without heads of columns."""
        found = []
        for column in self.columns:
            if column.key:
                found.append((column.key, column.label, self.asked == column.key))
                found.append((f"-{column.key}", f"{column.label}, ngược lại", self.asked == f"-{column.key}"))
        return found
