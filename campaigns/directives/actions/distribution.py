"""What issuing a letter sets going: its lines of "Nơi nhận", the receipts of the units, their tasks. Part of `issue_letter`."""

from datetime import date

from campaigns.directives.models.duty import Duty, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.rules import recipient as rules
from campaigns.directives.rules.duty import OFFICE_PERFORMERS, RECEIPT_DAYS
from emulation.legal.calendar.commune_calendar import work_calendar_of
from villages.models import Unit


def distribute_letter(letter: Letter, units: list[Unit]) -> list[Unit]:
    """Makes the rows and returns the units that are reached: those for whom a line stands, or all when no line says.

    `units` are those in force on the day of issue, which the letter has already.
    """
    assert letter.issued_on is not None
    due_day = work_calendar_of(letter.commune_id).add(letter.issued_on, RECEIPT_DAYS)
    facts = [rules.RecipientUnit(unit.pk, unit.kind, unit.name) for unit in units]
    addressed = rules.parse_recipients(letter.addressees)
    by_unit: dict[int, LetterRecipient] = {}
    for number, line in enumerate(rules.parse_recipients(letter.recipients), 1):
        reached = rules.units_addressed(line, facts, addressed)
        row = LetterRecipient.objects.create(
            commune_id=letter.commune_id,
            letter=letter,
            number=number,
            text=line.text[:300],
            code=line.code,
            kind=line.kind,
            state=_state(line, reached),
            due_day=None if line.kind == rules.ARCHIVE else due_day,
        )
        for unit_id in reached:
            known = by_unit.get(unit_id)
            if known is None or (not rules.must_carry_out(known.code) and rules.must_carry_out(row.code)):
                by_unit[unit_id] = row
    reached_units = [unit for unit in units if unit.pk in by_unit] or units
    receipts = LetterReceipt.objects.bulk_create(
        _receipt(letter, unit, by_unit.get(unit.pk), due_day) for unit in reached_units
    )
    _give_duties(letter, reached_units, by_unit, {receipt.unit_id: receipt for receipt in receipts})
    return reached_units


def _state(line: rules.RecipientLine, reached: list[int]) -> str:
    if line.kind == rules.ARCHIVE:
        return LetterRecipient.KEPT
    return LetterRecipient.BY_UNITS if reached else LetterRecipient.WAITING


def _receipt(letter: Letter, unit: Unit, line: LetterRecipient | None, due_day: date) -> LetterReceipt:
    return LetterReceipt(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        line=line,
        due_day=due_day,
        state=LetterReceipt.WAITING,
    )


def _give_duties(
    letter: Letter, units: list[Unit], by_unit: dict[int, LetterRecipient], receipts: dict[int, LetterReceipt]
) -> None:
    """Each unit that is to carry out (or join in) gets the tasks meant for its kind; the office its own and the council's."""
    if letter.directive_id is None:
        return
    duties = list(Duty.objects.filter(directive_id=letter.directive_id, is_aim=False))
    made = []
    for unit in units:
        line = by_unit.get(unit.pk)
        if line is None or rules.must_carry_out(line.code):
            made += [_owed(letter, unit, duty, receipts[unit.pk]) for duty in duties if unit.kind in duty.performers]
    office = Unit.objects.filter(commune_id=letter.commune_id, kind=Unit.OFFICE).order_by("sort", "pk").first()
    if office is not None:
        made += [_owed(letter, office, duty, None) for duty in duties if set(OFFICE_PERFORMERS) & set(duty.performers)]
    UnitDuty.objects.bulk_create(made)


def _owed(letter: Letter, unit: Unit, duty: Duty, receipt: LetterReceipt | None) -> UnitDuty:
    return UnitDuty(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        duty=duty,
        receipt=receipt,
        due_day=duty.due_on,
        state=UnitDuty.WAITING,
    )
