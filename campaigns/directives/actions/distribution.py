"""Side effects of issuing a letter, and of cancelling it: recipient lines, receipts and tasks of the units."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from campaigns.directives.models.duty import Duty, DutyReport, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.queries.letter import recipient_units
from campaigns.directives.rules import recipient as rules
from campaigns.directives.rules.duty import OFFICE_PERFORMERS, RECEIPT_DAYS
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.legal.calendar.due_days import LastDays, last_days_of
from villages.models import Unit


def distribute_letter(letter: Letter, units: list[Unit]) -> list[Unit]:
    """Create the rows. Returns the units that the lines of "Nơi nhận" address, or all of `units` if they address none.

    `units` are those in force on the day of issue; `letter.issued_on` is already set.
    """
    assert letter.issued_on is not None
    due_day = work_calendar_of(letter.commune_id).add(letter.issued_on, RECEIPT_DAYS)
    by_unit = _create_recipients(letter, units, due_day)
    reached = [unit for unit in units if unit.pk in by_unit] or units
    receipts = LetterReceipt.objects.bulk_create(
        _receipt(letter, unit, by_unit.get(unit.pk), due_day) for unit in reached
    )
    _create_unit_duties(letter, reached, by_unit, {receipt.unit_id: receipt for receipt in receipts})
    return reached


def _create_recipients(letter: Letter, units: list[Unit], due_day: date) -> dict[int, LetterRecipient]:
    """Add one row per line of "Nơi nhận". Returns the line of each addressed unit, by unit id."""
    facts = recipient_units(units, letter.issued_on or timezone.localdate())
    addressees = rules.parse_recipients(letter.addressees)
    by_unit: dict[int, LetterRecipient] = {}
    for number, line in enumerate(rules.parse_recipients(letter.recipients), 1):
        addressed = rules.units_addressed(line, facts, addressees)
        row = LetterRecipient.objects.create(
            commune_id=letter.commune_id,
            letter=letter,
            number=number,
            text=line.text[:300],
            code=line.code,
            kind=line.kind,
            state=_state(line, addressed),
            due_day=None if line.kind == rules.ARCHIVE else due_day,
        )
        for unit_id in addressed:
            if _takes_precedence(row, by_unit.get(unit_id)):
                by_unit[unit_id] = row
    return by_unit


def _takes_precedence(row: LetterRecipient, previous: LetterRecipient | None) -> bool:
    """Of several lines that address a unit the first counts, but a line with tasks before a line without."""
    if previous is None:
        return True
    return rules.must_carry_out(row.code) and not rules.must_carry_out(previous.code)


def _state(line: rules.RecipientLine, addressed: list[int]) -> str:
    if line.kind == rules.ARCHIVE:
        return LetterRecipient.KEPT
    return LetterRecipient.BY_UNITS if addressed else LetterRecipient.WAITING


def _receipt(letter: Letter, unit: Unit, line: LetterRecipient | None, due_day: date) -> LetterReceipt:
    return LetterReceipt(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        line=line,
        due_day=due_day,
        state=LetterReceipt.WAITING,
    )


def _create_unit_duties(
    letter: Letter, units: list[Unit], by_unit: dict[int, LetterRecipient], receipts: dict[int, LetterReceipt]
) -> None:
    """Each unit that must carry out the letter gets the tasks of its kind; the office gets its own and the council's.

    A due day on a day off is moved (`limit.rollover`); the letter keeps its printed day.
    """
    if letter.directive_id is None:
        return
    duties = list(Duty.objects.filter(directive_id=letter.directive_id, is_aim=False))
    last_days = last_days_of(letter.commune_id)
    rows = []
    for unit in units:
        line = by_unit.get(unit.pk)
        if line is None or rules.must_carry_out(line.code):
            unit_duties = [duty for duty in duties if unit.kind in duty.performers]
            rows += [_unit_duty(letter, unit, duty, receipts[unit.pk], last_days) for duty in unit_duties]
    UnitDuty.objects.bulk_create([*rows, *_office_duties(letter, duties, last_days)])


def _office_duties(letter: Letter, duties: list[Duty], last_days: LastDays) -> list[UnitDuty]:
    office = Unit.objects.filter(commune_id=letter.commune_id, kind=Unit.OFFICE).order_by("sort", "pk").first()
    if office is None:
        return []
    own = [duty for duty in duties if not set(OFFICE_PERFORMERS).isdisjoint(duty.performers)]
    return [_unit_duty(letter, office, duty, None, last_days) for duty in own]


def _unit_duty(letter: Letter, unit: Unit, duty: Duty, receipt: LetterReceipt | None, last_days: LastDays) -> UnitDuty:
    return UnitDuty(
        commune_id=letter.commune_id,
        letter=letter,
        unit=unit,
        duty=duty,
        receipt=receipt,
        due_day=last_days.of(duty.due_on) if duty.due_on else None,
        state=UnitDuty.WAITING,
    )


def withdraw_letter(letter: Letter) -> None:
    """Take back what is still to be done because of a cancelled letter; what was done stays as it is."""
    for rows in open_rows(letter):
        rows.update(state="withdrawn", state_since=timezone.now(), version=F("version") + 1)


def open_rows(letter: Letter) -> tuple[QuerySet[Any], ...]:
    """Its receipts, recipient lines, tasks and reports for which somebody still has something to do."""
    return (
        letter.receipts.filter(state=LetterReceipt.WAITING),
        letter.lines.filter(state=LetterRecipient.WAITING),
        letter.unit_duties.filter(state__in=(*UnitDuty.OPEN, UnitDuty.REPORTED)),
        letter.reports.filter(state=DutyReport.SENT),
    )
