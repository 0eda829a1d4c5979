"""Exemplars for their list and page: counts by state, filter chips, history."""

from typing import Any

from campaigns.catalogue.models import ReturnReason
from campaigns.exemplars.models.exemplar import Exemplar, ExemplarQuerySet
from campaigns.exemplars.models.period import Period
from emulation.audit.log import entries_about
from emulation.workflow.differences import Difference, differences

RETURN_NOTE_LABELS = {**dict(ReturnReason.FIELDS), "kind": "Điển hình là", "nothing_reason": "Lý do kỳ này không có"}
SENT_STATES = ("submitted", "returned", "accepted", "nominated")
ALL_ACCEPTED = "moi-dien-hinh"
"""Filter of the list: the exemplars that figures count, whatever followed; without answers of "none"."""


def exemplars_of_time(
    rows: ExemplarQuerySet, period: int | None = None, months_of: int | None = None
) -> ExemplarQuerySet:
    """The exemplars of a period (its id), of the months of a year; None does not filter."""
    if period is not None:
        rows = rows.filter(period_id=period)
    if months_of is not None:
        rows = rows.filter(period__kind=Period.MONTH, period__year=months_of)
    return rows


def exemplars_of_state(rows: ExemplarQuerySet, state: str) -> ExemplarQuerySet:
    """The exemplars in this state, or all accepted ones; another word does not filter."""
    if state == ALL_ACCEPTED:
        return rows.accepted()
    return rows.filter(state=state) if state in SENT_STATES else rows


def exemplar_note_labels(exemplar: Exemplar) -> dict[str, str]:
    """The fields that a return reason can refer to, with their labels: those that the form of this exemplar shows."""
    nominee = "kind" if exemplar.kind == Exemplar.COLLECTIVE else "name"  # a collective has no name to type
    shown = ["nothing_reason"] if exemplar.nothing else [nominee, "field", "deed", "result", "photo"]
    return {name: RETURN_NOTE_LABELS[name] for name in shown}


def exemplar_content(exemplar: Exemplar) -> dict[str, str]:
    """{label: text} of everything that the unit writes, to compare what was returned with what is submitted again."""
    if exemplar.nothing:
        return {RETURN_NOTE_LABELS["nothing_reason"]: exemplar.nothing_reason}
    typed = exemplar.new_nominee.get("birth_year")
    return {
        "Điển hình là": exemplar.get_kind_display(),
        "Người, hộ hoặc tập thể": exemplar.nominee_in_full + (f", sinh năm {typed}" if typed else ""),
        "Lĩnh vực": exemplar.field.name if exemplar.field else "",
        "Phong trào": exemplar.campaign.name if exemplar.campaign else "",
        "Việc đã làm": exemplar.deed,
        "Kết quả": exemplar.result,
        "Ảnh": ", ".join(str(photo) for photo in exemplar.photos.all()),
    }


def reviewed_values(exemplar: Exemplar) -> dict[str, str]:
    """{field: text} of what a return reason can refer to, as the review shows it with the reasons; photos are counted."""
    who = exemplar.nominee_in_full or exemplar.nominee_name or "chưa ghi"
    return {
        "nothing_reason": exemplar.nothing_reason,
        "name": who,
        "kind": f"{exemplar.get_kind_display()}: {who}",
        "field": exemplar.field.name if exemplar.field else "",
        "deed": exemplar.deed,
        "result": exemplar.result,
        "photo": f"{exemplar.photos.count()} ảnh",
    }


def exemplar_changes(exemplar: Exemplar) -> list[Difference] | None:
    """What the unit changed since the return; None when it was not returned, or once it is accepted."""
    if not exemplar.returned_content or exemplar.state not in (Exemplar.RETURNED, Exemplar.SUBMITTED):
        return None
    return differences(exemplar.returned_content, exemplar_content(exemplar))


MARKS = {"campaigns.return": "back", "campaigns.withdraw": "back", "campaigns.cancel": "back"}


def exemplar_history(exemplar: Exemplar) -> list[dict[str, Any]]:
    """The history of an exemplar, oldest first; consecutive saves are collapsed."""
    lines = [{"what": "Bắt đầu ghi", "who": exemplar.created_by.full_name, "when": exemplar.created_at, "mark": "done"}]
    previous_is_save = False
    for entry in entries_about(exemplar):
        is_save = entry.act == "campaigns.save"
        if is_save and previous_is_save:
            lines[-1]["when"] = entry.at
            continue
        previous_is_save = is_save
        what = "Viết tiếp" if is_save else entry.label
        lines.append({"what": what, "who": entry.actor_name, "when": entry.at, "mark": MARKS.get(entry.act, "done")})
    return lines
