"""Base class of the pages that list rows: pages of a keyset, filters as chips with their counts, sorting by column."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from emulation.core.formatting import format_date, format_vnd
from emulation.core.text import clean
from emulation.workflow.keyset import AFTER, BEFORE, LAST, capped_count, count_in_words, keyset_page, order_of
from emulation.workflow.list_export import MAX_ROWS, XLSX_MIME, ListHead, list_file_name, list_workbook, printed_cell
from emulation.workflow.list_sorting import SORT, ListColumn, Sorting
from emulation.workflow.views import BaseView, PageView

PAGE_SIZE = 25
PART = 500
"""So many rows are read at once for print and workbook."""
SHAPE = "dang"
COUNTS = "dem"
PRINT = "in"
WORKBOOK = "xlsx"
PLACES = (AFTER, BEFORE, LAST, "trang")
"""The parameters that name a page."""


def page_of_rows(request: HttpRequest, rows: list[Any], size: int = PAGE_SIZE) -> "Page[Any]":
    """The page of rows that the address asks for (`trang`), of a list that the page of an object reads whole."""
    return Paginator(rows, size).get_page(request.GET.get("trang", 1))


@dataclass(frozen=True)
class Chip:
    """A link that filters the list. `key` names its number, which the page fetches apart; "" if it has none."""

    label: str
    url: str
    active: bool
    key: str = ""
    count: int | None = None


@dataclass(frozen=True)
class ListFilter:
    """A choice that narrows the list: the parameter of the address, its label, the choices as {value: words}, the value.

    `is_day`: a typed date instead of choices; `fault` is why it is none.
    """

    name: str
    label: str
    choices: dict[str, str]
    chosen: str
    is_day: bool = False
    fault: str = ""

    @property
    def words(self) -> str:
        """The chosen one in words; "" if nothing is chosen."""
        if self.is_day:
            return f"ngày {self.chosen}" if self.chosen and not self.fault else ""
        return self.choices.get(self.chosen, "")


class PagedListView(PageView):
    """A list, `page_size` rows a page: `get_queryset()` returns the ordered rows, `search()` filters them by `q` of the address.

    The pages are those of a keyset; counted ones if the order has an expression or a column that may be null.
    `?xep=` sorts by a column ("-" before its key: downward), `?dang=dem` answers with the numbers of the chips. A list
    with `columns` and a `title` also has all its rows at once: `?dang=in` for print, `?dang=xlsx` as a workbook.
    """

    title: ClassVar[str] = ""
    page_size: ClassVar[int] = PAGE_SIZE
    columns: ClassVar[tuple[ListColumn, ...]] = ()
    finds_many = False
    """Set by `search` when it finds so many rows that the page comes soon but their number does not."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shape = request.GET.get(SHAPE)
        if shape == COUNTS:
            return JsonResponse({key: count_in_words(count) for key, count in self.chip_counts().items()})
        if shape in (PRINT, WORKBOOK) and self.columns:
            return self._all_at_once(shape)
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Any]:
        """The rows that this user may see, ordered."""
        raise NotImplementedError

    def complete_rows(self, rows: Iterable[Any]) -> Iterable[Any]:
        """Rows of a page or of the whole list, with what the query cannot add; override it in lists that need it."""
        return rows

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Rows that match the words; override it in lists that can be searched."""
        return rows

    def narrowed_to(self) -> str:
        """What the list is filtered by, in words, for the head of the printed list."""
        return "; ".join(one.words for one in self.filters() if one.words)

    def filters(self) -> list[ListFilter]:
        """What the list can be narrowed by besides the words; override it in lists with filters."""
        return []

    def choice_of(self, name: str, choices: Iterable[str]) -> str:
        """The value of a parameter of the address; "" if it is none of the choices."""
        value = self.request.GET.get(name, "")
        return value if value in choices else ""

    @property
    def sorting(self) -> Sorting:
        """How the address sorts the list."""
        return Sorting(self.columns, self.request.GET.get(SORT, ""))

    def chip_counts(self) -> dict[str, int | None]:
        """{key of a chip: how many rows it shows}, None above the limit; override it in lists with many rows."""
        return {}

    @property
    def words(self) -> str:
        """What is searched for; "" if nothing is."""
        return clean(self.request.GET.get("q", "")[:400])[:100]

    def all_rows(self) -> QuerySet[Any]:
        """The rows of all pages, searched and sorted."""
        rows = self.search(self.get_queryset(), self.words) if self.words else self.get_queryset()
        return self.sorting.rows(rows)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = self.all_rows()
        order = order_of(rows)
        if order:
            page: Any = keyset_page(rows, order, self.request.GET, self.page_size, counted=not self.finds_many)
            count = page.total
        else:
            page = Paginator(rows, self.page_size).get_page(self.request.GET.get("trang"))
            count = str(page.paginator.count)
        heads = self.sorting.heads(self.address_without(SORT))
        filters = self.filters()
        return super().get_context_data(
            page=page,
            rows=list(self.complete_rows(page.object_list)),
            count_in_words=count,
            q=self.words,
            column_heads=heads,
            sorts={column.key: head for column, head in zip(self.columns, heads, strict=True)},
            filters=filters,
            narrowed=any(one.chosen for one in filters),
            sort_choices=self.sorting.choices(),
            all_rows=self.address_without(SHAPE) if self.columns and page.object_list else "",
            **context,
        )

    def _all_at_once(self, shape: str) -> HttpResponse:
        """The printed list or the workbook; with more than MAX_ROWS rows a page that offers to make the file in a job."""
        count = self.count_rows(MAX_ROWS + 1)
        if count > MAX_ROWS:
            return self._offer_file()
        head = self.list_head(count)
        if shape == WORKBOOK:
            response = HttpResponse(list_workbook(head, self.lines()), content_type=XLSX_MIME)
            response["Content-Disposition"] = (
                f'attachment; filename="{list_file_name(self.title, timezone.localdate())}"'
            )
            return response
        printed = [[printed_cell(cell) for cell in line] for line in self.lines()]
        back = self.address_without(SHAPE)
        return self._page("components/list_print.html", title=self.title, head=head, lines=printed, back=back)

    def _offer_file(self) -> HttpResponse:
        back = self.address_without(SHAPE)
        address = f"{self.request.path}{back}".rstrip("?&")
        return self._page(
            "components/list_too_long.html", 422, title=self.title, back=back, address=address, most=MAX_ROWS
        )

    def list_head(self, count: int) -> ListHead:
        """The head of the list with all its rows, `count` in number."""
        return ListHead(self.title, self._about(count), tuple((one.label, one.width) for one in self.columns))

    def count_rows(self, limit: int) -> int:
        """How many rows the list has, at most `limit`."""
        return self.all_rows()[:limit].count()

    def lines(self) -> Iterator[list[Any]]:
        """The cells of all rows, read from the database in parts."""
        for row in self.complete_rows(self.all_rows().iterator(PART)):
            yield [column.value(row) for column in self.columns]

    def _about(self, count: int) -> str:
        """What the rows are narrowed to, how many they are, the day."""
        searched = f"tìm “{self.words}”" if self.words else ""
        narrowed = "; ".join(part for part in (self.narrowed_to(), searched) if part) or "Toàn bộ"
        return f"{narrowed}; {format_vnd(count)} dòng; lập ngày {format_date(timezone.localdate())}"

    def _page(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page without the rows and counts of the list."""
        return render(self.request, template, BaseView.get_context_data(self, **context), status=status)

    def address_without(self, *names: str) -> str:
        """The address of the first page of this list without these parameters, to which others can be added."""
        kept = self.request.GET.copy()
        for name in (*PLACES, *names):
            kept.pop(name, None)
        return f"?{kept.urlencode()}&" if kept else "?"


def counts_by(rows: QuerySet[Any], field: str, values: Iterable[Any]) -> dict[Any, int | None]:
    """{value: the number of rows with it, None above the limit}; one query for each value, in all as many as the limit allows."""
    return {value: capped_count(rows.filter(**{field: value})) for value in values}
