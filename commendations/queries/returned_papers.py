"""The content of a phiếu trình, a decision, a tờ trình in words, to compare what was returned with what is sent again."""

from commendations.models import ChairSubmission
from commendations.models.outgoing_paper import OutgoingPaper
from commendations.queries.award_lines import AwardLine
from commendations.queries.decision import outgoing_lines
from emulation.core.formatting import format_date, format_dong
from emulation.workflow.differences import Difference, differences, is_unchanged


def chair_submission_content(submission: ChairSubmission) -> dict[str, str]:
    """{label: text} of what the office submits to the chair."""
    items = submission.items.listed().select_related(
        "nomination__person", "nomination__household", "nomination__collective"
    )
    return {
        "Hình thức trình": submission.get_form_display(),
        "Ý kiến của Ủy viên thường trực": submission.opinion,
        "Danh sách": "\n".join(item.nomination.nominee_name for item in items),
    }


def submission_changes(submission: ChairSubmission) -> list[Difference] | None:
    """What changed since the chair returned it; None when it does not wait for the chair again."""
    if not submission.returned_content or not submission.earlier_return_reason:
        return None
    return differences(submission.returned_content, chair_submission_content(submission))


def is_submission_unchanged(submission: ChairSubmission) -> bool:
    """Whether the chair returned it and nothing was changed."""
    return submission.state == "draft" and is_unchanged(submission, lambda: chair_submission_content(submission))


def outgoing_content(paper: OutgoingPaper, listed: list[AwardLine]) -> dict[str, str]:
    """{label: text} of a decision or tờ trình with these lines."""
    return {
        "Trích yếu": paper.subject,
        "Người ký": f"{paper.signer_title} {paper.signer_name}",
        "Ngày dự kiến ký": format_date(paper.expected_on),
        "Căn cứ": paper.grounds,
        "Nơi nhận": paper.recipients,
        "Danh sách": "\n".join(_line_in_words(line) for line in listed),
    }


def outgoing_changes(paper: OutgoingPaper, listed: list[AwardLine]) -> list[Difference] | None:
    """What changed since it was returned; None when it is not at signature again."""
    if not paper.returned_content or not paper.earlier_return_reason:
        return None
    return differences(paper.returned_content, outgoing_content(paper, listed))


def is_outgoing_unchanged(paper: OutgoingPaper) -> bool:
    """Whether the clerk or the chair returned it and nothing was changed."""

    def content() -> dict[str, str]:
        return outgoing_content(paper, outgoing_lines(paper, paper.expected_on))

    return paper.state == paper.DRAFT and is_unchanged(paper, content)


def _line_in_words(line: AwardLine) -> str:
    parts = [line.recipient, line.place, line.achievement, format_dong(line.to_pay) if line.to_pay else ""]
    return f"{line.serial}. {', '.join(filter(None, parts))}"
