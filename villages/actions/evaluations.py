"""The yearly evaluations of all people of a unit, entered at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.workflow.transitions import act
from villages.actions.evidence import correct_evidence, refuse_duplicates
from villages.models import Evaluation, Person, Unit
from villages.rules.evidence import year_fault

LEVEL_LABELS = dict(Evaluation.LEVELS)
LEAVES_RECORD = "Kết quả đã ghi không bỏ được ở bảng này. Mở hồ sơ của người đó để bỏ."


@dataclass(frozen=True)
class EnteredLevel:
    """What was chosen for a person, and what the page showed as recorded before ("": nothing)."""

    level: str
    seen: str = ""


class EvaluationRowsBroken(RuleBroken):
    """Some rows of the table cannot be kept: by person's id why not; `now` is what is recorded for them."""

    def __init__(self, rows: Mapping[int, str], now: Mapping[int, str]) -> None:
        super().__init__("Chưa lưu dòng nào. Xem lại những dòng có báo lỗi rồi bấm lưu lại.")
        self.rows, self.now = rows, now


def enter_evaluations(
    *, by: User, unit: Unit, year: int, entered: Mapping[int, EnteredLevel], source: str = "", reason: str = ""
) -> int:
    """Keeps the results chosen for people of a unit (by person's id), all or none; how many were new or changed.

    A row left as it was is not touched, whatever happened to it meanwhile. Raises RowsBroken for rows that somebody
    else has changed since the page was shown, RuleBroken where a recorded result is changed without a reason.
    """
    told: dict[str, str] = {}
    with (
        refuse_duplicates(Evaluation),
        act("villages.enter_evaluations", unit, by=by, about=f"{unit}, năm {year}", year=year, entered=told) as locked,
    ):
        if fault := year_fault(year, timezone.localdate()):
            raise RuleBroken(fault)
        people = Person.objects.filter(commune_id=locked.commune_id, unit=locked, is_active=True).in_bulk(list(entered))
        known = _known(people, year)
        chosen = _chosen(entered, {pk: known[pk].level if pk in known else "" for pk in entered}, people)
        if not chosen:
            raise RuleBroken("Chưa có kết quả nào mới để lưu.")
        if any(pk in known for pk in chosen) and not clean(reason):
            raise RuleBroken("Có kết quả đã ghi được sửa lại: hãy ghi lý do sửa.", field="reason")
        Evaluation.objects.bulk_create(
            Evaluation(commune_id=locked.commune_id, person_id=pk, year=year, level=level, source=clean(source)[:200])
            for pk, level in chosen.items()
            if pk not in known
        )
        for pk in chosen.keys() & known.keys():
            source_now = clean(source) or known[pk].source
            correct_evidence(by=by, entry=known[pk], reason=reason, level=chosen[pk], source=source_now)
        told.update({f"{people[pk].full_name} (#{pk})": level for pk, level in chosen.items()})
    return len(chosen)


def _known(people: Mapping[int, Person], year: int) -> dict[int, Evaluation]:
    rows = Evaluation.objects.kept().select_for_update().filter(person__in=people, year=year)
    return {row.person_id: row for row in rows if row.person_id}


def _chosen(
    entered: Mapping[int, EnteredLevel], now: Mapping[int, str], people: Mapping[int, Person]
) -> dict[int, str]:
    """The rows that say something new. Raises RowsBroken."""
    faults = {}
    chosen = {pk: one.level for pk, one in entered.items() if one.level not in (one.seen, now[pk])}
    for pk, level in chosen.items():
        if pk not in people:
            faults[pk] = "Người này không còn ở đơn vị."
        elif not level:
            faults[pk] = LEAVES_RECORD
        elif level not in LEVEL_LABELS:
            faults[pk] = "Hãy chọn một kết quả trong danh sách."
        elif now[pk] != entered[pk].seen:
            said = LEVEL_LABELS.get(now[pk], "chưa ghi")
            faults[pk] = f"Trong lúc bạn nhập, người khác đã ghi “{said}”. Bấm lưu lại để giữ kết quả bạn chọn."
    if faults:
        raise EvaluationRowsBroken(faults, now)
    return chosen
