"""Abstract base of models about a person, a household or a collective."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q, QuerySet

from emulation.core.text import fold, name_key
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
    def nominee_identity(self) -> tuple[str, int | None]:
        """The kind and the id of the nominee, of a person the id of the kept record: equal for two rows about one nominee."""
        if self.person:
            return "person", self.person.kept_id
        return self.nominee_kind, self.household_id or self.collective_id

    @property
    def nominee_name(self) -> str:
        """The name for lists, without Ông or Bà; with what distinguishes it from others of the unit who have it."""
        if self.person_id:
            return self.person.marked_name
        if self.household_id:
            return f"Hộ gia đình {self.household.marked_name}"
        return self.collective.name if self.collective_id else ""

    @property
    def nominee_mark(self) -> str:
        """What distinguishes the person or household from others of the name in the unit, as of today; "" for nobody else."""
        named = self.person or self.household
        return named.name_mark if named else ""

    @property
    def nominee_bare_name(self) -> str:
        """The mere name, for comparisons with what papers of before say."""
        if self.person_id:
            return self.person.full_name
        return f"Hộ gia đình {self.household.head_name}" if self.household_id else self.nominee_name

    @property
    def nominee_alone(self) -> str:
        """The name for a text that does not name the unit: with it where somebody of another unit has the name."""
        named = self.person or self.household
        return self.nominee_and_unit if named and named.name_elsewhere else self.nominee_name

    @property
    def nominee_unit(self) -> str:
        """The unit, next to the name; "" when the nominee is that unit itself or a collective of the commune itself."""
        unit: Unit = self.unit  # type: ignore[attr-defined]  # every model about a nominee has one
        if self.collective_id == unit.pk or self._of_the_commune:
            return ""
        return unit.name

    @property
    def _of_the_commune(self) -> bool:
        """Whether it is a collective that belongs to no unit."""
        return bool(self.collective and self.collective.is_collective and self.collective.parent_id is None)

    @property
    def nominee_unit_label(self) -> str:
        """The unit for a column of a list; the own name of a unit, and of a collective of the commune itself."""
        unit: Unit = self.unit  # type: ignore[attr-defined]
        return self.collective.name if self.collective and self._of_the_commune else unit.name

    @property
    def nominee_and_unit(self) -> str:
        """ "Vi Văn Thành, Thôn 1"; "Thôn 4" for the unit itself."""
        return ", ".join(filter(None, [self.nominee_name, self.nominee_unit]))

    @property
    def nominee_in_full(self) -> str:
        """The name, of a person with the year of birth: two people of a unit may have the same name."""
        year = f"sinh năm {self.person.birth_year}" if self.person and self.person.birth_year else ""
        name = self.nominee_bare_name if self.person and self.person.name_mark == year else self.nominee_name
        return ", ".join(filter(None, [name, year]))

    @property
    def nominee_sort(self) -> str:
        """The sort key of the name."""
        if self.person_id:
            return self.person.name_key
        if self.household_id:
            return self.household.name_key
        return name_key(self.collective.name) if self.collective_id else ""


class UnitNominee(models.Model):
    """A person or household about whom a unit has a row of a NamedNominee, or once had: the names that its lists are searched for.

    A unit may have rows about people of other units, and about those who have moved. `NamedNominee.save` adds them, and the
    actions that give rows another unit (`store_nominees_of`). None is deleted: one without a row is looked at, and finds nothing.
    """

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    household = models.ForeignKey(Household, models.CASCADE, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "person"], name="unit_nominee_person_once"),
            models.UniqueConstraint(fields=["unit", "household"], name="unit_nominee_household_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.household}: {self.unit}"


def store_unit_nominees(found: Iterable[tuple[int, int | None, int | None]]) -> None:
    """Adds those that are new, each as the ids of the unit, the person, the household; one query."""
    rows = [UnitNominee(unit_id=unit, person_id=person, household_id=household) for unit, person, household in found]
    UnitNominee.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)


class NamedNominee(Nominee):
    """Mixin: a nominee whose name is stored with the row too, so that long lists are searched and sorted without a join.

    `save` sets it, `store_new_name` after a person or household is renamed.
    """

    NAMED_BY: ClassVar[frozenset[str]] = frozenset({"person_id", "household_id", "collective_id"})

    nominee_fold = models.CharField(max_length=250, editable=False, blank=True, default="")
    nominee_key = models.CharField(max_length=400, editable=False, blank=True, default="")

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        is_named_new = update_fields is None or bool(self.NAMED_BY & set(update_fields))
        if is_named_new:
            self.nominee_fold = self.nominee_words()
            self.nominee_key = self.nominee_sort
            update_fields = None if update_fields is None else {*update_fields, "nominee_fold", "nominee_key"}
        super().save(*args, update_fields=update_fields, **kwargs)
        if is_named_new and (self.person_id or self.household_id):
            unit_id = self.unit_id  # type: ignore[attr-defined]  # every model about a nominee has one
            store_unit_nominees([(unit_id, self.person_id, self.household_id)])

    def nominee_words(self) -> str:
        """The folded name by which it is found; "" when there is no nominee yet."""
        if self.person_id:
            return self.person.name_fold
        if self.household_id:
            return self.household.name_fold
        return fold(self.collective.name)[:250] if self.collective_id else ""


def store_nominees_of(rows: QuerySet[Any], unit: Unit) -> None:
    """Adds the people and households of these rows to those of the unit, which gets the rows."""
    named = rows.exclude(person=None, household=None).order_by()
    pairs = named.values_list("person_id", "household_id").distinct()
    store_unit_nominees([(unit.pk, person, household) for person, household in pairs])


def store_new_name(nominee: Person | Household) -> None:
    """Stores the name of a person or household with every row about them, and with the household that a person heads; the
    number of queries is that of the models."""
    kind = "person" if isinstance(nominee, Person) else "household"
    for model in NamedNominee.__subclasses__():
        rows: models.QuerySet[Any] = model._base_manager.filter(**{kind: nominee})
        rows.update(nominee_fold=nominee.name_fold, nominee_key=nominee.name_key)
    headed = Household.objects.filter(head=nominee).first() if isinstance(nominee, Person) else None
    if headed is not None and headed.head_name != nominee.name:
        headed.put_name(nominee.name, headed.nickname)
        headed.save()
        store_new_name(headed)


def store_collective_name(collective: Unit) -> None:
    """Stores the name of a collective with every row about it; the number of queries is that of the models."""
    for model in NamedNominee.__subclasses__():
        rows: models.QuerySet[Any] = model._base_manager.filter(collective=collective)
        rows.update(nominee_fold=fold(collective.name)[:250], nominee_key=name_key(collective.name))


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
