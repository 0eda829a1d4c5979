"""Letters: counts and rows of receipts, the units that a letter reaches."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.rules import recipient as rules
from campaigns.obligations.queries import answering_units
from villages.models import Unit


def with_receipts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters annotated with `addressed` and `received`: the numbers of units that must and that did acknowledge."""
    return letters.annotate(
        addressed=Count("receipts"), received=Count("receipts", filter=Q(receipts__state=LetterReceipt.RECEIVED))
    ).select_related("directive", "document")


def receipts_of(letter: Letter) -> list[LetterReceipt]:
    """The receipts of all units, in the order of units."""
    return list(letter.receipts.select_related("unit", "received_by"))


@dataclass(frozen=True)
class LetterReach:
    """The units that a letter will reach when it is issued, and those that it will not."""

    reached: list[Unit]
    missed: list[Unit]


def reach_of(letter: Letter, on: date) -> LetterReach:
    """The units that "Nơi nhận" names ("Như trên" means those of "Kính gửi"); all units when it names none."""
    units = list(answering_units(letter.commune_id, on))
    facts = [rules.RecipientUnit(unit.pk, unit.kind, unit.name) for unit in units]
    addressed = rules.parse_recipients(letter.addressees)
    named: set[int] = set()
    for line in rules.parse_recipients(letter.recipients):
        named.update(rules.units_addressed(line, facts, addressed))
    reached = [unit for unit in units if unit.pk in named] or units
    return LetterReach(reached, [unit for unit in units if unit not in reached])
