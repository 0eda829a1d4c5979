"""What the award has in hand for units, and what happened there since a day: for changes of units."""

from collections.abc import Sequence
from datetime import date

from commendations.models import Award, Nomination
from villages.queries.unit_work import UnitWork, unit_work_sources

FINISHED = (*Nomination.AWARDED, *Nomination.DECIDED_ABOVE, "withdrawn", "failed", "refused")


def _open_nominations(unit_ids: Sequence[int], on: date) -> int:
    return Nomination.objects.filter(unit_id__in=unit_ids).exclude(state__in=FINISHED).count()


def _nominations_since(unit_ids: Sequence[int], day: date) -> int:
    return Nomination.objects.filter(unit_id__in=unit_ids, created_at__date__gte=day).count()


def _awards(unit_ids: Sequence[int], on: date) -> int:
    return Award.objects.filter(unit_id__in=unit_ids).count()


def _awards_since(unit_ids: Sequence[int], day: date) -> int:
    return Award.objects.filter(unit_id__in=unit_ids, awarded_on__gte=day).count()


def register_award_work() -> None:
    """Registers open nominations and awards."""
    unit_work_sources.add(
        "nominations", UnitWork("đề nghị khen thưởng chưa xong", _open_nominations, _nominations_since)
    )
    unit_work_sources.add(
        "awards",
        UnitWork("lần khen trong Sổ vàng (giữ tên cũ)", _awards, _awards_since, blocks=False, handed_over=False),
    )
