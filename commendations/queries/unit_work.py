"""What the award has in hand for units, and what happened there since a day: for changes of units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from commendations.models import Award, Nomination
from emulation.legal import current
from emulation.workflow.workflow import state_of
from villages.queries.person_work import OpenRow, person_work_sources
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


def _open_cases_about(user: Any, people: Sequence[int]) -> Iterable[OpenRow]:
    rows = Nomination.objects.visible_to(user).filter(person__in=people).exclude(state__in=FINISHED)
    for case in rows.select_related("commune").order_by("pk"):
        name = (
            current.law_for(case.commune_id).award(case.award_code).name if case.award_code else "chưa chọn danh hiệu"
        )
        yield OpenRow(f"Đề nghị khen thưởng: {name} ({state_of(case).label.lower()})", case.get_absolute_url())


def register_award_work() -> None:
    """Registers open nominations and awards."""
    person_work_sources.add("nominations", _open_cases_about)
    unit_work_sources.add(
        "nominations", UnitWork("đề nghị khen thưởng chưa xong", _open_nominations, _nominations_since)
    )
    unit_work_sources.add(
        "awards",
        UnitWork("lần khen trong Sổ vàng (giữ tên cũ)", _awards, _awards_since, blocks=False, handed_over=False),
    )
