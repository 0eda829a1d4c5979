"""Actions on the names of the commune by date: a new name, a new superior; taking back one that is not in force yet."""

from datetime import date, timedelta

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune, CommuneIdentity
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.documents.models import IssuedDocument
from emulation.workflow.transitions import act
from villages.actions.unit_changes import record_unit_change, take_back_change
from villages.models import Unit, UnitChange
from villages.queries.commune_names import changes_with_latest_name, names_to_follow
from villages.rules.unit_changes import NewUnit, OrderingPaper, UnitPlan, day_fault

NAMES = ("name", "place_name", "issuer", "issuer_short", "letterhead_parent", "superior_office", "district", "province")


def set_identity(*, by: User, commune: Commune, starts_on: date, paper: str, names: dict[str, str]) -> CommuneIdentity:
    """The commune has these names (`NAMES`) from that day; the identity before ends the day before.

    RuleBroken for a day on which papers were already issued, before the present identity, or when nothing changes.
    """
    with act("villages.set_identity", commune, by=by, day=starts_on, paper=clean(paper), names=names) as locked:
        present = locked.identities.order_by("starts_on").last()
        cleaned = {name: clean(names.get(name, "")) for name in NAMES}
        _check_identity(locked, present, starts_on, cleaned)
        if present is not None:
            present.ends_on = starts_on - timedelta(days=1)
            present.save(update_fields=["ends_on"])
        return CommuneIdentity.objects.create(commune=locked, starts_on=starts_on, paper=clean(paper), **cleaned)


def _check_identity(commune: Commune, present: CommuneIdentity | None, starts_on: date, names: dict[str, str]) -> None:
    today = timezone.localdate()
    if fault := day_fault(starts_on, today):
        raise RuleBroken(fault, field="starts_on")
    if present is not None:
        _check_present(present, starts_on, names, today)
    issued = IssuedDocument.objects.filter(commune=commune, issued_on__gte=starts_on).order_by("issued_on").last()
    if issued is not None:
        raise RuleBroken(
            f"Từ ngày đó đã ban hành văn bản với tên cũ (muộn nhất ngày {format_date(issued.issued_on)}: "
            f"{issued.title}). Chọn ngày sau đó.",
            field="starts_on",
        )


def _check_present(present: CommuneIdentity, starts_on: date, names: dict[str, str], today: date) -> None:
    """RuleBroken if the latest identity is not in force yet, begins later, or has the same names."""
    if present.starts_on > today:
        raise RuleBroken(
            f"Đã ghi tên gọi từ ngày {format_date(present.starts_on)}, chưa đến ngày; rút lại rồi ghi lại.",
            field="starts_on",
        )
    if starts_on <= present.starts_on:
        raise RuleBroken(f"Phải sau ngày {format_date(present.starts_on)} của tên gọi đang dùng.", field="starts_on")
    if all(getattr(present, name) == value for name, value in names.items()):
        raise RuleBroken("Chưa có gì khác với tên gọi đang dùng.", field="name")


def follow_commune_name(*, by: User, commune: Commune, units: list[int]) -> list[Unit]:
    """Renames these units (by id) from the day of the commune's latest name, which replaces the one before in their names.

    Returns the units. RuleBroken if none of them has the earlier name any more, or for a fault of one rename: then none is.
    """
    with act("villages.follow_commune_name", commune, by=by) as locked:
        rows = [row for row in names_to_follow(locked) if row.unit.pk in units]
        if not rows:
            raise RuleBroken("Chọn ít nhất một đơn vị còn mang tên cũ của xã.")
        paper = locked.identities.latest("starts_on").paper
        for row in rows:
            record_unit_change(
                by=by,
                subject=row.unit,
                kind=UnitChange.RENAME,
                sources=[row.unit],
                plan=UnitPlan(title=f"{row.unit.name} thành {row.name}", units=(NewUnit(name=row.name),)),
                effective_on=row.starts_on,
                paper=OrderingPaper(summary=paper),
            )
    return [row.unit for row in rows]


def take_back_identity(*, by: User, commune: Commune, reason: str) -> list[UnitChange]:
    """Takes back the identity that is not in force yet, with the renames of units that follow it; the one before goes on
    without an end. The reason stays in the log. Returns the planned renames that are left: they give another name or day.
    """
    reason = require_reason(reason)
    with act("villages.take_back_identity", commune, by=by, reason=reason) as locked:
        rows = list(locked.identities.order_by("starts_on"))
        if len(rows) < 2 or rows[-1].starts_on <= timezone.localdate():
            raise RuleBroken("Không có tên gọi nào chờ đến ngày để rút.")
        following, others = changes_with_latest_name(locked)
        for change in following:
            take_back_change(by=by, change=change, reason=reason)
        before = rows[-2]
        rows[-1].delete()
        before.ends_on = None
        before.save(update_fields=["ends_on"])
    return others
