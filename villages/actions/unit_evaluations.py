"""Entering the yearly evaluations of the units of a commune at once."""

from collections.abc import Mapping
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
    if clean(despite):
        facts["despite"] = require_reason(despite, "Hãy ghi lý do vẫn giữ.")
    with refuse_duplicates(Evaluation), act("villages.enter_unit_evaluations", commune, by=by, **facts) as locked:
        if fault := year_fault(year, timezone.localdate()):
            raise RuleBroken(fault)
        units = {unit.pk: unit for unit in rated_units(locked.pk, year)}
        recorded = recorded_unit_levels(
            Evaluation.objects.kept().select_for_update(of=("self",)), list(units.values()), year
        )
        now = {pk: recorded[pk].level if pk in recorded else "" for pk in entered}
        changed = changed_values(entered, now, lambda pk, row: level_fault(row, now[pk], pk in units))
        if not changed:
            raise RuleBroken("Chưa có kết quả nào mới để lưu.")
        if "despite" not in facts and (faults := _faults(units, year, changed, recorded)):
            raise EvaluationBreaksLaw(faults)
        if changed.keys() & recorded.keys():
            reason = require_reason(reason, "Có kết quả đã ghi được sửa lại: hãy ghi lý do sửa.")
        Evaluation.objects.bulk_create(
            Evaluation(commune=locked, collective_id=pk, year=year, level=level, source=clean(source)[:200])
            for pk, level in changed.items()
            if pk not in recorded
        )
        for pk in changed.keys() & recorded.keys():
            new_source = clean(source) or recorded[pk].source
            correct_evidence(by=by, entry=recorded[pk], reason=reason, level=changed[pk], source=new_source)
        audit_entered.update({f"{units[pk].name} (#{pk})": level for pk, level in changed.items()})
    return len(changed)


def _faults(
    units: Mapping[int, Unit], year: int, changed: Mapping[int, str], recorded: Mapping[int, Evaluation]
) -> list[EvaluationFault]:
    """What the changed levels break: in their lines, in the shares of units, in the shares of people of a unit."""
    levels = {pk: row.level for pk, row in recorded.items()} | dict(changed)
    table = unit_evaluations(list(units.values()), year, levels)
    excellent = EXCELLENT in changed.values()
    faults = [fault for fault in table.faults if fault.key in changed or (not fault.key and excellent)]
    for pk, level in changed.items():
        if pk in recorded and recorded[pk].level == EXCELLENT and level != EXCELLENT:
            found = broken_people_shares(units[pk], year, level)
            faults += [EvaluationFault(one.grounds, pk, f"Người của đơn vị: {one.text}") for one in found]
    return faults
