"""Pages of a long list by the values of its order (keyset): each page costs the same, however deep it is.

A page is named by the order values of a row: `?sau=` begins after it, `?truoc=` ends before it, `?cuoi=1` is the last page.
Rows that come or go meanwhile shift nothing: no row is shown twice or left out.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model, Q, QuerySet
from django.http import QueryDict

from emulation.core.formatting import format_vnd

MAX_COUNTED = 1000
FEW = 100
AFTER = "sau"
BEFORE = "truoc"
LAST = "cuoi"


@dataclass(frozen=True)
class OrderField:
    """One field of the order: its lookup path, its model field, whether it descends."""

    path: str
    field: "Field[Any, Any]"
    descends: bool

    def value(self, row: Model) -> Any:
        """The value of the row, by way of the relations of the path."""
        found: Any = row
        for part in self.path.split("__"):
            found = getattr(found, part)
        return found


@dataclass(frozen=True)
class KeysetPage:
    """One page: its rows, and the query parameters of the pages around it ({} if there is none).

    `total` is the number of all rows in words: "61", "hơn 1.000", "" if they are not counted.
    """

    object_list: list[Any]
    previous: dict[str, str]
    following: dict[str, str]
    total: str

    @property
    def is_first(self) -> bool:
        return not self.previous

    @property
    def has_other_pages(self) -> bool:
        return bool(self.previous or self.following)


def order_of(rows: QuerySet[Any]) -> list[OrderField] | None:
    """The fields by which the rows are ordered, with the primary key last; None if one is an expression or may be null."""
    names = _order_names(rows)
    found = [_order_field(rows.model, name) for name in names or ()]
    return [field for field in found if field] if found and all(found) else None


def _order_names(rows: QuerySet[Any]) -> list[str] | None:
    """The names of the order, the primary key added if it is not there; None if one is an expression."""
    names: list[str] = []
    for name in rows.query.order_by or rows.model._meta.ordering:
        if not isinstance(name, str):
            return None
        names.append(name)
    if not {"pk", "-pk", "id", "-id"} & set(names):
        names.append("-pk" if names and names[-1].startswith("-") else "pk")
    return names


def _order_field(model: type[Model], name: str) -> OrderField | None:
    path = name.lstrip("-")
    at: Any = model
    field: Any = None
    for part in path.split("__"):
        try:
            field = at._meta.pk if part == "pk" else at._meta.get_field(part)
        except FieldDoesNotExist:
            return None
        if field.null:
            return None
        at = field.related_model
    return OrderField(path, field, name.startswith("-"))


def count_in_words(count: int | None) -> str:
    """ "61", or "hơn 1.000" for None."""
    return f"hơn {format_vnd(MAX_COUNTED)}" if count is None else str(count)


def keyset_page(
    rows: QuerySet[Any], order: list[OrderField], asked: QueryDict, size: int, *, counted: bool = True
) -> KeysetPage:
    """The page that `asked` names; the first one if it names none, or one that is not understood. Two queries.

    Unless `counted` is False the primary keys are read first, up to MAX_COUNTED + 1: they are the count, and few rows
    are then found by them. A database that knows only the order and a rare filter walks the whole order.
    """
    rows, total = _counted(rows) if counted else (rows, "")
    start, backward = _place(asked, order)
    found = _rows_beyond(rows, order, start, size, reverse=backward)
    more = len(found) > size
    begun = start is not None
    shown = found[size - 1 :: -1] if backward else found[:size]
    previous, following = (more, begun) if backward else (begun, more)
    return KeysetPage(
        shown,
        {BEFORE: encoded_place(shown[0], order)} if previous and shown else {},
        {AFTER: encoded_place(shown[-1], order)} if following and shown else {},
        total,
    )


def _place(asked: QueryDict, order: list[OrderField]) -> tuple[list[Any] | None, bool]:
    """The order values where the page that is asked for begins (None: at an end), and whether it goes backward from there."""
    after = _cursor(asked.get(AFTER, ""), order)
    if after is not None:
        return after, False
    before = _cursor(asked.get(BEFORE, ""), order)
    return before, before is not None or bool(asked.get(LAST))


def _counted(rows: QuerySet[Any]) -> tuple[QuerySet[Any], str]:
    """The rows, by their primary keys if they are few, and their number in words."""
    ids = list(rows.order_by().values_list("pk", flat=True)[: MAX_COUNTED + 1])
    total = count_in_words(len(ids) if len(ids) <= MAX_COUNTED else None)
    return rows.filter(pk__in=ids) if len(ids) <= FEW else rows, total


def _rows_beyond(
    rows: QuerySet[Any], order: list[OrderField], start: list[Any] | None, size: int, *, reverse: bool
) -> list[Any]:
    """The first rows after `start` (None: of all) in this order or its reverse, one more than a page has."""
    ordered = rows.order_by(*(_signed(field, reverse=reverse) for field in order))
    if start is not None:
        ordered = ordered.filter(_beyond(order, start, reverse=reverse))
    return list(ordered[: size + 1])


def capped_count(rows: QuerySet[Any]) -> int | None:
    """The number of the rows; None above MAX_COUNTED."""
    count = rows.order_by()[: MAX_COUNTED + 1].count()
    return count if count <= MAX_COUNTED else None


def _signed(field: OrderField, *, reverse: bool) -> str:
    return f"-{field.path}" if field.descends is not reverse else field.path


def _beyond(order: list[OrderField], values: list[Any], *, reverse: bool) -> Q:
    """The rows after these values in this order. The outer condition on the first field lets the database use its index."""
    condition = Q()
    for field, value in reversed(list(zip(order, values, strict=True))):
        beyond = "lt" if field.descends is not reverse else "gt"
        further = Q(**{f"{field.path}__{beyond}": value})
        condition = further | (Q(**{field.path: value}) & condition) if condition else further
    first = order[0]
    bound = "lte" if first.descends is not reverse else "gte"
    return Q(**{f"{first.path}__{bound}": values[0]}) & condition


def encoded_place(row: Model, order: list[OrderField]) -> str:
    """The order values of a row, as the address names its place."""
    values = json.dumps([field.value(row) for field in order], cls=_FullEncoder, separators=(",", ":"))
    return urlsafe_b64encode(values.encode()).decode().rstrip("=")


def _cursor(text: str, order: list[OrderField]) -> list[Any] | None:
    """The order values in a query parameter; None if it is none of ours."""
    try:
        values = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return [field.field.to_python(value) for field, value in zip(order, values, strict=True)]
    except (ValueError, TypeError, ValidationError, OverflowError):
        return None


class _FullEncoder(DjangoJSONEncoder):
    """Date and time with microseconds; Django's own encoder cuts them to milliseconds."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if hasattr(o, "isoformat") else super().default(o)
