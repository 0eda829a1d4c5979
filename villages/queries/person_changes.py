"""Dated changes of a person: those of a page, and since when somebody is not in the unit any more."""

from typing import Any

from django.db.models import QuerySet

from emulation.core.formatting import format_date, lower_first
from villages.models import Person, PersonChange
from villages.queries.people import MAX_OPTIONS, people_named
from villages.queries.same_people import kept_record, same_person_ids
from villages.rules.typed_names import read_name

LEFT = "đã rời đơn vị"


def changes_of_person(user: Any, person: Person) -> QuerySet[PersonChange]:
    """The changes of all records of the person that the user may see, the latest first."""
    rows = PersonChange.objects.visible_to(user).filter(person__in=same_person_ids([person]))
    return rows.select_related("person", "from_unit", "to_unit")


def leaving_words(person: Person) -> str:
    """Why the person is in no unit any more, of any of the records: "đã mất từ ngày 01/12/2026"; "" for who is in one."""
    if not person.has_left:
        return ""
    change = last_leaving(kept_record(person))
    return f"{lower_first(change.get_kind_display())} từ ngày {format_date(change.effective_on)}" if change else LEFT


def former_people(user: Any, unit_id: int, words: str) -> list[tuple[str, str]]:
    """(name and year of birth, why not) of the people of the unit with these words in the name who left, retired or died;
    a query for each of them, of whom there are few."""
    name = read_name(words).name
    found = people_named(user, name, MAX_OPTIONS, unit_id, with_former=True) if name else []
    former = [one for one in found if not one.is_active]
    return [(f"{one.shown_name}{_born(one)}", leaving_words(one)) for one in former]


def _born(person: Person) -> str:
    return f", sinh {person.birth_year}" if person.birth_year else ""


def last_leaving(person: Person) -> PersonChange | None:
    """The change by which the person is not in the unit any more; None for who is, and for records of before such changes."""
    rows = PersonChange.objects.in_force().filter(person=person, kind__in=PersonChange.ENDINGS)
    return None if person.is_active else rows.order_by("-effective_on", "-pk").first()
