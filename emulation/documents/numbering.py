"""Series and books: what symbol a paper carries, and its next number."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import F

from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.documents.models import NumberBook, Series


@dataclass(frozen=True)
class SeriesRule:
    """A number series on a day: its code, title, symbol, the book it counts in, the first number of a year."""

    code: str
    title: str
    symbol: str
    book: str
    start_at: int = 1


@cache
def standard_series() -> dict[str, SeriesRule]:
    """The series of series.toml by code."""
    data = tomllib.loads((Path(__file__).parent / "series.toml").read_text("utf-8"))
    return {code: SeriesRule(code=code, **row) for code, row in data.items()}


def series_on(commune: Commune, code: str, on: date) -> SeriesRule:
    """The series as this commune keeps it on a day. Raises RuleBroken for a code that is not known."""
    own = Series.objects.filter(commune=commune, code=code, starts_on__lte=on).order_by("starts_on").last()
    base = standard_series().get(code)
    if own:
        return SeriesRule(code, base.title if base else own.symbol, own.symbol, own.book, own.start_at)
    if base is None:
        raise RuleBroken(f"Chưa có sổ số cho loại văn bản “{code}”.")
    return base


def all_series_on(commune: Commune, on: date) -> list[SeriesRule]:
    """Every series as this commune keeps it on a day: those of series.toml in their order, then its own."""
    base = standard_series()
    newest = {}
    for own in Series.objects.filter(commune=commune, starts_on__lte=on).order_by("starts_on"):
        title = base[own.code].title if own.code in base else own.symbol
        newest[own.code] = SeriesRule(own.code, title, own.symbol, own.book, own.start_at)
    return [newest.get(code, rule) for code, rule in base.items()] + [
        rule for code, rule in sorted(newest.items()) if code not in base
    ]


def lock_number_book(commune: Commune, rule: SeriesRule, year: int) -> NumberBook:
    """The book of that year, its row locked until the transaction ends."""
    NumberBook.objects.get_or_create(commune=commune, year=year, series=rule.book, defaults={"last": rule.start_at - 1})
    return NumberBook.objects.select_for_update().get(commune=commune, year=year, series=rule.book)


def take_next_number(book: NumberBook) -> int:
    """The next number: raised in the database and read back. A rollback of the transaction gives it back."""
    NumberBook.objects.filter(pk=book.pk).update(last=F("last") + 1)
    return NumberBook.objects.values_list("last", flat=True).get(pk=book.pk)
