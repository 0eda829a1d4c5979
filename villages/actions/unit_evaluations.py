"""Entering the yearly evaluations of the units of a commune at once."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.legal.engine.rules.evaluation import EXCELLENT, EvaluationFault
from emulation.workflow.transitions import act
from villages.actions.evaluations import EvaluationBreaksLaw, level_fault
from villages.actions.evidence import correct_evidence, refuse_duplicates
from villages.actions.people_table import EnteredValue, changed_values
from villages.models import Evaluation, Unit
from villages.queries.unit_evaluations import broken_people_shares, rated_units, recorded_unit_levels, unit_evaluations
from villages.rules.evidence import year_fault


def enter_unit_evaluations(
    *,
    by: User,
    commune: Commune,
    year: int,
    entered: Mapping[int, EnteredValue],
    source: str = "",
    reason: str = "",
    despite: str = "",
) -> int:
    """Saves the levels entered for units (by id), all or none; returns how many were new or changed.

    Errors as `enter_evaluations`; a unit that is no longer xuất sắc must not leave more people xuất sắc than it may have.
    """
    audit_entered: dict[str, str] = {}  # filled below; `act` writes it to the audit log at the end of the block
    facts: dict[str, Any] = {"about": f"Các đơn vị, năm {year}", "year": year, "entered": audit_entered}
    facts |= {"despite": require_reason(despite, "Hãy ghi lý do vẫn giữ.")} if clean(despite) else {}
    with refuse_duplicates(Evaluation), act("villages.enter_unit_evaluations", commune, by=by, **facts) as locked:
        if fault := year_fault(year, timezone.localdate()):
            raise RuleBroken(fault)
        units = {unit.pk: unit for unit in rated_units(locked.pk, year)}
        rows = Evaluation.objects.kept().select_for_update(of=("self",))
        recorded = recorded_unit_levels(rows, list(units.values()), year)
        changed = _changed(entered, recorded, units)
        if "despite" not in facts and (faults := _faults(units, year, changed, recorded)):
            raise EvaluationBreaksLaw(faults)
        if changed.keys() & recorded.keys():
            reason = require_reason(reason, "Có kết quả đã ghi được sửa lại: hãy ghi lý do sửa.")
        _save(by, locked, year, changed, recorded, clean(source)[:200], reason)
        audit_entered.update({f"{units[pk].name} (#{pk})": level for pk, level in changed.items()})
    return len(changed)


def _save(
    by: User,
    commune: Commune,
    year: int,
    changed: Mapping[int, str],
    recorded: Mapping[int, Evaluation],
    source: str,
    reason: str,
) -> None:
    """New rows for the units without one, corrections of the others."""
    Evaluation.objects.bulk_create(
        Evaluation(commune=commune, collective_id=pk, year=year, level=changed[pk], source=source)
        for pk in changed.keys() - recorded.keys()
    )
    for pk in changed.keys() & recorded.keys():
        entry = recorded[pk]
        correct_evidence(by=by, entry=entry, reason=reason, level=changed[pk], source=source or entry.source)


def _changed(
    entered: Mapping[int, EnteredValue], recorded: Mapping[int, Evaluation], units: Mapping[int, Unit]
) -> dict[int, str]:
    """The levels that differ from the page and from the record. TableRowsBroken for invalid rows, RuleBroken for none."""
    now = {pk: recorded[pk].level if pk in recorded else "" for pk in entered}
    changed = changed_values(entered, now, lambda pk, row: level_fault(row, now[pk], pk in units))
    if not changed:
        raise RuleBroken("Chưa có kết quả nào mới để lưu.")
    return changed


def _faults(
    units: Mapping[int, Unit], year: int, changed: Mapping[int, str], recorded: Mapping[int, Evaluation]
) -> list[EvaluationFault]:
    """What the changed levels break: in their lines, in the shares of units, in the shares of people of a unit."""
    levels = {pk: row.level for pk, row in recorded.items()} | dict(changed)
    table = unit_evaluations(list(units.values()), year, levels)
    excellent = EXCELLENT in changed.values()
    faults = [fault for fault in table.faults if fault.key in changed or (not fault.key and excellent)]
    return faults + list(chain.from_iterable(_people_faults(units[pk], year, changed[pk], recorded) for pk in changed))


def _people_faults(unit: Unit, year: int, level: str, recorded: Mapping[int, Evaluation]) -> Iterator[EvaluationFault]:
    """The shares among the people of a unit that is no longer xuất sắc."""
    if unit.pk in recorded and recorded[unit.pk].level == EXCELLENT:
        for fault in broken_people_shares(unit, year, level):
            yield EvaluationFault(fault.grounds, unit.pk, f"Người của đơn vị: {fault.text}")
