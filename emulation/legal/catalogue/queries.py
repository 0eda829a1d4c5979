"""Instruments in force on a day, and the local values behind dated values."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, Q, QuerySet

from emulation.legal.engine.law import DatedValue
from emulation.legal.models import Instrument, LegalValue


def instruments_in_force(day: date) -> QuerySet[Instrument]:
    """The instruments of the state in force that day (those with known days), oldest first."""
    begun = Q(starts_on__lte=day) | Q(starts_on__isnull=True, signed_on__lte=day)
    return Instrument.objects.filter(begun, Q(ends_on__isnull=True) | Q(ends_on__gte=day), local=False).order_by(
        F("starts_on").asc(nulls_first=True), "code"
    )


def local_value_ids(local: Iterable[DatedValue]) -> dict[str, int]:
    """Version -> id of its LocalValue, for the local ones of these values; no query when there are none."""
    versions = [value.version for value in local if value.local]
    return dict(LegalValue.objects.filter(version__in=versions).values_list("version", "ruling_id")) if versions else {}
