"""Base of evidence: facts about people, households and units by year, used to check eligibility for awards.

An entry is never deleted: it is corrected or removed with a reason; a removed entry stays but no longer counts.
"""

from typing import Any, ClassVar, Self, cast

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import Role
from emulation.core.fields import CleanCharField
from emulation.core.formatting import format_date
from emulation.workflow.models import WorkflowSubject
from villages.models.people import PEOPLE_READERS, Household, Person
from villages.models.units import Unit
from villages.rules.evidence import FIRST_EVIDENCE_YEAR

KEPT = "kept"
REMOVED = "removed"
RESTRICTED_READERS = (Role.office, Role.chair)
IS_KEPT = Q(state=KEPT)
EvidenceCells = list[tuple[str, str]]
YES_NO = {True: "có", False: "không", None: ""}


class EvidenceQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """All rows for the roles in `readers`; entries about their own units for heads, if `heads_read`."""
        capacity = capacity_of(user)
        rows = self.of(user)
        model = cast("type[Evidence]", self.model)
        if capacity.has(*model.readers):
            return rows
        of_own_units = Q(pk__in=[])
        for name in model.subjects if model.heads_read else ():
            for path in ("collective_id", "collective__parent_id") if name == "collective" else (f"{name}__unit_id",):
                of_own_units |= Q(**{f"{path}__in": capacity.unit_ids})
        return rows.filter(of_own_units)

    def kept(self) -> Self:
        """Entries that count."""
        return self.filter(IS_KEPT)


class Evidence(WorkflowSubject):
    """Base of every entry. Class attributes: `word` in names of acts, `slug` in URLs, possible subjects, readers."""

    word: ClassVar[str]
    slug: ClassVar[str]
    title: ClassVar[str]
    subjects: ClassVar[tuple[str, ...]] = ("person",)
    readers: ClassVar[tuple[Role, ...]] = PEOPLE_READERS
    heads_read: ClassVar[bool] = True
    restricted: ClassVar[bool] = False
    duplicate_message: ClassVar[str]
    by_year: ClassVar[bool] = True  # False: dated by the days on which it began and ended
    # The audit log contains only the names of these fields, not their values; so a correction is a new entry.
    audit_private: ClassVar[frozenset[str]] = frozenset()

    state = models.CharField("trạng thái", max_length=20, default=KEPT)
    reason = CleanCharField("lý do sửa, bỏ", max_length=300, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.title}: {self.subject}"

    @property
    def subject(self) -> Any:
        """The person, household or unit that the entry is about."""
        return next(getattr(self, name) for name in self.subjects if getattr(self, f"{name}_id"))

    def get_absolute_url(self) -> str:
        return evidence_url(self.subject)

    def put(self, **facts: Any) -> None:
        """Sets the facts of the entry."""
        for name, value in facts.items():
            setattr(self, name, value)

    @property
    def headline(self) -> str:
        """Short name of the entry, at the beginning of its line."""
        raise NotImplementedError

    def cells(self) -> EvidenceCells:
        """The rest of the line: (label, text)."""
        raise NotImplementedError

    def cells_for_office(self) -> EvidenceCells:
        """Further cells for the readers of restricted facts."""
        return []


def evidence_subject_kind(subject: Any) -> str:
    """ "person", "household" or "collective"."""
    kinds: dict[type, str] = {Person: "person", Household: "household", Unit: "collective"}
    return next(kind for model, kind in kinds.items() if isinstance(subject, model))


def evidence_url(subject: Any) -> str:
    """The page "Hồ sơ theo năm" of a person, household or unit."""
    return reverse(f"villages:{evidence_subject_kind(subject)}_evidence", args=[subject.pk])


def number_and_date(number: str, day: Any) -> str:
    """ "số 12/QĐ-UBND ngày 05/02/2026"; without the parts that are not known."""
    parts = [f"số {number}" if number else "", f"ngày {format_date(day)}" if day else ""]
    return " ".join(part for part in parts if part)


def year_in_range(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(year__gte=FIRST_EVIDENCE_YEAR, year__lte=2100), name=name)


def dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name=name)


def unique_while_kept(name: str, *fields: str) -> models.UniqueConstraint:
    """Constraint: no two entries that count have the same values of these fields."""
    return models.UniqueConstraint(fields=list(fields), condition=IS_KEPT, name=name)
