"""Base class of the pages that show all rows of a list at once, in a shape of their own: boards, look-alikes, the council."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from emulation.workflow.lists import SHAPE, PagedListView
from emulation.workflow.views import BaseView


class WholeListView(PagedListView):
    """A list without pages: `get_rows()` returns its rows; print and workbook have them all, as those of the other lists.

    Needs `title` and `columns`, which the address does not sort. The page gets `rows` and the address `all_rows`.
    """

    def get_rows(self) -> Sequence[Any]:
        """All rows of the page, in its order."""
        raise NotImplementedError

    @cached_property
    def whole_rows(self) -> Sequence[Any]:
        """The rows, read once."""
        return self.get_rows()

    def count_rows(self, limit: int) -> int:
        return min(len(self.whole_rows), limit)

    def lines(self) -> Iterator[list[Any]]:
        for row in self.whole_rows:
            yield [column.value(row) for column in self.columns]

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = {
            "rows": self.whole_rows,
            "column_heads": self.sorting.heads(""),
            "all_rows": self.address_without(SHAPE) if self.whole_rows else "",
        }
        return BaseView.get_context_data(self, **content, **context)
