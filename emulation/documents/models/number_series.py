"""Number series and number books: one book per commune, year and series."""

from django.db import models

from emulation.communes.models import CommuneRow


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
