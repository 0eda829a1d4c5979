"""Actions on people and households: add, edit, read and edit a person's restricted facts.

A new commune, before anybody can sign in, is set up by `seeds/commune_setup.py`.
"""

from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines
from emulation.workflow.transitions import act
from villages.models import Household, Person, PersonPrivate, Unit, store_new_name
from villages.rules.people import (
    birth_year_fault,
    form_of_address_fault,
    title_in_name_fault,
    written_form_of_address,
)


def add_person(
    *,
    by: User,
    unit: Unit,
    full_name: str,
    sex: str = "",
    birth_year: int | None = None,
    post: str = "",
    group: str = "direct",
    form_of_address: str = "",
) -> Person:
    """Adds a person to a unit. RuleBroken for the same name and year of birth in the same unit, and for a title in the name."""
    with act("villages.add_person", unit, by=by, name=clean(full_name)) as locked:
        person = Person(commune_id=locked.commune_id, unit=locked)
        _fill_person(person, full_name, sex, form_of_address, birth_year, post, group)
        if _is_duplicate(person):
            raise RuleBroken(
                f"Đơn vị đã có {person.full_name} cùng năm sinh. Hãy tìm và chọn người đó, hoặc ghi năm sinh để phân biệt.",
                field="full_name",
            )
        person.save()
    return person


def edit_person(
    *,
    by: User,
    person: Person,
    full_name: str,
    sex: str,
    birth_year: int | None,
    post: str,
    group: str,
    form_of_address: str = "",
) -> Person:
    """Corrects a person; issued papers keep the old words. RuleBroken for a duplicate or a title, as in `add_person`."""
    with act("villages.edit_person", person, by=by) as locked:
        _fill_person(locked, full_name, sex, form_of_address, birth_year, post, group)
        if _is_duplicate(locked):
            raise RuleBroken(f"Đơn vị đã có {locked.full_name} cùng năm sinh.", field="full_name")
        store_new_name(locked)
    return person


def add_household(*, by: User, unit: Unit, head_name: str, address: str = "", form_of_address: str = "") -> Household:
    """Adds a household to a village. RuleBroken for another kind of unit, a duplicate, a title in the head's name."""
    if unit.kind != Unit.VILLAGE:
        raise RuleBroken("Hộ gia đình chỉ thuộc thôn.")
    with act("villages.add_household", unit, by=by, name=clean(head_name)) as locked:
        household = Household(commune_id=locked.commune_id, unit=locked)
        _fill_household(household, head_name, form_of_address, address)
        household.save()
    return household


def edit_household(*, by: User, household: Household, head_name: str, form_of_address: str, address: str) -> Household:
    """Corrects a household; issued papers keep the old words. RuleBroken for a duplicate or a title, as in `add_household`."""
    with act("villages.edit_household", household, by=by) as locked:
        _fill_household(locked, head_name, form_of_address, address)
        store_new_name(locked)
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


def _fill_person(
    person: Person, full_name: str, sex: str, form_of_address: str, birth_year: int | None, post: str, group: str
) -> None:
    if fault := birth_year_fault(birth_year, timezone.localdate().year):
        raise RuleBroken(fault, field="birth_year")
    person.form_of_address = _form_of_address(form_of_address)
    person.put_name(_name(full_name, "full_name", person.form_of_address))
    person.sex = sex
    person.birth_year = birth_year
    person.post = clean(post)
    person.group = group


def _fill_household(household: Household, head_name: str, form_of_address: str, address: str) -> None:
    household.form_of_address = _form_of_address(form_of_address)
    household.put_name(_name(head_name, "head_name", household.form_of_address))
    household.address = clean(address)
    same = Household.objects.filter(unit_id=household.unit_id, name_fold=household.name_fold, address=household.address)
    if same.exclude(pk=household.pk).exists():
        raise RuleBroken("Thôn đã có hộ này. Hãy tìm và chọn, hoặc ghi địa chỉ để phân biệt.", field="head_name")


def _form_of_address(text: str) -> str:
    form = clean(text)
    if fault := form_of_address_fault(form):
        raise RuleBroken(fault, field="form_of_address")
    return written_form_of_address(form)


def _name(text: str, field: str, form_of_address: str) -> str:
    name = clean(text)
    if not any(letter.isalpha() for letter in name):
        raise RuleBroken("Hãy ghi họ và tên.", field=field)
    if len(name) > 120:
        raise RuleBroken("Họ tên dài quá 120 ký tự.", field=field)
    if fault := title_in_name_fault(name, form_of_address):
        raise RuleBroken(fault, field=field)
    return name


def _is_duplicate(person: Person) -> bool:
    same = Person.objects.filter(unit_id=person.unit_id, name_key=person.name_key, birth_year=person.birth_year)
    return same.exclude(pk=person.pk).exists()
