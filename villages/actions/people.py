"""Actions on people and households. A new commune, before anybody can sign in, is set up by `seeds/commune_setup.py`."""

from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.workflow.transitions import act
from villages.models import Household, Person, PersonPrivate, Unit
from villages.rules.people import birth_year_fault


def add_person(
    *,
    by: User,
    unit: Unit,
    full_name: str,
    sex: str = "",
    birth_year: int | None = None,
    post: str = "",
    group: str = "direct",
) -> Person:
    """Adds a person to a unit. RuleBroken for the same name and year of birth in the same unit."""
    with act("villages.add_person", unit, by=by, name=clean(full_name)) as locked:
        person = Person(commune_id=locked.commune_id, unit=locked)
        _fill_person(person, full_name=full_name, sex=sex, birth_year=birth_year, post=post, group=group)
        if _is_duplicate(person):
            raise RuleBroken(
                f"Đơn vị đã có {person.full_name} cùng năm sinh. Hãy tìm và chọn người đó, hoặc ghi năm sinh để phân biệt.",
                field="full_name",
            )
        person.save()
    return person


def edit_person(
    *, by: User, person: Person, full_name: str, sex: str, birth_year: int | None, post: str, group: str
) -> Person:
    """Corrects a person; issued papers keep the old spelling. RuleBroken for a duplicate, as in `add_person`."""
    with act("villages.edit_person", person, by=by) as locked:
        _fill_person(locked, full_name=full_name, sex=sex, birth_year=birth_year, post=post, group=group)
        if _is_duplicate(locked):
            raise RuleBroken(f"Đơn vị đã có {locked.full_name} cùng năm sinh.", field="full_name")
    return person


def add_household(*, by: User, unit: Unit, head_name: str, address: str = "") -> Household:
    """Adds a household to a village. RuleBroken for another kind of unit, or a duplicate."""
    if unit.kind != Unit.VILLAGE:
        raise RuleBroken("Hộ gia đình chỉ thuộc thôn.")
    with act("villages.add_household", unit, by=by, name=clean(head_name)) as locked:
        household = Household(commune_id=locked.commune_id, unit=locked, address=clean(address))
        household.put_name(_name(head_name, "head_name"))
        if Household.objects.filter(unit=locked, name_fold=household.name_fold, address=household.address).exists():
            raise RuleBroken("Thôn đã có hộ này. Hãy tìm và chọn, hoặc ghi địa chỉ để phân biệt.", field="head_name")
        household.save()
    return household


def read_private(*, by: User, person: Person) -> PersonPrivate:
    """The restricted facts of a person; the reading is written to the audit log."""
    with act("villages.read_private", person, by=by):
        return PersonPrivate.objects.filter(person=person).first() or PersonPrivate(person=person)


def edit_private(*, by: User, person: Person, ethnicity: str, cccd: str, discipline: str) -> None:
    """Saves the restricted facts of a person. The audit log contains the names of the changed fields, not their values."""
    facts = {"ethnicity": clean(ethnicity), "cccd": clean(cccd), "discipline": clean_lines(discipline)}
    private = PersonPrivate.objects.filter(person=person).first() or PersonPrivate(person=person)
    changed = [name for name, value in facts.items() if getattr(private, name) != value]
    with act("villages.edit_private", person, by=by, changed_private=changed):
        for name, value in facts.items():
            setattr(private, name, value)
        private.save()


def _fill_person(person: Person, *, full_name: str, sex: str, birth_year: int | None, post: str, group: str) -> None:
    if fault := birth_year_fault(birth_year, timezone.localdate().year):
        raise RuleBroken(fault, field="birth_year")
    person.put_name(_name(full_name, "full_name"))
    person.sex = sex
    person.birth_year = birth_year
    person.post = clean(post)
    person.group = group


def _name(text: str, field: str) -> str:
    name = clean(text)
    if not any(letter.isalpha() for letter in name):
        raise RuleBroken("Hãy ghi họ và tên.", field=field)
    if len(name) > 120:
        raise RuleBroken("Họ tên dài quá 120 ký tự.", field=field)
    return name


def _is_duplicate(person: Person) -> bool:
    same = Person.objects.filter(unit_id=person.unit_id, name_key=person.name_key, birth_year=person.birth_year)
    return same.exclude(pk=person.pk).exists()
