"""What is still paid for the awards of a decision, when decisions that it replaces were paid already."""

from collections.abc import Sequence
from dataclasses import dataclass

from commendations.models import Award, Decision


@dataclass(frozen=True)
class Payment:
    """An award of a payment list. Money in đồng; `earlier` is the replaced award whose money was handed over, or None."""

    award: Award
    earlier: Award | None

    @property
    def already_paid(self) -> int:
        """What the recipient has of the earlier money, without what was paid back."""
        if self.earlier is None:
            return 0
        return self.earlier.amount - sum(row.amount for row in self.earlier.recoveries.all())

    @property
    def amount(self) -> int:
        """What is still paid: nothing is paid twice."""
        return max(0, self.award.amount - self.already_paid)


def payments_of(decision: Decision) -> list[Payment]:
    """The awards of the decision in force, in the order of the register; two queries for each decision that it replaces."""
    awards = list(decision.awards.counting().with_standing().order_by("decision_serial"))
    earlier = _paid_awards(awards)
    return [Payment(award, earlier.get(award.pk)) for award in awards]


def _paid_awards(awards: Sequence[Award]) -> dict[int, Award]:
    """By id of the award the last one before it, in its chain of replaced awards, that was handed over."""
    found: dict[int, Award] = {}
    wanted = {award.pk: award.replaces_id for award in awards if award.replaces_id}
    rows = Award.objects.select_related("decision__document").prefetch_related("handovers", "recoveries")
    while wanted:
        replaced = rows.in_bulk(set(wanted.values()))
        before = {pk: replaced[old] for pk, old in wanted.items()}
        found |= {pk: old for pk, old in before.items() if old.handovers.all()}
        wanted = {pk: old.replaces_id for pk, old in before.items() if old.replaces_id and pk not in found}
    return found
