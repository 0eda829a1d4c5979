"""Number series and books: the symbol of a paper and its next number."""

import tomllib
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from emulation.backups.models import Restore
from emulation.backups.pending import latest_restore
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.documents.models import NumberBook, NumberBookCheck, Series
from emulation.legal import current


@dataclass(frozen=True)
class SeriesRule:
    """A number series on a date: code, title, symbol, the book that it counts in, the first number of a year."""

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
    """The series of this commune on a date. Raises RuleBroken for an unknown code."""
    own = Series.objects.filter(commune=commune, code=code, starts_on__lte=on).order_by("starts_on").last()
    standard = standard_series().get(code)
    if own:
        return SeriesRule(code, standard.title if standard else own.symbol, own.symbol, own.book, own.start_at)
    if standard is None:
        raise RuleBroken(f"Chưa có sổ số cho loại văn bản “{code}”.")
    return _with_unit(standard, commune, on)


def _with_unit(rule: SeriesRule, commune: Commune, on: date) -> SeriesRule:
    """A standard series with the unit of that day in its symbol: "UBND-VHXH"."""
    if "{" not in rule.symbol:
        return rule
    return replace(rule, symbol=rule.symbol.format(file=current.commune_offices_for(commune.pk, on).file))


def all_series_on(commune: Commune, on: date) -> list[SeriesRule]:
    """All series of this commune on a date: those of series.toml in their order, then the commune's own."""
    standard = standard_series()
    newest = {}
    for own in Series.objects.filter(commune=commune, starts_on__lte=on).order_by("starts_on"):
        title = standard[own.code].title if own.code in standard else own.symbol
        newest[own.code] = SeriesRule(own.code, title, own.symbol, own.book, own.start_at)
    return [newest.get(code) or _with_unit(rule, commune, on) for code, rule in standard.items()] + [
        rule for code, rule in sorted(newest.items()) if code not in standard
    ]


def lock_number_book(commune: Commune, rule: SeriesRule, year: int) -> NumberBook:
    """The book of that year, with its row locked until the end of the transaction; created if missing."""
    NumberBook.objects.get_or_create(commune=commune, year=year, series=rule.book, defaults={"last": rule.start_at - 1})
    return NumberBook.objects.select_for_update().get(commune=commune, year=year, series=rule.book)


def take_next_number(book: NumberBook) -> int:
    """Increases the counter and returns the next number. If the transaction is rolled back, the number stays free."""
    NumberBook.objects.filter(pk=book.pk).update(last=F("last") + 1)
    return NumberBook.objects.values_list("last", flat=True).get(pk=book.pk)


def restore_to_check(commune_id: int, year: int) -> Restore | None:
    """The last restore, if books of that year may have gone on after its backup; None if none need to be checked."""
    restore = latest_restore(commune_id)
    return restore if restore and year <= timezone.localtime(restore.restored_at).year else None


def require_checked_book(book: NumberBook) -> None:
    """Raises RuleBroken if the clerk has not yet entered, after the last restore, the last number on paper."""
    restore = restore_to_check(book.commune_id, book.year)
    if restore and not NumberBookCheck.objects.filter(restore=restore, book=book).exists():
        raise RuleBroken(
            f"Dữ liệu vừa được khôi phục từ bản sao lưu nên sổ số này chưa cấp số. Văn thư mở trang “Số và ký hiệu”, chọn "
            f"năm {book.year}, ghi số cuối cùng đã dùng trên giấy, rồi làm lại việc này."
        )
