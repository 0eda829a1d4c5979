"""Actions on people: add, edit, restricted facts. A new commune is set up by `seeds/commune_setup.py`."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date, upper_first
from emulation.core.text import clean, clean_lines
from emulation.workflow.transitions import act
from villages.actions.household_heads import refuse_head
from villages.actions.name_marks import lock_names, refresh_marks
from villages.actions.person_changes import correct_last_post
from villages.models import Household, Person, PersonPrivate, Unit, store_new_name
from villages.queries.same_people import same_person_ids
from villages.queries.twins import traits_of, twins_of
from villages.rules.groups import group_fault
from villages.rules.people import (
    birth_year_fault,
    cccd_disagreements,
    cccd_fault,
    form_of_address_fault,
    read_cccd,
    title_in_name_fault,
    written_form_of_address,
)

LEFT_TWIN = "không thêm nữa: người đó không còn ở đơn vị, ghi nhầm thì Văn phòng rút ở trang của người đó"
TWIN_FACTS = "ngày sinh, giới tính, nghề nghiệp, hộ gia đình hoặc ghi chú để phân biệt"


@dataclass(frozen=True)
class PersonFacts:
    """The open facts of a person, as a form gives them."""

    full_name: str
    sex: str = ""
    birth_year: int | None = None
    post: str = ""
    group: str = ""
    form_of_address: str = ""
    nickname: str = ""
    birth_date: date | None = None
    twin_note: str = ""
    household: Household | None = None


class TwinFound(RuleBroken):
    """People with the same name and year of birth are in the unit, whom the user has not seen or who do not differ."""

    def __init__(self, message: str, twins: list[Person]) -> None:
        super().__init__(message, field="full_name")
        self.twins = twins


class RowExists(RuleBroken):
    """Another row has what only one may have: `row` is the person, household or collective, whose page the message links to."""

    def __init__(self, message: str, field: str, row: Person | Household | Unit) -> None:
        super().__init__(message, field)
        self.row = row


def add_person(*, by: User, unit: Unit, full_name: str, twins_seen: Collection[int] = (), **facts: Any) -> Person:
    """Adds a person with these `PersonFacts` to a unit. TwinFound for people of the same name and year of birth, until the
    user has seen them (`twins_seen`, their primary keys) and a fact differs. RuleBroken for a title in the name.
    """
    with act("villages.add_person", unit, by=by, name=clean(full_name)) as locked:
        person = Person(commune_id=locked.commune_id, unit=locked)
        _fill_person(person, PersonFacts(full_name, **facts))
        check_twins(person, twins_seen)
        person.save()
        refresh_marks(person)
    return person


@transaction.atomic
def edit_person(*, by: User, person: Person, twins_seen: Collection[int] = (), **facts: Any) -> Person:
    """Sets all `PersonFacts` of a person; issued papers keep the old words. RuleBroken as in `add_person`, for the
    head of a household who would leave it, and for a sex or a year of birth that disagrees with the stored CCCD.
    """
    lock_names(person.unit_id)
    with act("villages.edit_person", person, by=by) as locked:
        before = (locked.name_key, locked.birth_year)
        identity = {"sex": locked.sex, "birth_year": locked.birth_year}
        household = locked.household_id
        _fill_person(locked, PersonFacts(**facts))
        if locked.household_id != household:
            refuse_head(locked, "household")
        correct_last_post(locked)
        check_twins(locked, None if before == (locked.name_key, locked.birth_year) else twins_seen)
        _check_stored_cccd(locked, identity)
        store_new_name(locked)
    refresh_marks(person, before[0])
    return person


def read_private(*, by: User, person: Person) -> PersonPrivate:
    """The restricted facts of a person; the reading is written to the audit log."""
    with act("villages.read_private", person, by=by):
        return PersonPrivate.objects.filter(person=person).first() or PersonPrivate(person=person)


def edit_private(*, by: User, person: Person, ethnicity: str, cccd: str, discipline: str) -> None:
    """Saves the restricted facts of a person. The audit log contains the names of the changed fields, not their values.

    RuleBroken for a CCCD that is none, that disagrees with sex or year of birth, or that another person of the commune has.
    """
    facts = {"ethnicity": clean(ethnicity), "cccd": read_cccd(cccd), "discipline": clean_lines(discipline)}
    private = PersonPrivate.objects.filter(person=person).first() or PersonPrivate(person=person)
    changed = [name for name, value in facts.items() if getattr(private, name) != value]
    with act("villages.edit_private", person, by=by, changed_private=changed) as locked:
        if "cccd" in changed and facts["cccd"]:
            _check_cccd(locked, facts["cccd"])
        for name, value in facts.items():
            setattr(private, name, value)
        private.save()


def _fill_person(person: Person, facts: PersonFacts) -> None:
    if fault := birth_year_fault(facts.birth_year, timezone.localdate().year):
        raise RuleBroken(fault, field="birth_year")
    person.birth_year = _year_of(facts.birth_date, facts.birth_year)
    person.birth_date = facts.birth_date
    person.form_of_address = checked_form_of_address(facts.form_of_address)
    person.put_name(checked_name(facts.full_name, "full_name", person.form_of_address), clean(facts.nickname))
    person.sex = facts.sex
    person.post = clean(facts.post)
    if fault := group_fault(facts.group, person.group):
        raise RuleBroken(fault, field="group")
    person.group = facts.group
    person.twin_note = clean(facts.twin_note)
    if facts.household is not None and facts.household.unit_id != person.unit_id:
        raise RuleBroken("Hộ gia đình này không thuộc đơn vị.", field="household")
    person.household = facts.household


def _year_of(day: date | None, year: int | None) -> int | None:
    if day is None:
        return year
    if day > timezone.localdate():
        raise RuleBroken("Ngày sinh không được sau hôm nay.", field="birth_date")
    if year not in (None, day.year):
        raise RuleBroken(f"Ngày sinh {format_date(day)} không thuộc năm sinh {year}.", field="birth_date")
    return day.year


def check_twins(person: Person, seen: Collection[int] | None) -> None:
    """TwinFound for the same name and year in the unit without a difference, and for twins whom the user was not shown
    (not in `seen`; None: the person keeps name and year, so that they were known before)."""
    twins = twins_of(person)
    same = [twin for twin in twins if _may_be_one(person, twin, both_known=seen is None)]
    if same or (seen is not None and not {twin.pk for twin in twins} <= set(seen)):
        raise TwinFound(_twin_message(person, same, twins), twins)


def _may_be_one(person: Person, twin: Person, *, both_known: bool) -> bool:
    own = traits_of(person)
    other = traits_of(twin)
    return not (own.differs_from(other) or (both_known and other.differs_from(own)))


def _twin_message(person: Person, same: list[Person], twins: list[Person]) -> str:
    """What is asked of the user; `same`: the twins from whom nothing distinguishes the person yet."""
    year = f"cùng năm sinh {person.birth_year}" if person.birth_year else "cùng năm sinh (đều chưa ghi)"
    ask = f"hãy ghi điều khác nhau: {TWIN_FACTS}." if same else "nếu đúng là người khác thì bấm lưu lần nữa."
    own = traits_of(person)
    unknown: dict[str, None] = {}
    for twin in same:
        unknown |= dict.fromkeys(own.facts_unknown_of(traits_of(twin)))
    if unknown:
        ask += f" {upper_first(', '.join(unknown))} chưa so được, vì người đã có chưa ghi mục này."
    choose = "chọn người đã có" if any(twin.is_active for twin in twins) else LEFT_TWIN
    return f"Đơn vị đã có {person.full_name}, {year}. Nếu là một người thì {choose}; {ask}"


def _check_cccd(person: Person, cccd: str) -> None:
    if fault := cccd_fault(cccd):
        raise RuleBroken(fault, field="cccd")
    # One at a time in a commune, so that two people do not get one number in the same moment.
    Commune.objects.select_for_update().get(pk=person.commune_id)
    same = [person.pk, *same_person_ids([person])]
    others = Person.objects.filter(commune_id=person.commune_id, private__cccd=cccd).exclude(pk__in=same)
    if owner := others.select_related("unit").first():
        message = f"Số CCCD này đã ghi cho {owner.marked_name}, {owner.unit.name}. Mỗi số chỉ của một người."
        raise RowExists(message, "cccd", owner)
    if faults := _cccd_faults(person, cccd):
        remedy = "Hãy sửa số CCCD, hoặc sửa giới tính, năm sinh ở “Sửa thông tin” trước."
        raise RuleBroken(" ".join([*faults, remedy]), field="cccd")


def _cccd_faults(person: Person, cccd: str) -> list[str]:
    """How the number disagrees with the sex and the year of birth."""
    right = cccd_disagreements(cccd, person.sex, person.birth_year)
    listed = {"sex": person.get_sex_display().lower(), "birth_year": person.birth_year}
    words = {
        "sex": f"Số CCCD này là của {right.get('sex')} (chữ số thứ tư là {cccd[3]})",
        "birth_year": f"Số CCCD này là của người sinh năm {right.get('birth_year')} (chữ số thứ tư đến thứ sáu là {cccd[3:6]})",
    }
    return [f"{words[fact]}, danh sách ghi {listed[fact]}." for fact in right]


def _check_stored_cccd(person: Person, before: Mapping[str, object]) -> None:
    """The message does not reveal the number: unit heads, who may not read it, edit people too."""
    cccd = PersonPrivate.objects.filter(person=person).values_list("cccd", flat=True).first() or ""
    wrong = cccd_disagreements(cccd, person.sex, person.birth_year)
    labels = {"sex": "Giới tính", "birth_year": "Năm sinh"}
    message = "{} không khớp với số CCCD đang lưu. Hãy xem lại; nếu số đó sai thì Văn phòng sửa ở “Xem thông tin hạn chế” trước."
    changed = [name for name in wrong if getattr(person, name) != before[name]]
    RuleBroken.raise_all([RuleBroken(message.format(labels[name]), field=name) for name in changed])


def checked_form_of_address(text: str) -> str:
    """The form of address as it is stored. RuleBroken for words that are none."""
    form = clean(text)
    if fault := form_of_address_fault(form):
        raise RuleBroken(fault, field="form_of_address")
    return written_form_of_address(form)


def checked_name(text: str, field: str, form_of_address: str) -> str:
    """The name as it is stored. RuleBroken, for that field of the form, for no name or a title in it."""
    name = clean(text)
    if not any(letter.isalpha() for letter in name):
        raise RuleBroken("Hãy ghi họ và tên.", field=field)
    if len(name) > 120:
        raise RuleBroken("Họ tên dài quá 120 ký tự.", field=field)
    if fault := title_in_name_fault(name, form_of_address):
        raise RuleBroken(fault, field=field)
    return name
