"""Appraisal of a submitted nomination by the office: return it, check the file, confirm it as complete."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from commendations.actions.case import notify_case_handlers, touch_subject
from commendations.actions.chair_submission import set_aside
from commendations.actions.eligibility import eligibility_snapshot
from commendations.models import ChecklistEntry, Nomination
from commendations.queries.nomination import nomination_kinds
from commendations.queries.nomination_content import nomination_content
from commendations.rules.amendment import reason_in_sentence
from emulation.accounts.models import User
from emulation.core.errors import RuleBroken
from emulation.core.text import clean, clean_lines, is_reason
from emulation.core.validation import require_reason
from emulation.legal import current
from emulation.workflow.differences import FILE_NOTE
from emulation.workflow.transitions import act

RETURN_NOTE_LABELS = {
    "nominee": "Người, hộ, tập thể được đề nghị",
    "award": "Danh hiệu, hình thức; năm xét",
    "kind": "Loại hình khen thưởng",
    "field_name": "Lĩnh vực",
    "achievement": "Nội dung khen",
    "duties": "Nhiệm vụ được giao",
    "deed": "Thành tích đạt được",
    "past_awards": "Các hình thức đã được khen",
    "period": "Thời gian lập thành tích",
    "met_on": "Ngày đơn vị họp bình xét",
    FILE_NOTE: "Hồ sơ nói chung",
}
"""Parts of the form that a return reason can refer to, with their labels; "file" is the file as a whole."""


def nomination_note_labels(nomination: Nomination) -> dict[str, str]:
    """The parts that the form of this nomination shows: it has no choice of kind for an award with one kind."""
    hidden = {"kind"} if len(nomination_kinds(nomination)) == 1 else set()
    return {name: label for name, label in RETURN_NOTE_LABELS.items() if name not in hidden}


def return_nomination(
    *, by: User, nomination: Nomination, notes: dict[str, str], seen: int | None = None
) -> Nomination:
    """Return the file with a reason for each part to correct ({place: reason}, at least one that the form shows)."""
    shown = nomination_note_labels(nomination)
    notes = {name: clean_lines(text) for name, text in notes.items() if name in shown and is_reason(text)}
    with act("commendations.return", nomination, by=by, seen=seen, reason="\n".join(notes.values())) as case:
        if not notes:
            raise RuleBroken("Hãy ghi lý do trả lại ở ít nhất một mục để đơn vị biết cần sửa gì.")
        case.return_notes = notes
        case.return_answer = ""
        case.returned_content = nomination_content(case)
        notify_case_handlers(
            case, by, f"Văn phòng trả lại đề nghị khen thưởng {case.nominee_alone} để bổ sung.", "returned"
        )
    return nomination


def return_after_council(*, by: User, nomination: Nomination, reason: str, seen: int | None = None) -> Nomination:
    """The case goes back to its unit although the council voted: after it is amended it is appraised and voted on again.

    It leaves its submission to the chair and the draft that names it. Raises RuleBroken without a reason, or once a
    copy for signature was made.
    """
    reason = require_reason(reason, "Hãy ghi lý do trả lại đơn vị.")
    with act("commendations.return_after_council", nomination, by=by, seen=seen, reason=reason) as case:
        set_aside(by=by, nomination=case, reason=reason)
        case.return_notes = {FILE_NOTE: reason}
        case.return_answer = ""
        case.returned_content = nomination_content(case)
        text = f"{case.nominee_alone}: hồ sơ được trả lại sau khi Hội đồng xét ({reason_in_sentence(reason)})."
        notify_case_handlers(case, by, text, "returned")
    return nomination


@dataclass(frozen=True)
class ChecklistMark:
    """The office's check of one checklist entry: met, not met, or not checked yet (None)."""

    met: bool | None
    note: str = ""


def save_checklist(
    *, by: User, nomination: Nomination, marks: dict[int, ChecklistMark], seen: int | None = None
) -> Nomination:
    """Save the checklist ({entry id: mark}). Raises RuleBroken for an entry that is not met and has no note."""
    with act("commendations.check", nomination, by=by, seen=seen) as case:
        if not case.checklist.exists():
            create_checklist(case, case.received_on or timezone.localdate())
        for entry in case.checklist.all():
            mark = marks.get(entry.pk)
            if mark is None:
                continue
            entry.met = mark.met
            entry.note = clean(mark.note)
            if entry.met is False and not entry.note:
                raise RuleBroken(f"Hãy ghi còn thiếu gì ở “{entry.label}”.", field=f"note_{entry.pk}")
            entry.save(update_fields=["met", "note"])
        touch_subject(case)
    return nomination


def create_checklist(case: Nomination, received: date) -> None:
    """Create the entries that the law of the day of receipt requires, all unchecked."""
    required_file = current.file_checklist_for(case.commune_id, case.award_code, case.kind, case.nominee_kind, received)
    case.checklist.all().delete()
    ChecklistEntry.objects.bulk_create(
        ChecklistEntry(
            nomination=case,
            code=item.code,
            label=f"{item.label} ({item.form})" if item.form else item.label,
            citation=required_file.citation[:300],
            confirmed=required_file.confirmed,
            required=item.required,
            sort=place,
        )
        for place, item in enumerate(required_file.items, 1)
    )


def complete_nomination(*, by: User, nomination: Nomination, seen: int | None = None) -> Nomination:
    """Confirm that the file is complete and the nominee eligible, and store the verdict with the nomination.

    Raises RuleBroken with the article for a confirmed condition that is not met. A warning that needs a reason, or a rule
    that is not confirmed, also raises it until the office has recorded an override reason.
    """
    with act("commendations.complete", nomination, by=by, seen=seen) as case:
        case.judged = eligibility_snapshot(case)
        notify_case_handlers(
            case, by, f"Hồ sơ đề nghị khen thưởng {case.nominee_alone} hợp lệ, chờ Hội đồng xét.", "complete"
        )
    return nomination
