"""Why a nomination in the right state still cannot take a step."""

from commendations.models import Decision, Nomination, Proposal


def nomination_incomplete(nomination: Nomination) -> str | None:
    """What is missing before the nomination can be submitted, or None."""
    missing = [
        label
        for label, value in (
            ("người, hộ hoặc tập thể được đề nghị", nomination.nominee_kind),
            ("nội dung khen", nomination.achievement),
            ("thành tích đạt được", nomination.deed),
        )
        if not value
    ]
    return f"Còn thiếu: {', '.join(missing)}." if missing else None


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
