"""Acting heads of units: who ends soon without anybody after them."""

from datetime import date

from emulation.legal import current
from villages.models import Appointment, Unit
from villages.queries.people import memberships_on

ACTING_HEAD = "limit.acting_head"


def acting_heads_to_follow(commune_id: int, on: date, until: date) -> list[Appointment]:
    """The last acting head of each unit in force on `on` whose term ends by `until` and whom nobody follows; at most two
    queries, one without acting heads."""
    rows = Appointment.objects.filter(commune_id=commune_id, acting=True, ends_on__lte=until, unit__dissolved_on=None)
    last = {row.unit_id: row for row in rows.select_related("unit", "person").order_by("ends_on", "pk")}
    if not last:
        return []
    appointments = Appointment.objects.filter(unit_id__in=last).values_list("unit_id", "starts_on")
    later = {unit_id for unit_id, starts_on in appointments if starts_on > last[unit_id].starts_on}
    heads = memberships_on(on).filter(commune_id=commune_id, unit_id__in=last, ends_on=None)
    followed = later | set(heads.values_list("unit_id", flat=True))
    return [row for unit_id, row in last.items() if unit_id not in followed]


def acting_until(unit: Unit, on: date) -> date | None:
    """The last day of the acting head of the unit on that day; None if it has none."""
    rows = Appointment.objects.filter(unit=unit, acting=True, starts_on__lte=on, ends_on__gte=on)
    return rows.order_by("-ends_on").values_list("ends_on", flat=True).first()


def acting_head_months(commune_id: int, on: date) -> int:
    """For how many months somebody may be acting head (NĐ 185/2026/NĐ-CP Điều 4); before the decree as on its first day."""
    law = current.law_for(commune_id)
    return int(law.value_on(ACTING_HEAD, max(on, law.codes[ACTING_HEAD].since)).content)
