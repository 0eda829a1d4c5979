"""What is still paid for the awards of a decision, when decisions that it replaces were paid already."""

from collections.abc import Sequence
from dataclasses import dataclass

from commendations.models import Award, Decision
from commendations.models.handover import prefetch_handovers


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
        return self.earlier.money_given - sum(row.amount for row in self.earlier.recoveries_in_force)

    @property
    def amount(self) -> int:
        """What is still paid: nothing is paid twice."""
        return max(0, self.award.to_pay - self.already_paid)


def payments_of(decision: Decision) -> list[Payment]:
    """The awards of the decision in force, in the order of the register; two queries for each decision that it replaces."""
    awards = list(decision.awards.counting().with_standing().order_by("decision_serial"))
    earlier = _paid_awards(awards)
    return [Payment(award, earlier.get(award.pk)) for award in awards]


def _paid_awards(awards: Sequence[Award]) -> dict[int, Award]:
    """By id of the award the last one before it, in its chain of replaced awards, that was handed over."""
    found: dict[int, Award] = {}
    chains = _replaced_by(list(awards), {award.pk: award for award in awards})
    while chains:
        found |= {pk: old for pk, old in chains.items() if old.handovers_in_force}
        chains = _replaced_by([award for award in awards if award.pk not in found], chains)
    return found


def _replaced_by(awards: list[Award], latest: dict[int, Award]) -> dict[int, Award]:
    """By id of the award the one that the `latest` of its chain replaces; without those that replace none."""
    ids = {award.pk: latest[award.pk].replaces_id for award in awards if award.pk in latest}
    rows = Award.objects.select_related("decision__document").prefetch_related(
        prefetch_handovers(), "recoveries__reversal", "supplements__answers__reversal"
    )
    replaced = rows.in_bulk({old for old in ids.values() if old})
    return {pk: replaced[old] for pk, old in ids.items() if old}
