"""Figures and joins of directives and letters."""

from datetime import date

from django.db.models import Count, Q, QuerySet

from campaigns.models import Letter, LetterReceipt
from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from villages.queries import holders


def with_receipts(letters: QuerySet[Letter]) -> QuerySet[Letter]:
    """Letters with `asked` and `received`: how many units were asked to acknowledge and how many have."""
    return letters.annotate(
        asked=Count("receipts"), received=Count("receipts", filter=Q(receipts__state=LetterReceipt.RECEIVED))
    ).select_related("directive", "document")


def chair_name(commune: Commune, on: date) -> str:
    """The name of the chair on that day, or nothing."""
    ids = holders(commune.pk, Role.chair, on=on)
    user = User.objects.filter(pk__in=ids).first()
    return user.full_name if user else ""


def receipts_of(letter: Letter) -> list[LetterReceipt]:
    """Every unit that was asked to acknowledge, in the order of units."""
    return list(letter.receipts.select_related("unit", "received_by"))
