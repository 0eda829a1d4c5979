"""Evidence read: for whoever judges (`evidence_of`), for the pages (`sections`), for the table of a unit's evaluations."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from emulation.communes.capacity import capacity_of
from villages.models import (
    EVIDENCE,
    KEPT,
    RESTRICTED_READERS,
    Discipline,
    Evaluation,
    Evidence,
    Household,
    Initiative,
    Leave,
    PastAward,
    PendingCase,
    Person,
    Unit,
    UnitYear,
    evidence_subject_kind,
)
from villages.models.evidence import EvidenceCells

EVALUATION_FIRST_MONTH = 10


@dataclass(frozen=True)
class EvidenceRows:
    """What was known of one person, household or unit on a day; each list the latest first."""

    evaluations: list[Evaluation] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    disciplines: list[Discipline] = field(default_factory=list)
    pendings: list[PendingCase] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    unit_years: list[UnitYear] = field(default_factory=list)
    past_awards: list[PastAward] = field(default_factory=list)


LIST_NAMES: dict[type[Evidence], str] = {
    Evaluation: "evaluations",
    Initiative: "initiatives",
    Discipline: "disciplines",
    PendingCase: "pendings",
    Leave: "leaves",
    UnitYear: "unit_years",
    PastAward: "past_awards",
}


def evidence_of(subject: Person | Household | Unit, on: date, *, user: Any = None) -> EvidenceRows:
    """All that counts for one subject as of a day; one query a kind of evidence.

    Nothing is hidden, so that a judgement is right: who shows it must not show what is restricted. With `user`, only
    what that user may see, unlogged; what is restricted is then left out for everybody (`actions.read_restricted` shows it).
    """
    return _gather(evidence_subject_kind(subject), [subject.pk], on, user)[subject.pk]


def evidence_of_many(person_ids: Sequence[int], on: date, *, user: Any = None) -> dict[int, EvidenceRows]:
    """The same for a list of people, by id, in the same number of queries as for one."""
    return _gather("person", person_ids, on, user)


def _gather(name: str, ids: Sequence[int], on: date, user: Any) -> dict[int, EvidenceRows]:
    found = {pk: EvidenceRows() for pk in ids}
    for model, into in LIST_NAMES.items():
        if name not in model.subjects or (user is not None and model.restricted):
            continue
        rows = model.objects.kept() if user is None else model.objects.visible_to(user).kept()
        for entry in rows.filter(known_on(model, on), **{f"{name}_id__in": list(found)}):
            getattr(found[getattr(entry, f"{name}_id")], into).append(entry)
    return found


def known_on(model: type[Evidence], on: date) -> Q:
    """Entries that speak of that day or before."""
    if not model.by_year:
        return Q(starts_on__lte=on)
    day = {Initiative: "certificate_on", PastAward: "decided_on"}.get(model)
    known = Q(year__lte=on.year)
    return known & (Q(**{day: None}) | Q(**{f"{day}__lte": on})) if day else known


@dataclass(frozen=True)
class EvidenceSection:
    """One kind of evidence on the page of a subject: lines of (entry, cells) that count, and entries that were removed."""

    model: type[Evidence]
    lines: list[tuple[Evidence, EvidenceCells]]
    gone: list[Evidence]

    @property
    def columns(self) -> list[str]:
        """The labels of the cells, those alone of which some line says something."""
        return [label for label, _ in self.lines[0][1]] if self.lines else []


def evidence_sections(subject: Any, user: Any) -> list[EvidenceSection]:
    """What this user may read of a subject without a logged reading, kind by kind; one query each."""
    name, capacity = evidence_subject_kind(subject), capacity_of(user)
    kinds = [model for model in EVIDENCE if name in model.subjects and not model.restricted]
    return [
        evidence_section(model, model.objects.visible_to(user).about(subject), whole=capacity.has(*RESTRICTED_READERS))
        for model in kinds
        if model.heads_read or capacity.has(*model.readers)
    ]


def evidence_section(model: type[Evidence], entries: Iterable[Evidence], *, whole: bool) -> EvidenceSection:
    """Entries of one kind parted into those that count and those that were removed; `whole` with the office's cells."""
    found = list(entries)
    kept = [entry for entry in found if entry.state == KEPT]
    lines = [(entry, entry.cells() + (entry.cells_for_office() if whole else [])) for entry in kept]
    said = {label for _, cells in lines for label, text in cells if text}
    return EvidenceSection(
        model,
        lines=[(entry, [cell for cell in cells if cell[0] in said]) for entry, cells in lines],
        gone=[entry for entry in found if entry.state != KEPT] if whole else [],
    )


def people_of_unit(unit: Unit, user: Any) -> QuerySet[Person]:
    """The people of a unit that the user may see, by name."""
    return Person.objects.visible_to(user).filter(unit=unit, is_active=True)


def recorded_levels(people: Iterable[Person], year: int) -> dict[int, str]:
    """What is recorded of these people for a year, by person's id."""
    rows = Evaluation.objects.kept().filter(person__in=list(people), year=year)
    return {pk: level for pk, level in rows.order_by().values_list("person_id", "level") if pk}


def year_to_evaluate(on: date) -> int:
    """The year whose evaluations are being written on that day: from October on the present one."""
    return on.year if on.month >= EVALUATION_FIRST_MONTH else on.year - 1
