"""Recipients whose names cannot be printed on a certificate: no form of address, or a title typed inside the name."""

from dataclasses import dataclass

from django.urls import reverse

from commendations.queries.award_lines import AwardLine
from emulation.workflow.workflow import step_of
from villages.models import Household, Person
from villages.rules.people import title_in_name_fault

UNKNOWN_FORM = "Chưa rõ xưng hô với {name} là ông hay bà: hãy ghi giới tính hoặc cách xưng hô ở trang của người này."


@dataclass(frozen=True)
class RecipientFault:
    """One fault; the act `act` on `subject`, whose form is at `url`, corrects it."""

    message: str
    subject: Person | Household
    act: str

    @property
    def url(self) -> str:
        return reverse(step_of(self.act).url, args=[self.subject.pk])


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


def with_corrections(messages: list[str], listed: list[AwardLine]) -> list[tuple[str, RecipientFault | None]]:
    """Each message with the fault of a recipient that it names, whose form corrects it, or None."""
    faults = {fault.message: fault for fault in recipient_faults(listed)}
    return [(message, faults.get(message)) for message in messages]


def _person_fault(person: Person) -> str | None:
    unknown = None if person.form_in_use else UNKNOWN_FORM.format(name=person.full_name)
    return title_in_name_fault(person.full_name, person.form_of_address) or unknown


def _household_fault(household: Household) -> str | None:
    """A head whom nobody knows how to address is no fault: the certificate names the household without it."""
    return title_in_name_fault(household.head_name, household.form_of_address)
