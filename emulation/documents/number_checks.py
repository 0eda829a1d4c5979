"""After a restore: the clerk's word on the last number that each book has given on paper, and the numbers that are lost."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.backups.models import Restore
from emulation.backups.pending import latest_restore
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_document_number
from emulation.core.validation import require_reason
from emulation.documents.models import NumberBook, NumberBookCheck
from emulation.documents.numbering import SeriesRule, all_series_on, lock_number_book, restore_to_check
from emulation.workflow.transitions import act

FAR = 100
"""A book that went on by more numbers than this between a backup and its restore was probably mistyped."""

ALREADY_CHECKED = "Sổ này đã có người ghi số cuối rồi. Hãy mở lại trang “Số và ký hiệu” để xem."
ALREADY_CORRECTED = "Số này đã được sửa, hoặc dữ liệu đã khôi phục lần nữa. Hãy mở lại trang “Số và ký hiệu”."
BOOK_FIELD = "so_"
"""The names of the form fields are this and the book."""


@dataclass(frozen=True)
class UncheckedBook:
    """A book of a year that gives no number until the clerk has typed the last one on paper (`last`: in the backup)."""

    restore: Restore
    rule: SeriesRule
    year: int
    titles: tuple[str, ...]
    last: int

    @property
    def field(self) -> str:
        """The name of its form field."""
        return f"{BOOK_FIELD}{self.rule.book}"


def unchecked_books(commune: Commune, year: int) -> list[UncheckedBook]:
    """The books of that year that wait for the clerk after the last restore, in the order of the series."""
    restore = restore_to_check(commune.pk, year)
    if restore is None:
        return []
    rules: dict[str, list[SeriesRule]] = {}
    for rule in all_series_on(commune, date(year, 12, 31)):
        rules.setdefault(rule.book, []).append(rule)
    books = {book.series: book for book in NumberBook.objects.filter(commune=commune, year=year)}
    done = set(NumberBookCheck.objects.filter(restore=restore).values_list("book_id", flat=True))
    found = []
    for name, of_book in rules.items():
        book = books.get(name)
        if book is None or book.pk not in done:
            last = book.last if book else of_book[0].start_at - 1
            found.append(UncheckedBook(restore, of_book[0], year, tuple(rule.title for rule in of_book), last))
    return found


def unchecked_books_by_year(commune: Commune) -> dict[int, list[UncheckedBook]]:
    """The books that wait for the clerk, by year: of the years from the backup to its restore, without years that have none.

    Books of earlier years give no number either before they are checked, but hardly anybody needs one from them.
    """
    restore = latest_restore(commune.pk)
    if restore is None:
        return {}
    first = timezone.localtime(restore.backup_made_at).year
    last = timezone.localtime(restore.restored_at).year
    by_year = {year: unchecked_books(commune, year) for year in range(first, last + 1)}
    return {year: books for year, books in by_year.items() if books}


def check_number_book(*, by: User, commune: Commune, book: UncheckedBook, last_on_paper: int, sure: bool) -> None:
    """Records the last number on paper; the next number of the book goes on after it. Numbers in between are lost.

    Raises RuleBroken if the number is lower than the last one restored, or far above it and the clerk is not `sure`.
    """
    facts: dict[str, Any] = {"book": book.rule.book, "year": book.year, "last_on_paper": last_on_paper}
    with act("documents.check_number_book", commune, by=by, **facts):
        row = lock_number_book(commune, book.rule, book.year)
        if NumberBookCheck.objects.filter(restore=book.restore, book=row).exists():
            raise RuleBroken(ALREADY_CHECKED, book.field)
        _check_number(last_on_paper, row.last, sure, book.field)
        NumberBookCheck.objects.create(
            commune=commune,
            restore=book.restore,
            book=row,
            last_restored=row.last,
            last_on_paper=last_on_paper,
            checked_by=by,
        )
        NumberBook.objects.filter(pk=row.pk).update(last=last_on_paper)


def _check_number(last_on_paper: int, last_restored: int, sure: bool, field: str) -> None:
    if last_on_paper < last_restored:
        raise RuleBroken(
            f"Số cuối trên giấy không thể nhỏ hơn {last_restored}: bản sao lưu đã có văn bản mang số {last_restored}.",
            field,
        )
    if last_on_paper - last_restored > FAR and not sure:
        raise RuleBroken(
            f"Số này cách số cuối trong bản sao ({last_restored}) hơn {FAR} số. Hãy xem lại; nếu đúng, đánh dấu ô “Tôi đã "
            "xem lại” rồi ghi.",
            field,
        )


# ── a mistyped number ────────────────────────────────────────────────────────────────────────────


def correctable_checks(commune: Commune, year: int) -> dict[str, NumberBookCheck]:
    """The checks of the last restore whose number may still be corrected, by book: no number was given after it."""
    restore = restore_to_check(commune.pk, year)
    if restore is None:
        return {}
    rows = NumberBookCheck.objects.filter(commune=commune, restore=restore, book__year=year).in_force()
    return {row.book.series: row for row in rows.select_related("book") if row.book.last == row.last_on_paper}


def correct_number_book(
    *, by: User, commune: Commune, check: NumberBookCheck, last_on_paper: int, reason: str, sure: bool = False
) -> NumberBookCheck:
    """Records another last number on paper instead of a mistyped one; the book goes on after it.

    Raises RuleBroken without a reason, for the same number, for one as in `check_number_book`, and once a number was given
    after the mistyped one or the data were restored again.
    """
    facts: dict[str, Any] = {"book": check.book.series, "year": check.book.year, "was": check.last_on_paper}
    with act("documents.correct_number_book", commune, by=by, last_on_paper=last_on_paper, reason=reason, **facts):
        book = NumberBook.objects.select_for_update().get(pk=check.book_id)
        current = NumberBookCheck.objects.filter(restore=check.restore_id, book=book).in_force().get()
        if current != check or restore_to_check(commune.pk, book.year) != check.restore:
            raise RuleBroken(ALREADY_CORRECTED)
        if book.last != check.last_on_paper:
            raise RuleBroken(
                f"Đã cấp số {format_document_number(book.last)} sau đó nên không sửa được nữa. Các số không có văn bản thì ghi "
                "chú trong sổ giấy."
            )
        if last_on_paper == check.last_on_paper:
            raise RuleBroken("Số này giống số đã ghi.", "last_on_paper")
        _check_number(last_on_paper, check.last_restored, sure, "last_on_paper")
        corrected = NumberBookCheck.objects.create(
            commune=commune,
            restore=check.restore,
            book=book,
            last_restored=check.last_restored,
            last_on_paper=last_on_paper,
            corrects=check,
            reason=require_reason(reason, "Hãy ghi vì sao sửa.", "reason"),
            checked_by=by,
        )
        NumberBook.objects.filter(pk=book.pk).update(last=last_on_paper)
    return corrected
