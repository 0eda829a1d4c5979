"""Lines that keep a paper from being signed: recipients that cannot be printed on a certificate, cases to send back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.urls import reverse

from commendations.models import Nomination
from commendations.queries.award_lines import AwardLine
from commendations.queries.same_case import same_cases
from emulation.documents.blocks.certificate import MAX_CERTIFICATE_TEXT
from emulation.legal.engine.law import Law
from emulation.workflow.workflow import step_of
from villages.models import Household, Person, Unit
from villages.rules.people import title_in_name_fault

UNKNOWN_FORM = "Chưa rõ xưng hô với {name} là ông hay bà: hãy ghi giới tính hoặc cách xưng hô ở trang của người này."
TOO_LONG = "{label} của {name} dài {length} ký tự, giấy khen in được nhiều nhất {most}: hãy viết gọn lại."
UNWRITTEN = "Hồ sơ của {name} chưa có nội dung khen: hãy trả lại đơn vị để ghi."
TWICE = (
    "{name} có tên hai lần trong danh sách, ở dòng {first} và dòng {serial}: hãy trả lại đơn vị một trong hai hồ sơ."
)

OTHER_CASE = (
    "{name}: một hồ sơ khác, do {unit} đề nghị, cũng cho danh hiệu và năm này hoặc thành tích này: hãy trả lại đơn vị một "
    "trong hai hồ sơ."
)


@dataclass(frozen=True)
class RecipientFault:
    """One fault; the act `act` on `subject`, whose form is at `url`, corrects it. `link` is the text of the link to it."""

    message: str
    subject: Person | Household | Unit | Nomination
    act: str
    link: str = "Sửa ngay"

    @property
    def url(self) -> str:
        return reverse(step_of(self.act).url, args=[self.subject.pk])


def case_faults(listed: list[AwardLine]) -> list[RecipientFault]:
    """The cases that go back to their unit: without an achievement, of a nominee already listed, with another live case.

    At most one query.
    """
    faults = [_sent_back(line, UNWRITTEN) for line in listed if not line.achievement]
    others = same_cases([line.nomination for line in listed])
    faults += [
        _sent_back(line, OTHER_CASE, unit=others[line.nomination.pk].unit.name)
        for line in listed
        if line.nomination.pk in others
    ]
    first: dict[tuple[str, int | None], int] = {}
    for line in listed:
        serial = first.setdefault(line.nomination.nominee_identity, line.serial)
        if serial != line.serial:
            faults.append(_sent_back(line, TWICE, first=serial))
    return faults


def _sent_back(line: AwardLine, text: str, **words: Any) -> RecipientFault:
    message = text.format(name=line.name_alone, serial=line.serial, **words)
    link = f"Trả lại hồ sơ ở dòng {line.serial}"
    return RecipientFault(message, line.nomination, "commendations.return_after_council", link)


def recipient_faults(listed: list[AwardLine]) -> list[RecipientFault]:
    """The faults of these lines, in their order; from rows that the lines have."""
    faults = []
    for line in listed:
        nomination = line.nomination
        if nomination.person and (message := _person_fault(nomination.person)):
            faults.append(RecipientFault(message, nomination.person, "villages.edit_person"))
        if nomination.household and (message := _household_fault(nomination.household)):
            faults.append(RecipientFault(message, nomination.household, "villages.edit_household"))
    return faults


def length_faults(listed: list[AwardLine], law: Law, on: date) -> list[RecipientFault]:
    """The lines whose name, or post and unit, is too long for the certificate that the award has on that day, if any."""
    certified = {code for code in {line.award.code for line in listed} if law.find(f"{code}.form", on)}
    return list(chain.from_iterable(_line_length_faults(line) for line in listed if line.award.code in certified))


def _line_length_faults(line: AwardLine) -> Iterator[RecipientFault]:
    """A unit has no text of its own that could be too long."""
    subject, act, place_label = _corrected_at(line)
    for label, text, part in (("Tên", line.recipient, "recipient"), (place_label, line.place, "about")):
        most = MAX_CERTIFICATE_TEXT[part]
        if subject is not None and len(text) > most:
            message = TOO_LONG.format(label=label, name=line.name_alone, length=len(text), most=most)
            yield RecipientFault(message, subject, act)


def _corrected_at(line: AwardLine) -> tuple[Person | Household | Unit | None, str, str]:
    """Whose page has the texts of the line, the act that changes them, and what the place is called there."""
    nomination = line.nomination
    if nomination.person:
        return nomination.person, "villages.edit_person", "Chức vụ, đơn vị"
    if nomination.collective and nomination.collective.is_collective:
        return nomination.collective, "villages.edit_collective", "Đơn vị"
    return nomination.household, "villages.edit_household", "Địa chỉ"


def with_corrections(messages: list[str], listed: list[AwardLine]) -> list[tuple[str, RecipientFault | None]]:
    """Each message with the fault of a recipient that it names, whose form corrects it, or None.

    Judges the lines again, which costs as much as the first time, so not for a paper without faults.
    """
    if not messages:
        return []
    faults = {
        fault.message: fault
        for fault in (
            *case_faults(listed),
            *recipient_faults(listed),
            *chain.from_iterable(map(_line_length_faults, listed)),
        )
    }
    return [(message, faults.get(message)) for message in messages]


def _person_fault(person: Person) -> str | None:
    unknown = None if person.form_in_use else UNKNOWN_FORM.format(name=person.full_name)
    return title_in_name_fault(person.full_name, person.form_of_address) or unknown


def _household_fault(household: Household) -> str | None:
    """A head whom nobody knows how to address is no fault: the certificate names the household without it."""
    return title_in_name_fault(household.head_name, household.form_of_address)
