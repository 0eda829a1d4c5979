"""Actions on units by date: open, rename, close, merge, split. Planned with the paper that orders it, carried out on its day.

A change whose day has come is carried out in the transaction that records it, a later one by the daily job, once.
"""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.audit.log import record_entry
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.formatting import format_date
from emulation.core.text import clean, clean_lines, fold
from emulation.core.validation import require_reason
from emulation.notices.actions import notify_users
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.actions.unit_change_day import apply_change
from villages.actions.unit_change_faults import check_plan
from villages.actions.unit_change_values import with_corrected_name
from villages.models import Unit, UnitChange, UnitChangePart
from villages.queries.people import head_ids_of_units
from villages.queries.unit_changes import name_is_used
from villages.rules.unit_changes import (
    OrderingPaper,
    UnitPlan,
    paper_fault,
    plan_as_json,
)

NO_PAPER = OrderingPaper()
ACTS = {
    UnitChange.OPEN: "villages.open_unit",
    UnitChange.RENAME: "villages.rename_unit",
    UnitChange.CLOSE: "villages.close_unit",
    UnitChange.MERGE: "villages.merge_units",
    UnitChange.SPLIT: "villages.split_unit",
}


def record_unit_change(
    *,
    by: User,
    subject: Commune | Unit,
    kind: str,
    sources: list[Unit],
    plan: UnitPlan,
    effective_on: date,
    paper: OrderingPaper = NO_PAPER,
    idempotency_key: str = "",
) -> UnitChange:
    """Records a change of units (`kind`), carried out at once when its day has come. Idempotent per key.

    `subject` is the commune, or the unit that is renamed, closed or split. RuleBroken with every fault of the plan.
    """
    commune = subject if isinstance(subject, Commune) else subject.commune

    def make() -> UnitChange:
        with transaction.atomic():
            Commune.objects.select_for_update().get(pk=commune.pk)  # one change of units at a time
            with act(ACTS[kind], subject, by=by, about=plan.title, day=effective_on):
                found = Unit.objects.filter(commune=commune, pk__in=[unit.pk for unit in sources])
                fresh = list(found.order_by("sort", "pk"))
                check_plan(commune, kind, fresh, plan, effective_on, paper)
                change = _create_change(by, commune, kind, plan, effective_on, paper)
                _create_parts(change, fresh, plan)
                if effective_on <= timezone.localdate():
                    _carry_out(change, by)
                else:
                    _notify_heads(change, fresh, f"{change}, từ ngày {format_date(effective_on)}.")
        return change

    return create_once(idempotency_key, commune, UnitChange, make)


def _create_change(
    by: User, commune: Commune, kind: str, plan: UnitPlan, day: date, paper: OrderingPaper
) -> UnitChange:
    return UnitChange.objects.create(
        commune=commune,
        state=UnitChange.PLANNED,
        kind=kind,
        effective_on=day,
        plan=plan_as_json(plan),
        created_by=by,
        **_paper_columns(paper),
    )


def _paper_columns(paper: OrderingPaper) -> dict[str, Any]:
    return {
        "paper_number": clean(paper.number),
        "paper_date": paper.day,
        "paper_issuer": clean(paper.issuer),
        "paper_summary": clean_lines(paper.summary),
    }


def _create_parts(change: UnitChange, sources: list[Unit], plan: UnitPlan) -> None:
    """The units before the change, and the existing one that takes over; what is opened is added on the day."""
    parts = [UnitChangePart(change=change, unit=unit, side=UnitChangePart.OLD) for unit in sources]
    if plan.into:
        parts.append(UnitChangePart(change=change, unit_id=plan.into, side=UnitChangePart.NEW))
    UnitChangePart.objects.bulk_create(parts)


# ── on the day ───────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def carry_out_due_changes(*, commune: Commune, on: date) -> int:
    """Carries out every planned change whose day has come, in the order of their days; called by the daily job, also late.

    Returns how many. Each is carried out once: the row is locked and only a planned one is taken.
    """
    Commune.objects.select_for_update().get(pk=commune.pk)
    due = list(UnitChange.objects.select_for_update().filter(commune=commune).due(on))
    for change in due:
        _carry_out(change, None)
        record_entry(
            commune_id=commune.pk,
            actor=None,
            act="villages.carry_out_change",
            label="Thực hiện thay đổi đơn vị đến ngày",
            subject=change,
            facts=change.carried,
        )
    return len(due)


