"""Rows of the law that pages show."""

from datetime import date

from django.db.models import F, Q, QuerySet

from emulation.legal.models import Instrument


def in_force(day: date) -> QuerySet[Instrument]:
    """The instruments of the state in force that day, as far as their days are known, oldest first."""
    begun = Q(starts_on__lte=day) | Q(starts_on__isnull=True, signed_on__lte=day)
    return Instrument.objects.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day), local=False).order_by(
        F("starts_on").asc(nulls_first=True), "code"
    )
