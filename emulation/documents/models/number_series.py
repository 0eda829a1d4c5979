"""Number series and number books: one book per commune, year and series."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from emulation.backups.models import Restore
from emulation.communes.models import CommuneQuerySet, CommuneRow
from emulation.core.fields import CleanCharField


class Series(CommuneRow):
    """A commune's change to a series of series.toml from a date on: symbol, book, first number of a year."""

    subject_key = "documents.Series"

    code = models.SlugField("mã", max_length=40)
    symbol = models.CharField("ký hiệu", max_length=40)
    book = models.SlugField("sổ", max_length=40)
    start_at = models.PositiveIntegerField("bắt đầu từ số", default=1)
    starts_on = models.DateField("từ ngày")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "code", "starts_on"], name="series_one_start")]

    def __str__(self) -> str:
        return self.symbol


class NumberBook(CommuneRow):
    """The counter of a book in a year: `last` is increased and read back in the transaction that issues a paper."""

    subject_key = "documents.NumberBook"

    year = models.PositiveIntegerField()
    series = models.SlugField(max_length=40)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "year", "series"], name="one_book")]

    def __str__(self) -> str:
        return f"{self.series}/{self.year}"


class NumberBookCheckQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows of the user's commune: the register shows them."""
        return self.of(user)

    def in_force(self) -> Self:
        """Without those that were corrected."""
        return self.filter(corrected_by=None)

    def with_lost_numbers(self) -> Self:
        """Those in force whose book had gone on after the backup."""
        return self.in_force().filter(last_on_paper__gt=F("last_restored"))


class NumberBookCheck(CommuneRow):
    """The clerk's word, after a restore, on the last number of a book that was used on paper.

    The numbers after `last_restored` up to `last_on_paper` are lost: their papers were issued after the backup. Append-only:
    a mistyped number is corrected by a row of its own, while no paper has a number after it.
    """

    subject_key = "documents.NumberBookCheck"

    restore = models.ForeignKey(Restore, models.PROTECT, related_name="+")
    book = models.ForeignKey(NumberBook, models.PROTECT, related_name="checks")
    last_restored = models.PositiveIntegerField("số cuối trong bản sao")
    last_on_paper = models.PositiveIntegerField("số cuối trên giấy")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    reason = CleanCharField("lý do sửa", max_length=300, blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField("lúc", auto_now_add=True)

    objects = NumberBookCheckQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["restore", "book"], condition=Q(corrects=None), name="number_book_check_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="number_book_check_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(last_on_paper__gte=F("last_restored")), name="number_book_check_never_back"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book} {self.last_on_paper}"

    @property
    def first_lost(self) -> int:
        """The first lost number; meaningful only if numbers are lost."""
        return self.last_restored + 1
