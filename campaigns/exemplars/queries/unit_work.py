"""What the movement has in hand for units, and what happened there since a day: for changes of units."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.obligations.queries import open_obligations
from emulation.workflow.workflow import state_of
from villages.models import Unit
from villages.queries.person_work import OpenRow, person_work_sources
from villages.queries.unit_work import UnitWork, unit_work_sources

OPEN_STATES = (*Exemplar.OPEN, Exemplar.SUBMITTED)


def _open_exemplars(unit_ids: Sequence[int], on: date) -> int:
    return Exemplar.objects.filter(unit_id__in=unit_ids, state__in=OPEN_STATES).count()


def _sent_since(unit_ids: Sequence[int], day: date) -> int:
    return Exemplar.objects.filter(unit_id__in=unit_ids, first_sent_on__gte=day).count()


def _obligations(unit_ids: Sequence[int], on: date) -> int:
    commune = Unit.objects.filter(pk__in=unit_ids).values_list("commune_id", flat=True).first()
    return sum(one.unit_id in unit_ids for one in open_obligations(commune, on)) if commune else 0


def _open_exemplars_about(user: Any, people: Sequence[int]) -> Iterable[OpenRow]:
    rows = Exemplar.objects.visible_to(user).filter(person__in=people, state__in=OPEN_STATES)
    for row in rows.select_related("period").order_by("pk"):
        yield OpenRow(f"Điển hình {row.period} ({state_of(row).label.lower()})", row.get_absolute_url())


def register_movement_work() -> None:
    """Registers exemplars not finished, and what the units still have to do."""
    person_work_sources.add("exemplars", _open_exemplars_about)
    unit_work_sources.add("exemplars", UnitWork("điển hình chưa xong", _open_exemplars, _sent_since))
    unit_work_sources.add("obligations", UnitWork("việc đang đến hạn (kỳ, công văn, đăng ký)", _obligations))
