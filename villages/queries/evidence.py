"""Queries on evidence: for the check of eligibility (`evidence_of`), for pages (`evidence_sections`), for the table of
evaluations of a unit."""

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
from villages.queries.same_people import about_nominee, kept_ids, same_person_ids

EVALUATION_FIRST_MONTH = 10


@dataclass(frozen=True)
class EvidenceRows:
    """The evidence about one person, household or unit on a day; each list starts with the latest entry."""

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


def evidence_of(nominees: Sequence[Person | Household | Unit], on: date) -> dict[int, EvidenceRows]:
    """The entries about nominees of one kind that count on a day, by their id; one query for each kind of evidence.

    Those of a person are of all its records. Restricted entries are included, as eligibility needs them: the caller must
    not show them (their reading is logged, see `read_restricted`).
    """
    if not nominees:
        return {}
    kind = evidence_subject_kind(nominees[0])
    kept = kept_ids(nominees)
    found = {pk: EvidenceRows() for pk in kept.values()}
    for model, list_name in LIST_NAMES.items():
        if kind in model.subjects:
            rows: Any = model.objects.kept().filter(known_on(model, on), **{f"{kind}__in": kept})
            for row in rows:
                getattr(found[kept[getattr(row, f"{kind}_id")]], list_name).append(row)
    return {nominee.pk: found[kept[nominee.pk]] for nominee in nominees}


def known_on(model: type[Evidence], on: date) -> Q:
    """Filter: entries dated on that day or before."""
    if not model.by_year:
        return Q(starts_on__lte=on)
    in_year = Q(year__lte=on.year)
    day_field = {Initiative: "certificate_on", PastAward: "decided_on"}.get(model)
    if day_field is None:
        return in_year
    return in_year & (Q(**{day_field: None}) | Q(**{f"{day_field}__lte": on}))


@dataclass(frozen=True)
class EvidenceSection:
    """One kind of evidence on the page of a subject: lines (entry, cells) that count, and removed entries (`gone`)."""

    model: type[Evidence]
    lines: list[tuple[Evidence, EvidenceCells]]
    gone: list[Evidence]

    @property
    def columns(self) -> list[str]:
        """The labels of the cells that are not empty in every line."""
        return [label for label, _ in self.lines[0][1]] if self.lines else []


def evidence_sections(subject: Any, user: Any) -> list[EvidenceSection]:
    """The evidence about a subject that this user may read without logging, by kind; one query for each kind."""
    name = evidence_subject_kind(subject)
    about = about_nominee(subject)
    capacity = capacity_of(user)
    whole = capacity.has(*RESTRICTED_READERS)
    kinds = [model for model in EVIDENCE if name in model.subjects and not model.restricted]
    return [
        evidence_section(model, model.objects.visible_to(user).filter(about), whole=whole)
        for model in kinds
        if model.heads_read or capacity.has(*model.readers)
    ]


def evidence_section(model: type[Evidence], entries: Iterable[Evidence], *, whole: bool) -> EvidenceSection:
    """Entries of one kind as a section; `whole` adds the cells for the office and the removed entries."""
    lines: list[tuple[Evidence, EvidenceCells]] = []
    removed: list[Evidence] = []
    used_labels: set[str] = set()
    for entry in entries:
        if entry.state != KEPT:
            removed.append(entry)
            continue
        cells = entry.cells() + (entry.cells_for_office() if whole else [])
        lines.append((entry, cells))
        used_labels.update(label for label, text in cells if text)
    return EvidenceSection(
        model,
        lines=[(entry, [cell for cell in cells if cell[0] in used_labels]) for entry, cells in lines],
        gone=removed if whole else [],
    )


def people_of_unit(unit: Unit, user: Any) -> QuerySet[Person]:
    """The people of a unit that the user may see, by name."""
    return Person.objects.visible_to(user).in_use().with_appointments().filter(unit=unit)


def recorded_levels(people: Iterable[Person], year: int) -> dict[int, str]:
    """The recorded evaluation of these people for a year, by the id of the kept record."""
    rows = recorded_evaluations(Evaluation.objects.kept(), people, year)
    return {pk: row.level for pk, row in rows.items()}


def recorded_evaluations(rows: QuerySet[Evaluation], people: Iterable[Person], year: int) -> dict[int, Evaluation]:
    """Of these rows those about these people and the year, by the id of the kept record, whose own row goes first."""
    found = rows.filter(person__in=same_person_ids(people), year=year).select_related("person").order_by("pk")
    return {row.person.kept_id: row for row in sorted(found, key=lambda row: row.person_id == row.person.kept_id)}


def year_to_evaluate(on: date) -> int:
    """The year to evaluate on that day: this year from October on, otherwise last year."""
    return on.year if on.month >= EVALUATION_FIRST_MONTH else on.year - 1