def carry_out_change(*, by: User, change: UnitChange) -> None:
    """Carries out a planned change on or after its day, when the daily job has not yet."""
    with transaction.atomic():
        Commune.objects.select_for_update().get(pk=change.commune_id)
        with act("villages.carry_out_change", change, by=by) as locked:
            apply_change(locked)
    _notify_done(change)


def _carry_out(change: UnitChange, by: User | None) -> None:
    """Carries out the change of a locked row and stores it as done."""
    apply_change(change)
    change.state = UnitChange.DONE
    change.state_since = timezone.now()
    change.version += 1
    written = ["carried", "replaced", "carried_out_at"]
    change.save(update_fields=["state", "state_since", "version", *written, "updated_at"])
    _notify_done(change)


def _notify_done(change: UnitChange) -> None:
    units = [part.unit for part in change.parts.filter(side=UnitChangePart.NEW).select_related("unit")]
    units = units or [part.unit for part in change.parts.select_related("unit")]
    _notify_heads(change, units, f"{change}, từ ngày {format_date(change.effective_on)}.")


def _notify_heads(change: UnitChange, units: list[Unit], text: str) -> None:
    notify_users(
        commune_id=change.commune_id,
        users=head_ids_of_units(units, timezone.localdate()),
        text=text,
        link=units[0].get_absolute_url(),
        key=f"unit_change:{change.pk}:{change.state}",
    )


# ── taking back, correcting ──────────────────────────────────────────────────────────────────────


def take_back_change(*, by: User, change: UnitChange, reason: str) -> None:
    """Takes a planned change back before it is carried out; nothing else knew of it. The reason stays in the audit log."""
    reason = require_reason(reason)
    with transaction.atomic():
        Commune.objects.select_for_update().get(pk=change.commune_id)
        with act("villages.take_back_change", change, by=by, reason=reason) as locked:
            locked.return_notes = {"Lý do rút": reason}
    sources = [part.unit for part in change.parts.select_related("unit")]
    if sources:
        _notify_heads(change, sources, f"Không thực hiện nữa: {change}. Lý do: {reason}")


def correct_change(*, by: User, change: UnitChange, paper: OrderingPaper, name: str, seen: int | None = None) -> None:
    """Corrects what was mistyped: the paper, and the name that the change gave (of one that opened or renamed one unit).

    Papers already issued keep the words that they have. RuleBroken for an impossible or used name.
    """
    fault = paper_fault(paper, change.effective_on, timezone.localdate())
    if fault:
        raise RuleBroken(fault, field="paper_date")
    with act("villages.correct_change", change, by=by, seen=seen, paper=asdict(paper), name=clean(name)) as locked:
        for column, value in _paper_columns(paper).items():
            setattr(locked, column, value)
        if name and clean(name) != correctable_name(locked):
            _correct_name(locked, clean(name))


def correctable_name(change: UnitChange) -> str:
    """The name that may be corrected with the change: that of its one new unit; "" when it gave none or several."""
    units = change.plan.get("units", [])
    return units[0]["name"] if len(units) == 1 else ""


def _correct_name(change: UnitChange, name: str) -> None:
    old = correctable_name(change)
    keys = list(change.parts.values_list("unit_id", flat=True))
    if not old:
        raise RuleBroken("Việc này không đặt tên cho một đơn vị.", field="name")
    if _is_name_of_another(change, name):
        raise RuleBroken(f"Đã có đơn vị khác tên {name}.", field="name")
    # The new name comes last: "Thôn 10 thành Thôn 1" has it twice.
    start, found, end = change.plan["title"].rpartition(old)
    change.plan = {
        **change.plan,
        "title": f"{start}{name if found else ''}{end}",
        "units": [{**change.plan["units"][0], "name": name}],
    }
    if change.state != UnitChange.DONE:
        return
    for unit in Unit.objects.filter(pk__in=keys):
        dated = unit.names.filter(name=old, starts_on=change.effective_on)
        if dated.update(name=name) and unit.name == old:
            unit.name = name
            unit.save(update_fields=["name"])
    change.replaced = with_corrected_name(change.replaced, old, name)


def _is_name_of_another(change: UnitChange, name: str) -> bool:
    """Whether another unit has the name from that day; what the change ends or renames is no other unit."""
    parts = change.parts.all()
    if change.kind == UnitChange.SPLIT:
        if fold(name) == fold(change.plan.get("rest_name", "")):
            return True
        renamed_later = change.state == UnitChange.PLANNED and change.plan.get("rest_name")
        parts = parts if renamed_later else parts.filter(side=UnitChangePart.NEW)
    keys = list(parts.values_list("unit_id", flat=True))
    return name_is_used(change.commune, name, change.effective_on, keys)
