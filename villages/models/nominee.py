"""Abstract base of models about a person, a household or a collective."""

from django.db import models
from django.db.models import Q

from emulation.core.text import name_key
from villages.models.people import Household, Person
from villages.models.units import Unit


class Nominee(models.Model):
    """Mixin: the nominee is exactly one of a person, a household, a collective (or none yet, in a draft)."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cá nhân")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hộ gia đình"
    )
    collective = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="tập thể"
    )

    class Meta:
        abstract = True

    @property
    def nominee_kind(self) -> str:
        """ "person", "household", "collective", or "" when there is no nominee yet."""
        if self.person_id:
            return "person"
        if self.household_id:
            return "household"
        return "collective" if self.collective_id else ""

    @property
    def nominee_name(self) -> str:
        """The name for lists, without Ông or Bà."""
        if self.person_id:
            return self.person.full_name
        if self.household_id:
            return f"Hộ gia đình {self.household.head_name}"
        return self.collective.name if self.collective_id else ""

    @property
    def nominee_unit(self) -> str:
        """The unit, next to the name; "" when the nominee is that unit itself."""
        unit: Unit = self.unit  # type: ignore[attr-defined]  # every model about a nominee has one
        return "" if self.collective_id == unit.pk else unit.name

    @property
    def nominee_and_unit(self) -> str:
        """ "Vi Văn Thành, Thôn 1"; "Thôn 4" for the unit itself."""
        return ", ".join(filter(None, [self.nominee_name, self.nominee_unit]))

    @property
    def nominee_in_full(self) -> str:
        """The name, of a person with the year of birth: two people of a unit may have the same name."""
        year = self.person.birth_year if self.person else None
        return f"{self.nominee_name}, sinh năm {year}" if year else self.nominee_name

    @property
    def nominee_sort(self) -> str:
        """The sort key of the name."""
        if self.person_id:
            return self.person.name_key
        if self.household_id:
            return self.household.name_key
        return name_key(self.collective.name) if self.collective_id else ""


def exactly_one_nominee(name: str, unless: Q | None = None) -> models.CheckConstraint:
    """Constraint for Nominee: exactly one of the three is set, unless `unless` is true."""
    one = (
        Q(person__isnull=False, household__isnull=True, collective__isnull=True)
        | Q(person__isnull=True, household__isnull=False, collective__isnull=True)
        | Q(person__isnull=True, household__isnull=True, collective__isnull=False)
    )
    return models.CheckConstraint(condition=one | unless if unless is not None else one, name=name)


def exactly_one_of(name: str, *fields: str) -> models.CheckConstraint:
    """Constraint: exactly one of these foreign keys is set."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return models.CheckConstraint(condition=condition, name=name)
