"""Periods (months, quarters) in which units report exemplars."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.rules.period import month_span, period_in_words, period_title, quarter_span
from emulation.accounts.models import User
from emulation.communes.models import CommuneQuerySet, CommuneRow


class PeriodQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All users of the commune see its periods."""
        return self.of(user)


class Period(CommuneRow):
    """A month or a quarter for which every unit reports exemplars."""

    subject_key = "campaigns.Period"

    MONTH = "month"
    QUARTER = "quarter"
    KINDS = [(MONTH, "Tháng"), (QUARTER, "Quý")]
    kind = models.CharField("loại", max_length=8, choices=KINDS, default=MONTH)
    year = models.PositiveSmallIntegerField("năm")
    number = models.PositiveSmallIntegerField("tháng hoặc quý số")
    opens_on = models.DateField("mở ngày")
    due_on = models.DateField("hạn gửi")
    closed_on = models.DateField("chốt ngày", null=True, blank=True)
    closed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người chốt"
    )  # None: closed automatically
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["commune", "kind", "year", "number"], name="period_once"),
            models.CheckConstraint(condition=Q(due_on__gte=models.F("opens_on")), name="period_dates_in_order"),
            models.CheckConstraint(
                condition=Q(kind="month", number__range=(1, 12)) | Q(kind="quarter", number__range=(1, 4)),
                name="period_number",
            ),
        ]

    def __str__(self) -> str:
        return period_title(self.kind, self.year, self.number)

    def get_absolute_url(self) -> str:
        return reverse("campaigns:board", args=[self.pk])

    @property
    def in_words(self) -> str:
        """ "tháng 10 năm 2026", "quý IV năm 2026", as papers write it."""
        return period_in_words(self.kind, self.year, self.number)

    @property
    def is_quarter(self) -> bool:
        return self.kind == self.QUARTER

    @property
    def column_title(self) -> str:
        """ "T6" or "Q4": the heading of the period's column in a table of one year."""
        return f"{'Q' if self.is_quarter else 'T'}{self.number}"

    @property
    def requested_on(self) -> date:
        """Since when units must answer: the first day of the period, or the day it was created if that is later."""
        return max(self.opens_on, timezone.localdate(self.created_at))

    def is_past(self, on: date) -> bool:
        """Whether the month or quarter is over; later answers are accepted, and shown as late."""
        to_span = quarter_span if self.kind == self.QUARTER else month_span
        return on > to_span(self.year, self.number).ends_on
