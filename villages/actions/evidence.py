"""Actions on evidence: the office adds, corrects or removes entries; earlier content stays, with the reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean
from emulation.core.validation import require_reason
from emulation.workflow.idempotency import create_once
from emulation.workflow.transitions import act
from villages.models import (
    EVIDENCE,
    KEPT,
    UNIT_YEAR_PARTS,
    Discipline,
    Evidence,
    Initiative,
    Leave,
    PastAward,
    PendingCase,
    Person,
    Unit,
    UnitYear,
    evidence_subject_kind,
)
from villages.queries.same_people import about_nominee
from villages.rules import evidence as rules

# Fields of the row itself, not facts of the entry.
OWN_FIELDS = ("id", "version", "state", "state_since", "reason", "return_notes", "created_at", "updated_at")


def add_evidence(*, by: User, model: type[Evidence], subject: Any, idempotency_key: str = "", **facts: Any) -> Evidence:
    """A new entry about a person, household or unit. RuleBroken for an invalid or duplicate entry."""

    def make() -> Evidence:
        name = evidence_subject_kind(subject)
        act_name = f"villages.add_{model.word}_of_{name}"
        audit_facts: dict[str, Any] = {} if model.audit_private else {"entry": facts}
        with refuse_duplicates(model), act(act_name, subject, by=by, **audit_facts) as locked:
            entry = model(commune_id=locked.commune_id, **{name: locked})
            _fill(entry, facts)
            entry.save()
        return entry

    return create_once(idempotency_key, subject.commune, model, make)


def correct_evidence(*, by: User, entry: Evidence, reason: str, seen: int | None = None, **facts: Any) -> Evidence:
    """Corrects an entry; returns the entry that now counts. RuleBroken without a reason, or for invalid facts.

    When the audit log may not contain the old content, a new entry replaces the old one, which stays as removed, with
    the reason.
    """
    corrected = entry
    with refuse_duplicates(type(entry)), transaction.atomic():
        with act(f"villages.mend_{entry.word}", entry, by=by, seen=seen) as locked:
            locked.reason = require_reason(reason, "Hãy ghi lý do sửa.")[:300]
            if locked.audit_private:
                corrected = _copy(locked)
                _fill(corrected, facts)
            else:
                _fill(locked, facts)
        if corrected is not entry:
            corrected.save()
    return corrected


def remove_evidence(*, by: User, entry: Evidence, reason: str, seen: int | None = None) -> Evidence:
    """Removes an entry: it no longer counts, but stays with the reason. RuleBroken without a reason."""
    with act(f"villages.remove_{entry.word}", entry, by=by, seen=seen) as locked:
        locked.reason = require_reason(reason, "Hãy ghi lý do bỏ.")[:300]
    return entry


def use_initiative(*, by: User, initiative: Initiative, award_code: str, year: int, about: str) -> Initiative:
    """Marks a sáng kiến as used for an award of a year. RuleBroken, naming the earlier award, when it is already used."""
    with act("villages.use_initiative", initiative, by=by) as locked:
        if fault := rules.award_fault(award_code, "person"):
            raise RuleBroken(fault)
        locked.used_award_code = award_code
        locked.used_year = year
        locked.used_about = clean(about)[:200]
    return initiative


def release_initiative(*, by: User, initiative: Initiative) -> Initiative:
    """Frees a sáng kiến whose award was cancelled: it may be used for another award."""
    with act("villages.release_initiative", initiative, by=by) as locked:
        locked.used_award_code = ""
        locked.used_year = None
        locked.used_about = ""
    return initiative


def set_joined(*, by: User, person: Person, joined_on: date | None) -> Person:
    """Sets the day on which a person joined their unit or was recruited (None: not known)."""
    with act("villages.set_joined", person, by=by) as locked:
        if fault := rules.joined_fault(joined_on, locked.birth_year, timezone.localdate()):
            raise RuleBroken(fault, field="joined_on")
        locked.joined_on = joined_on
    return person


def read_restricted(*, by: User, subject: Person | Unit) -> list[Evidence]:
    """Discipline and open cases of a person or unit, removed ones included; the reading is written to the audit log."""
    name = evidence_subject_kind(subject)
    entries: list[Evidence] = []
    with act(f"villages.read_restricted_of_{name}", subject, by=by) as locked:
        for model in EVIDENCE:
            if model.restricted and name in model.subjects:
                entries += model.objects.visible_to(by).filter(about_nominee(locked))
    return entries


@contextmanager
def refuse_duplicates(model: type[Evidence]) -> Iterator[None]:
    """Turns the IntegrityError of a unique constraint into a RuleBroken with the message of the model."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise RuleBroken(model.duplicate_message) from None


def _fill(entry: Evidence, facts: dict[str, Any]) -> None:
    entry.put(**facts)
    relations = {field.name for field in entry._meta.concrete_fields if field.is_relation}
    try:
        entry.clean_fields(exclude={*relations, *OWN_FIELDS, "name_fold"})
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise RuleBroken(messages[0], field=field) from None
    for field, fault in _faults(entry, timezone.localdate()):
        if fault:
            raise RuleBroken(fault, field=field)


def _faults(entry: Any, today: date) -> Iterator[tuple[str, str | None]]:
    """Pairs of field name and what is wrong with it (or None)."""
    yield from _time_faults(entry, today)
    yield from _kind_faults(entry, today)


def _time_faults(entry: Any, today: date) -> Iterator[tuple[str, str | None]]:
    """Checks of the year or the days, common to all kinds."""
    if entry.by_year:
        yield "year", rules.year_fault(entry.year, today)
    else:
        yield "ends_on", rules.span_fault(entry.starts_on, entry.ends_on)
    if entry.restricted:
        yield "starts_on", rules.future_day_fault(entry.starts_on, today, "Ngày bắt đầu")
    if isinstance(entry, Discipline) and entry.counted_year:
        yield "counted_year", rules.year_fault(entry.counted_year, today)


def _kind_faults(entry: Any, today: date) -> Iterator[tuple[str, str | None]]:
    """Checks of one kind of evidence."""
    if isinstance(entry, PendingCase) and entry.ends_on and entry.ends_on > today:
        yield "ends_on", "Ngày này chưa đến; để trống khi vụ việc chưa kết thúc."
    if isinstance(entry, Leave) and entry.result and entry.kind != Leave.STUDY:
        yield "result", "Kết quả học tập chỉ ghi cho đào tạo, bồi dưỡng."
    if isinstance(entry, Initiative):
        yield "certificate_on", rules.future_day_fault(entry.certificate_on, today, "Ngày công nhận")
    if isinstance(entry, PastAward):
        yield "award_code", rules.award_fault(entry.award_code, evidence_subject_kind(entry.subject))
        yield "decided_on", rules.future_day_fault(entry.decided_on, today, "Ngày quyết định")
        yield "decided_on", rules.decided_fault(entry.year, entry.decided_on)
    if isinstance(entry, UnitYear):
        yield from rules.count_faults(entry.total, {part: getattr(entry, part) for part in UNIT_YEAR_PARTS}).items()


def _copy(entry: Evidence) -> Evidence:
    """An unsaved entry with the same facts."""
    facts = {
        field.attname: getattr(entry, field.attname)
        for field in entry._meta.concrete_fields
        if field.name not in OWN_FIELDS
    }
    return type(entry)(state=KEPT, **facts)
