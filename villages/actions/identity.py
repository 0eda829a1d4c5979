"""Actions on the names of the commune by date: a new name, a new superior; the names of units and of the council that follow
it; taking back one that is not in force yet."""

from collections.abc import Collection
from dataclasses import replace
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
from villages.actions.collectives import rename_collective
from villages.actions.council import NewCouncil, renew_council, take_back_council
from villages.actions.unit_changes import record_unit_change, take_back_change
from villages.models import Collective, CouncilVersion, Unit, UnitChange
from villages.queries.former_names import FormerName, followers_of, former_names
from villages.rules.council import NewSeat
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


def follow_commune_name(*, by: User, commune: Commune, keys: Collection[str]) -> int:
    """Units and the council (`FormerName.key`) have the new name of the commune in theirs, from its day; returns how many.

    Each is a change of its own, with its notices. RuleBroken, naming whom, when one cannot be: nothing is changed then.
    """
    with act("villages.follow_commune_name", commune, by=by) as locked:
        identity, found = former_names(locked)
        chosen = [one for one in found if one.key in keys and one.may_follow]
        if len(chosen) < len(set(keys)) or not chosen:
            raise RuleBroken("Hãy chọn lại: danh sách tên đã thay đổi.", field="names")
        for one in chosen:
            try:
                _rename(by, one, identity)
            except RuleBroken as broken:
                raise RuleBroken(f"{one.name}: {broken.message}", field="names") from broken
    return len(chosen)


def _rename(by: User, one: FormerName, identity: CommuneIdentity) -> None:
    if isinstance(one.owner, Unit) and one.owner.is_collective:
        collective = Collective.objects.get(pk=one.owner.pk)
        rename_collective(by=by, collective=collective, name=one.new_name, starts_on=identity.starts_on)
    elif isinstance(one.owner, Unit):
        record_unit_change(
            by=by,
            subject=one.owner,
            kind=UnitChange.RENAME,
            sources=[one.owner],
            plan=UnitPlan(title=f"{one.name} thành {one.new_name}", units=(NewUnit(name=one.new_name),)),
            effective_on=identity.starts_on,
            paper=OrderingPaper(summary=identity.paper),
        )
    else:
        council = _same_council(one.owner)
        renew_council(
            by=by,
            commune=identity.commune,
            council=replace(council, name=one.new_name, starts_on=identity.starts_on),
        )


def _same_council(version: CouncilVersion) -> NewCouncil:
    """The council as it is, to be recorded under another name: the same decision, days and members."""
    seats = tuple(NewSeat(seat.person_id, seat.role, seat.position) for seat in version.seats.order_by("sort"))
    return NewCouncil(
        name=version.name,
        decision_no=version.decision_no,
        decision_date=version.decision_date,
        starts_on=version.starts_on,
        seats=seats,
        term=version.term,
        ends_on=version.ends_on,
    )


def take_back_identity(*, by: User, commune: Commune, reason: str) -> None:
    """Takes back the identity that is not in force yet; the one before goes on without an end. The reason stays in the log.

    The names of units and of the council that were to follow it that day are taken back too.
    """
    reason = require_reason(reason)
    with act("villages.take_back_identity", commune, by=by, reason=reason) as locked:
        rows = list(locked.identities.order_by("starts_on"))
        if len(rows) < 2 or rows[-1].starts_on <= timezone.localdate():
            raise RuleBroken("Không có tên gọi nào chờ đến ngày để rút.")
        before, latest = rows[-2:]
        council, changes = followers_of(latest, before)
        for change in changes:
            take_back_change(by=by, change=change, reason=reason)
        if council:
            take_back_council(by=by, version=council, reason=reason)
        latest.delete()
        before.ends_on = None
        before.save(update_fields=["ends_on"])
