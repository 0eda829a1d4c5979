"""One act for many cases of a unit for one title and year: drafts for the chosen, their deeds, the office's check."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from commendations.actions.appraisal import ChecklistMark, complete_nomination, save_checklist
from commendations.actions.group_request import CaseLeft, SomeCasesBroken
from commendations.actions.live_case import SameCaseExists
from commendations.actions.nomination import AwardRequest, NominationContent, save_nomination, start_nomination
from commendations.flow.kin import cases_not_for_office
from commendations.flow.nomination import NOMINATION_STATES
from commendations.models import Nomination
from commendations.queries.same_case import cases_of
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean_lines
from emulation.workflow.idempotency import is_used
from villages.models import Household, Person, Unit


@transaction.atomic
def start_nominations(
    *,
    by: User,
    unit: Unit,
    nominees: Sequence[Person | Household],
    code: str,
    year: int,
    idempotency_key: str,
) -> list[Nomination]:
    """A draft for each, all or none; the same key again returns the same drafts.

    Raises RuleBroken if nobody is chosen, and for who has a case for this title and year already, of whichever unit.
    """
    if not nominees:
        raise RuleBroken("Chưa chọn ai. Đánh dấu những người, hộ cần đề nghị rồi bấm lại.", field="nominees")
    Unit._base_manager.select_for_update().get(pk=unit.pk)  # of two at once the second sees the cases of the first
    keys = {one.pk: f"{idempotency_key[:40]}:{one.pk}" for one in nominees}
    _refuse_nominated([one for one in nominees if not is_used(keys[one.pk], unit.commune)], code, year)
    requested = AwardRequest(code, year)
    return [
        start_nomination(by=by, unit=unit, nominee=one, requested=requested, idempotency_key=keys[one.pk])
        for one in nominees
    ]


def _refuse_nominated(nominees: Sequence[Person | Household], code: str, year: int) -> None:
    if cases := cases_of(nominees, code, year):
        found = [cases[one.pk] for one in nominees if one.pk in cases]
        raise SameCaseExists(*found, message=_already_nominated(cases, nominees), field="nominees")


def _already_nominated(cases: dict[int, Nomination], nominees: Sequence[Person | Household]) -> str:
    named = [
        f"{one.marked_name} ({NOMINATION_STATES[case.state].label.lower()}, {case.unit.name})"
        for one in nominees
        if (case := cases.get(one.pk))
    ]
    return f"Đã có hồ sơ cùng danh hiệu, cùng năm của: {'; '.join(named)}. Chưa lập bản soạn nào."


@dataclass(frozen=True)
class TypedDeed:
    """The deed typed for a case, and the version of the case that the page showed."""

    nomination: Nomination
    deed: str
    seen: int | None


@transaction.atomic
def save_deeds(*, by: User, typed: Sequence[TypedDeed], met_on: date | None) -> None:
    """Saves the deeds that changed, and the day of the unit's meeting with each case; all or none. Raises SomeCasesBroken."""
    faults = {}
    for row in typed:
        case = row.nomination
        if (clean_lines(row.deed), met_on) == (case.deed, case.met_on):
            continue
        old = {name: getattr(case, name) for name in NominationContent.__dataclass_fields__}
        content = NominationContent(**{**old, "deed": row.deed, "met_on": met_on})
        try:
            save_nomination(by=by, nomination=case, content=content, seen=row.seen)
        except RuleBroken as broken:
            if broken.field == "met_on":  # the same for all
                raise
            faults[case.pk] = broken.message
    if faults:
        raise SomeCasesBroken(faults)


@transaction.atomic
def complete_nominations(*, by: User, chosen: Sequence[Nomination]) -> list[CaseLeft]:
    """Marks every entry of the checklists as met and confirms these cases, at the versions given; all or none.

    Returns those that somebody else confirms, because they are the user's own or those of kin; the others are confirmed.
    Raises RuleBroken if there are no others, SomeCasesBroken also for a case with a note about what is missing.
    """
    reasons = cases_not_for_office(chosen, by)
    left = [CaseLeft(case, reasons[case.pk]) for case in chosen if case.pk in reasons]
    if len(left) == len(chosen):
        raise RuleBroken(" ".join(one.reason for one in left), field="cases")
    _complete_each(by, [case for case in chosen if case.pk not in reasons])
    return left


def _complete_each(by: User, cases: Sequence[Nomination]) -> None:
    faults = {}
    for case in cases:
        try:
            _complete(by, case)
        except RuleBroken as broken:
            faults[case.pk] = broken.message
    if faults:
        raise SomeCasesBroken(faults)


def _complete(by: User, case: Nomination) -> None:
    entries = list(case.checklist.all())
    if missing := [entry.label for entry in entries if entry.note and not entry.met]:
        raise RuleBroken(f"Đã ghi còn thiếu: {'; '.join(missing)}. Mở hồ sơ để kiểm tra riêng.")
    marks = {entry.pk: ChecklistMark(True, entry.note) for entry in entries}
    save_checklist(by=by, nomination=case, marks=marks, seen=case.version)
    complete_nomination(by=by, nomination=case)
