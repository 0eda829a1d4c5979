"""The timeline of a case: what was done to it and to its awards, and who acts next."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from commendations.flow.nomination import NOMINATION_STATES, WHOSE_TURN
from commendations.models import (
    Amendment,
    Award,
    AwardCorrection,
    AwardRecovery,
    AwardSupplement,
    AwardSupplementAnswer,
    Handover,
    Nomination,
)
from emulation.audit.models import AuditEntry
from emulation.core.formatting import format_date, upper_first


@dataclass(frozen=True)
class TimelineEvent:
    """One line of the timeline (templates/components/_timeline.html)."""

    what: str
    who: str = ""
    when: datetime | None = None
    note: str = ""
    mark: str = "done"

    @property
    def is_now(self) -> bool:
        return self.mark == "now"


ISSUE_AMENDMENT = "commendations.issue_amendment"
_COLLAPSED_ACTS = {"commendations.edit"}
_BACKWARD_ACTS = {
    "commendations.return",
    "commendations.withdraw",
    "commendations.fail",
    "commendations.refuse",
    "commendations.refuse_above",
    "commendations.cancel_award",
    "commendations.reverse_handover",
    "commendations.reverse_recovery",
    "commendations.reverse_supplement_answer",
}


def nomination_timeline(nomination: Nomination) -> list[TimelineEvent]:
    """What was done to the case and to its awards, oldest first, then who acts next.

    Repeated saves are collapsed into one line. A correction or a replacement has a note with what it changed of this case.
    """
    awards = list(Award.objects.filter(nomination=nomination).select_related("decision__document").order_by("pk"))
    amendments = _amendments_of(awards)
    events: list[TimelineEvent] = []
    for entry in _entries(nomination, awards, amendments):
        amended = amendments.get(entry.subject_id or 0) if entry.act == ISSUE_AMENDMENT else None
        event = _event(entry, amended, awards)
        if not (entry.act in _COLLAPSED_ACTS and events and events[-1].what == event.what):
            events.append(event)
    turn = WHOSE_TURN.get(nomination.state)
    if turn:
        what = f"{NOMINATION_STATES[nomination.state].label}: đến lượt {turn}"
        events.append(TimelineEvent(what, when=nomination.state_since, mark="now"))
    return events


def _event(entry: AuditEntry, amended: Amendment | None, awards: list[Award]) -> TimelineEvent:
    what = amended.get_kind_display() if amended else entry.label
    note = _amendment_note(amended, awards) if amended else _note(entry)
    mark = "back" if entry.act in _BACKWARD_ACTS else "done"
    return TimelineEvent(what, entry.actor_name, entry.at, note, mark)


def _entries(nomination: Nomination, awards: list[Award], amendments: dict[int, Amendment]) -> QuerySet[AuditEntry]:
    """The audit entries about the case, and about what followed from its awards."""
    about = Q(subject_type=Nomination.subject_key, subject_id=nomination.pk)
    if awards:
        ids = [award.pk for award in awards]
        about |= Q(subject_type=Award.subject_key, subject_id__in=ids)
        about |= Q(subject_type=Amendment.subject_key, subject_id__in=list(amendments), act=ISSUE_AMENDMENT)
        for model, rows in (
            (Handover, Handover.objects.filter(award__in=ids)),
            (AwardRecovery, AwardRecovery.objects.filter(award__in=ids)),
            (AwardSupplement, AwardSupplement.objects.filter(award__in=ids)),
            (AwardSupplementAnswer, AwardSupplementAnswer.objects.filter(supplement__award__in=ids)),
        ):
            about |= Q(subject_type=model.subject_key, subject_id__in=list(rows.values_list("pk", flat=True)))
    return AuditEntry.objects.filter(about, commune_id=nomination.commune_id).order_by("seq")


def _amendments_of(awards: list[Award]) -> dict[int, Amendment]:
    """The issued corrections and replacements of these awards, by id; a cancellation is an act on the case itself."""
    if not awards:
        return {}
    ids = [award.pk for award in awards]
    papers = [award.decision.document_id for award in awards if award.replaces_id]
    corrected = Q(kind=Amendment.CORRECTION, pk__in=AwardCorrection.objects.filter(award__in=ids).values("amendment"))
    replaced = Q(kind=Amendment.REPLACEMENT, document__in=papers)
    rows = Amendment.objects.filter(corrected | replaced, commune_id=awards[0].commune_id)
    return rows.select_related("document").prefetch_related("corrections").in_bulk()


def _amendment_note(amendment: Amendment, awards: list[Award]) -> str:
    """The paper, and of a correction each changed word of this case."""
    ids = {award.pk for award in awards}
    changes = [
        f"{upper_first(row.label)}: “{row.old or 'để trống'}” sửa thành “{row.new or 'để trống'}”"
        for row in amendment.corrections.all()
        if row.award_id in ids
    ]
    return "\n".join([*([amendment.document.dated] if amendment.document else []), *changes])


def _note(entry: AuditEntry) -> str:
    lines = [str(entry.facts[key]) for key in ("reason", "session", "decision") if entry.facts.get(key)]
    if received_by := entry.facts.get("received_by"):
        lines.append(f"{received_by} nhận ngày {format_date(date.fromisoformat(entry.facts['received_on']))}")
    return "\n".join(lines)
