"""Figures and joins of directives and letters."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.rules import recipient as rules
from campaigns.obligations.queries import answering_units
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from villages.models import Unit
from villages.queries.people import role_holder_ids


def with_receipts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with `asked` and `received`: how many units were asked to acknowledge and how many have."""
    return letters.annotate(
        asked=Count("receipts"), received=Count("receipts", filter=Q(receipts__state=LetterReceipt.RECEIVED))
    ).select_related("directive", "document")


def chair_name(commune: Commune, on: date) -> str:
    """The name of the chair on that day, or nothing."""
    ids = role_holder_ids(commune.pk, Role.chair, on=on)
    user = User.objects.filter(pk__in=ids).first()
    return user.full_name if user else ""


def receipts_of(letter: Letter) -> list[LetterReceipt]:
    """Every unit that was asked to acknowledge, in the order of units."""
    return list(letter.receipts.select_related("unit", "received_by"))


@dataclass(frozen=True)
class LetterReach:
    """Whom a letter will be laid upon when it is issued, and whom not."""

    reached: list[Unit]
    missed: list[Unit]


def reach_of(letter: Letter, on: date) -> LetterReach:
    """The units for whom a line of "Nơi nhận" stands (with "Như trên" those of "Kính gửi"), all when no line names any."""
    units = list(answering_units(letter.commune_id, on))
    facts = [rules.RecipientUnit(unit.pk, unit.kind, unit.name) for unit in units]
    addressed = rules.parse_recipients(letter.addressees)
    named = {
        pk for line in rules.parse_recipients(letter.recipients) for pk in rules.units_addressed(line, facts, addressed)
    }
    reached = [unit for unit in units if unit.pk in named] or units
    return LetterReach(reached, [unit for unit in units if unit not in reached])
