"""Tasks of letters by unit: for reminders, for a unit's own page, for the recipients of a letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from campaigns.directives.models.duty import Duty, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.rules.duty import DutyFacts
from emulation.communes.capacity import capacity_of
from villages.models import Unit


@dataclass(frozen=True)
class LetterObligation:
    """An open obligation of one unit from one letter: its due day, and since when it exists (`since`)."""

    letter: Letter
    unit_id: int
    since: datetime
    due_on: date


def unreported_duties(commune_id: int, on: date) -> list[LetterObligation]:
    """Units, without the office, with tasks never reported of letters issued by that day; due on the earliest due day."""
    rows = UnitDuty.objects.filter(
        commune_id=commune_id,
        state=UnitDuty.WAITING,
        due_day__isnull=False,
        receipt__isnull=False,
        letter__issued_on__lte=on,
    )
    columns = ("letter_id", "unit_id", "receipt__created_at")
    return _letter_obligations(rows.order_by().values_list(*columns).annotate(first=Min("due_day")))


def unacknowledged_receipts(commune_id: int, on: date) -> list[LetterObligation]:
    """Units that have not acknowledged a letter issued by that day."""
    rows = LetterReceipt.objects.filter(
        commune_id=commune_id, state=LetterReceipt.WAITING, due_day__isnull=False, letter__issued_on__lte=on
    )
    return _letter_obligations(rows.order_by().values_list("letter_id", "unit_id", "created_at", "due_day"))


def _letter_obligations(rows: Iterable[Any]) -> list[LetterObligation]:
    """Adds the letters with their numbers: a few columns, one query."""
    rows = list(rows)
    letters = Letter.objects.select_related("document")
    letters = letters.only("subject", "issued_on", "document__number", "document__symbol")
    letters_by_id = letters.in_bulk({row[0] for row in rows})
    return [LetterObligation(letters_by_id[letter_id], *row) for letter_id, *row in rows]


def unit_duties_of(receipt: LetterReceipt) -> list[UnitDuty]:
    """The tasks of a unit in one letter, in the order of the letter."""
    return list(receipt.duties.select_related("duty", "report").order_by("duty__number"))


def office_duties(letter: Letter) -> list[UnitDuty]:
    """The office's own tasks, and the council's."""
    return list(letter.unit_duties.filter(receipt=None).select_related("duty", "report").order_by("duty__number"))


def open_office_duties(letter: Letter) -> int:
    """The number of the office's own tasks still to be reported."""
    return letter.unit_duties.filter(receipt=None, state__in=UnitDuty.OPEN).count()


@dataclass(frozen=True)
class UnitLetter:
    """A letter for one unit of the current user: the receipt and the tasks."""

    receipt: LetterReceipt
    duties: list[UnitDuty]

    @property
    def open(self) -> int:
        return sum(one.state in UnitDuty.OPEN for one in self.duties)

    @property
    def may_report(self) -> bool:
        return bool(self.open) and self.receipt.state == LetterReceipt.RECEIVED


def unit_letters_of(letter: Letter, user: Any) -> list[UnitLetter]:
    """The receipts and tasks of the letter for the units that this user heads; two queries."""
    rows = letter.receipts.filter(unit_id__in=capacity_of(user).unit_ids).select_related("unit", "letter")
    by_receipt: dict[int, list[UnitDuty]] = {}
    for one in UnitDuty.objects.filter(receipt__in=list(rows)).select_related("duty", "report"):
        by_receipt.setdefault(one.receipt_id or 0, []).append(one)
    return [UnitLetter(receipt, by_receipt.get(receipt.pk, [])) for receipt in rows]


@dataclass(frozen=True)
class RecipientStatus:
    """One line of "Nơi nhận", with the receipts of its units when it addresses units."""

    line: LetterRecipient
    receipts: list[LetterReceipt]

    @property
    def received(self) -> int:
        return sum(one.state == LetterReceipt.RECEIVED for one in self.receipts)

    @property
    def is_received(self) -> bool:
        """Whether the recipient confirmed, or, for a line that addresses units, every unit."""
        return self.all_units_received if self.line.stands_for_units else self.line.is_received

    @property
    def all_units_received(self) -> bool:
        return self.received == len(self.receipts)

    @property
    def icon(self) -> str:
        if self.line.is_kept:
            return "archive"
        if self.line.is_withdrawn:
            return "slash-circle"
        return "check-circle" if self.is_received else "hourglass-split"

    @property
    def icon_label(self) -> str:
        if self.line.is_kept:
            return "Lưu"
        if self.line.is_withdrawn:
            return "Đã thu hồi"
        if not self.is_received:
            return "Chưa nhận đủ"
        return "Đã nhận đủ" if self.line.stands_for_units else "Đã nhận"


def recipient_statuses(letter: Letter) -> list[RecipientStatus]:
    """Every recipient line of an issued letter with its receipts; two queries."""
    by_line: dict[int | None, list[LetterReceipt]] = {}
    for receipt in letter.receipts.select_related("unit", "received_by"):
        by_line.setdefault(receipt.line_id, []).append(receipt)
    return [
        RecipientStatus(line, by_line.get(line.pk, [])) for line in letter.lines.select_related("letter", "received_by")
    ]


def duty_facts(one: UnitDuty) -> DutyFacts:
    """The task as input of the rule `mark_duty`."""
    return DutyFacts(one.state, one.due_day, one.reported_on, one.report.cannot if one.report else False)


def reason_not_assigned(letter: Letter, unit: Unit, duty: Duty) -> str:
    """Why the letter does not assign this task to that unit, as a sentence for the user."""
    receipt = letter.receipts.filter(unit=unit).select_related("line").first()
    if duty.is_aim:
        return "Đây là mục tiêu chung, không giao riêng cho đơn vị nào và không đánh dấu."
    if receipt is None and unit.kind != Unit.OFFICE:
        return f"Công văn không gửi {unit.name}."
    if unit.kind not in duty.performers:
        return f"Việc này giao cho: {duty.who_does}. {unit.name} không thuộc nhóm đó."
    code = receipt.line.get_code_display() if receipt and receipt.line else ""
    return f"{unit.name} nhận công văn {code}, không phải để thực hiện." if code else "Việc này không giao cho đơn vị."
