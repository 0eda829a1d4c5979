"""Letters: counts and rows of receipts, the units that a letter reaches, its tasks in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from campaigns.directives.models.duty import Duty, DutyReport, UnitDuty
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.models.recipient import LetterRecipient
from campaigns.directives.rules import recipient as rules
from campaigns.obligations.queries import answering_units
from emulation.communes.capacity import successors_on
from emulation.core.formatting import format_date, format_names
from emulation.core.text import fold
from villages.models import Unit, UnitName


def with_receipts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters annotated with `addressed` and `received`: the numbers of units that must and that did acknowledge.

    A cancelled letter addresses nobody.
    """
    return letters.annotate(
        addressed=Count("receipts", filter=~Q(state=Letter.CANCELLED)),
        received=Count("receipts", filter=Q(receipts__state=LetterReceipt.RECEIVED)),
    ).select_related("directive", "document")


def receipts_of(letter: Letter) -> list[LetterReceipt]:
    """The receipts of all units, in the order of units."""
    return list(letter.receipts.select_related("unit", "received_by"))


@dataclass(frozen=True)
class LetterReach:
    """The units that a letter will reach when it is issued; `missed`: those that one which carries out a directive will not,
    of any other letter (a reminder) none, since it is meant for whom it names.

    `former`: closed units and earlier names that it has, each with the unit that gets the letter ("nay thuộc Thôn Đồng Tâm").
    """

    reached: list[Unit]
    missed: list[Unit]
    former: list[tuple[str, str]]


def recipient_units(units: list[Unit], on: date) -> list[rules.RecipientUnit]:
    """The units as the rules of "Nơi nhận" read them; a closed unit named there means the one that took over, and the earlier
    name of a unit that unit; three queries."""
    facts = [rules.RecipientUnit(unit.pk, unit.kind, unit.name) for unit in units]
    successors = successors_on(units[0].commune_id, on) if units else {}
    closed = Unit.objects.filter(pk__in=successors).values_list("pk", "name") if successors else []
    present = {unit.pk for unit in units}
    # Without a kind: "các thôn" means the units of today.
    former = [rules.RecipientUnit(successors[pk], "", name) for pk, name in closed if successors[pk] in present]
    return [*facts, *former, *_renamed(units)]


def _renamed(units: list[Unit]) -> list[rules.RecipientUnit]:
    """The earlier names of these units, without those that one of them has now."""
    present = {fold(unit.name) for unit in units}
    rows = UnitName.objects.filter(unit__in=units, ends_on__isnull=False).order_by("pk").values_list("unit_id", "name")
    return [rules.RecipientUnit(pk, "", name) for pk, name in rows if fold(name) not in present]


def reach_of(letter: Letter, on: date) -> LetterReach:
    """The units that "Nơi nhận" names ("Như trên" means those of "Kính gửi"); all units when it names none."""
    units = list(answering_units(letter.commune_id, on))
    facts = recipient_units(units, on)
    lines = rules.parse_recipients(letter.recipients)
    addressed = rules.parse_recipients(letter.addressees)
    named: set[int] = set()
    for line in lines:
        named.update(rules.units_addressed(line, facts, addressed))
    reached = [unit for unit in units if unit.pk in named] or units
    return LetterReach(reached, _missed(letter, units, reached), _former(facts, [*lines, *addressed]))


def _former(facts: list[rules.RecipientUnit], lines: list[rules.RecipientLine]) -> list[tuple[str, str]]:
    """The earlier names in these lines, each with the unit that it means: "nay thuộc Thôn Đồng Tâm", "nay là Thôn Mài"."""
    names = {one.pk: one.name for one in facts if one.kind}
    named = [one for one in facts if not one.kind and rules.is_named(one, lines)]
    own = set(UnitName.objects.filter(unit__in=[one.pk for one in named]).values_list("unit_id", "name"))
    return [(one.name, f"nay {'là' if (one.pk, one.name) in own else 'thuộc'} {names[one.pk]}") for one in named]


def _missed(letter: Letter, units: list[Unit], reached: list[Unit]) -> list[Unit]:
    return [unit for unit in units if unit not in reached] if letter.directive_id else []


def cancelled_letter_consequences(letter: Letter) -> list[str]:
    """What cancelling an issued letter changes, one sentence each, with names and counts."""
    receipts = receipts_of(letter)
    waiting = [one.unit.name for one in receipts if one.is_waiting]
    lines = letter.lines.filter(state=LetterRecipient.WAITING).count()
    duties = list(letter.unit_duties.select_related("unit"))
    open_duties = [one for one in duties if one.state in (*UnitDuty.OPEN, UnitDuty.REPORTED)]
    accepted = sum(one.state == UnitDuty.ACCEPTED for one in duties)
    sent = [one.unit.name for one in letter.reports.filter(state=DutyReport.SENT).select_related("unit")]
    units = format_names(list(dict.fromkeys(one.unit.name for one in open_duties)), "đơn vị")
    sentences = (
        (True, f"{len(receipts) - len(waiting)}/{len(receipts)} đơn vị đã xác nhận nhận công văn này."),
        (waiting, f"Thôi đòi xác nhận: {format_names(waiting, 'đơn vị')}."),
        (lines, f"{lines} nơi nhận khác thôi phải xác nhận."),
        (open_duties, f"Thu hồi {len(open_duties)} việc đang giao cho {units}; thôi nhắc việc."),
        (sent, f"Báo cáo đang chờ xem, thôi phải xem: {format_names(sent, 'báo cáo')}."),
        (accepted, f"{accepted} việc đã chấp nhận vẫn lưu, nhưng không còn tính trong số liệu và lịch."),
        (letter.directive, f"Soạn được công văn triển khai mới cho văn bản {letter.directive}."),
    )
    return [sentence for applies, sentence in sentences if applies]


def duties_in_words(letter: Letter) -> str:
    """The tasks of its directive, one a line, with their due days and who does them; "" without a directive."""
    duties: Iterable[Duty] = letter.directive.duties.order_by("number") if letter.directive else ()
    return "\n".join(
        f"{duty.code}: {duty.words} ({'; '.join(filter(None, [_due_in_words(duty), duty.who_does]))})"
        for duty in duties
    )


def _due_in_words(duty: Duty) -> str:
    return f"hạn {format_date(duty.due_on)}" if duty.due_on else duty.recurring
