"""Entering the yearly evaluations of all people of a unit at once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.legal.engine.rules.evaluation import EXCELLENT, EvaluationFault
from emulation.workflow.transitions import act
from villages.actions.evidence import correct_evidence, refuse_duplicates
from villages.actions.people_table import NOT_IN_UNIT, EnteredValue, changed_by_other_fault, changed_values
from villages.models import Evaluation, Person, Unit
from villages.queries.evaluations import people_of, unit_evaluation
from villages.queries.evidence import recorded_evaluations, recorded_levels
from villages.rules.evidence import year_fault

LEVEL_LABELS = dict(Evaluation.LEVELS)
LEAVES_RECORD = "Kết quả đã ghi không bỏ được ở bảng này. Mở hồ sơ của người đó để bỏ."


class EvaluationBreaksLaw(RuleBroken):
    """The table breaks articles of the evaluation decrees; it is saved only with a reason (`despite`)."""

    def __init__(self, faults: Sequence[EvaluationFault]) -> None:
        super().__init__(
            "Chưa lưu dòng nào: có chỗ chưa đúng quy định. Sửa lại, hoặc ghi lý do vẫn giữ ở cuối trang.",
            field="despite",
        )
        self.faults = faults


def enter_evaluations(
    *,
    by: User,
    unit: Unit,
    year: int,
    entered: Mapping[int, EnteredValue],
    source: str = "",
    reason: str = "",
    despite: str = "",
) -> int:
    """Saves the levels entered for people of a unit (by person id), all or none; returns how many were new or changed.

    A row that the user did not change is skipped, even when its record has changed meanwhile. TableRowsBroken for
    invalid rows and for rows that somebody else has changed since the page was shown; RuleBroken when a recorded level
    is changed without a reason; EvaluationBreaksLaw when a changed row or a share of xuất sắc breaks an article and no
    reason is given in `despite`, which the audit log keeps.
    """
    audit_entered: dict[str, str] = {}  # filled below; `act` writes it to the audit log at the end of the block
    facts: dict[str, Any] = {"about": f"{unit}, năm {year}", "year": year, "entered": audit_entered}
    if clean(despite):
        facts["despite"] = require_reason(despite, "Hãy ghi lý do vẫn giữ.")
    with (
        refuse_duplicates(Evaluation),
        act("villages.enter_evaluations", unit, by=by, **facts) as locked,
    ):
        if fault := year_fault(year, timezone.localdate()):
            raise RuleBroken(fault)
        people = Person.objects.in_use().filter(commune_id=locked.commune_id, unit=locked).in_bulk(list(entered))
        recorded = _recorded(people, year)
        changed = _changed_levels(entered, recorded, people)
        if not changed:
            raise RuleBroken("Chưa có kết quả nào mới để lưu.")
        if "despite" not in facts:
            _check_law(locked, year, people, changed)
        if changed.keys() & recorded.keys():
            reason = require_reason(reason, "Có kết quả đã ghi được sửa lại: hãy ghi lý do sửa.")
        Evaluation.objects.bulk_create(
            Evaluation(commune_id=locked.commune_id, person_id=pk, year=year, level=level, source=clean(source)[:200])
            for pk, level in changed.items()
            if pk not in recorded
        )
        for pk in changed.keys() & recorded.keys():
            new_source = clean(source) or recorded[pk].source
            correct_evidence(by=by, entry=recorded[pk], reason=reason, level=changed[pk], source=new_source)
        audit_entered.update({f"{people[pk].full_name} (#{pk})": level for pk, level in changed.items()})
    return len(changed)


def _check_law(unit: Unit, year: int, people: Mapping[int, Person], changed: Mapping[int, str]) -> None:
    """EvaluationBreaksLaw for what the unit's table breaks with the changed levels: in their lines, or a share of xuất sắc."""
    of_unit = people_of(unit)
    levels = recorded_levels(of_unit, year) | {people[pk].kept_id: level for pk, level in changed.items()}
    table = unit_evaluation(unit, year, levels)
    excellent = EXCELLENT in changed.values()
    faults = [fault for fault in table.faults if fault.key in changed or (not fault.key and excellent)]
    if faults:
        raise EvaluationBreaksLaw(faults)


def _recorded(people: Mapping[int, Person], year: int) -> dict[int, Evaluation]:
    rows = Evaluation.objects.kept().select_for_update(of=("self",))
    return recorded_evaluations(rows, people.values(), year)


def _changed_levels(
    entered: Mapping[int, EnteredValue], recorded: Mapping[int, Evaluation], people: Mapping[int, Person]
) -> dict[int, str]:
    """The levels that differ from the page and from the record, by person id. TableRowsBroken for invalid rows."""
    now = {pk: recorded[pk].level if pk in recorded else "" for pk in entered}
    return changed_values(entered, now, lambda pk, row: level_fault(row, now[pk], pk in people))


def level_fault(row: EnteredValue, now: str, in_unit: bool) -> str:
    """Why a changed row cannot be saved, or ""; `now` is the recorded level."""
    if not in_unit:
        return NOT_IN_UNIT
    if not row.value:
        return LEAVES_RECORD
    if row.value not in LEVEL_LABELS:
        return "Hãy chọn một kết quả trong danh sách."
    if now != row.seen:
        return changed_by_other_fault(LEVEL_LABELS.get(now, "chưa ghi"))
    return ""
