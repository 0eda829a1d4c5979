"""Why a nomination in the right state still cannot take a step."""

from commendations.flow.posting_guards import objected
from commendations.models import Decision, Nomination, Proposal

NEEDED_TO_SUBMIT = {
    "nominee_kind": "người, hộ hoặc tập thể được đề nghị",
    "achievement": "nội dung khen",
    "deed": "thành tích đạt được",
}
"""The fields without which a nomination is not submitted, in words."""


def empty_required_fields(nomination: Nomination) -> list[str]:
    """The fields of NEEDED_TO_SUBMIT that are empty."""
    return [name for name in NEEDED_TO_SUBMIT if not getattr(nomination, name)]


def nomination_incomplete(nomination: Nomination) -> str | None:
    """What is missing before the nomination can be submitted, or None."""
    missing = [NEEDED_TO_SUBMIT[name] for name in empty_required_fields(nomination)]
    return f"Còn thiếu: {', '.join(missing)}." if missing else None


def not_submittable(nomination: Nomination) -> str | None:
    """Why the nomination cannot be submitted: something is missing, or an objection to its posted list; None if it can."""
    return nomination_incomplete(nomination) or objected(nomination)


def checklist_incomplete(nomination: Nomination) -> str | None:
    """Which required entries of the checklist are missing or not checked yet, or None."""
    entries = list(nomination.checklist.all())
    if not entries:
        return "Chưa kiểm tra thành phần hồ sơ."
    missing = [entry.label for entry in entries if entry.required and entry.met is False]
    unchecked = [entry.label for entry in entries if entry.required and entry.met is None]
    reasons = [f"Hồ sơ còn thiếu: {'; '.join(missing)}."] if missing else []
    reasons += [f"Chưa kiểm tra: {'; '.join(unchecked)}."] if unchecked else []
    return " ".join(reasons) or None


def at_signature(nomination: Nomination) -> str | None:
    """Why an approved case cannot go back any more: its paper is beyond the draft. None otherwise."""
    item = nomination.chair_submission_item if nomination.state == "approved" else None
    if item is None:
        return None
    for model in (Decision, Proposal):
        papers = model.objects.filter(
            chair_submission_id=item.chair_submission_id,
            award_code=nomination.award_code,
            by_deputy=item.by_deputy,
            state=model.AT_SIGNATURE,
        )
        if (paper := papers.first()) is not None:
            return f"{paper} đã có bản trình ký: đưa về dự thảo trước."
    return None
