"""Collectives that are no units (tổ, chi hội, lớp, doanh nghiệp, hợp tác xã): commended, without duties of their own."""

from django.db import models

from villages.models.units import Unit, UnitQuerySet


class CollectiveManager(models.Manager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """The collectives that are no units."""

    def get_queryset(self) -> UnitQuerySet:
        rows: UnitQuerySet = super().get_queryset()
        return rows.filter(kind=Unit.COLLECTIVE)


class Collective(Unit):
    """A collective that is no unit. It belongs to a unit (`parent`) or to the commune itself.

    It has no head who signs in, is asked for nothing and is counted in no list of units; it is chosen as the collective of
    an exemplar of its unit and of a nomination that its unit, or the office, proposes.
    """

    subject_key = "villages.Collective"

    objects = CollectiveManager()

    class Meta:
        proxy = True
        ordering = ["name", "pk"]
