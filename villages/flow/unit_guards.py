"""Why nobody, or no household, can be added to a unit."""

from typing import Any

from django.utils import timezone

from villages.models import Unit

HOUSEHOLDS_IN_VILLAGES = "Hộ gia đình chỉ thuộc thôn."


def unit_not_dissolved(unit: Any) -> str | None:
    """Why nobody can be added to a unit, or None: it exists today."""
    closed = unit.dissolved_on
    gone = closed is not None and closed <= timezone.localdate()
    return "Đơn vị đã kết thúc, không thêm người, báo vắng được nữa." if gone else None


def unit_has_households(unit: Any) -> str | None:
    """Why no household can be added to a unit, or None: it is a village that exists today."""
    return unit_not_dissolved(unit) or (None if unit.kind == Unit.VILLAGE else HOUSEHOLDS_IN_VILLAGES)
