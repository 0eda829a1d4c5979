"""The content of a duty report in words, and what changed since the report that was returned."""

from campaigns.directives.models.duty import DutyReport
from emulation.core.formatting import format_date
from emulation.workflow.differences import Difference, differences


def duty_report_content(report: DutyReport) -> dict[str, str]:
    """{label: text} of what the unit wrote; one query."""
    return {
        "Đã làm được": "chưa" if report.cannot else "rồi",
        "Nội dung báo cáo": report.text,
        "Ngày làm": format_date(report.done_on),
        "Minh chứng": ", ".join(file.name for file in report.files.all()),
    }


def duty_report_changes(report: DutyReport) -> list[Difference] | None:
    """What the unit changed since the returned report; None when none was returned, or once this one is over."""
    if not report.returned_content or report.state != DutyReport.SENT:
        return None
    return differences(report.returned_content, duty_report_content(report))
