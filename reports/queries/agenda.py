"""Deadlines of the quarterly reports, and the registration of this app's deadlines in the calendar."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from emulation.communes.capacity import capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.workflow import permissions
from emulation.workflow.calendar_registry import Deadline, DeadlineKind, register_deadline_kind
from reports.models import DAYS_TO_SEND, PeriodReport
from reports.queries import milestones
from reports.rules import quarters as quarters_rules


def report_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day on which each quarterly report is due at the superior, who sees only whether it has arrived."""
    quarters = _quarters_due(first, last)
    rows = PeriodReport.objects.visible_to(user).filter(year__in={year for year, _ in quarters})
    reports = {(row.year, row.quarter): row for row in rows.defer("figures", "assessment", "shortcomings", "plan")}
    staff = capacity_of(user).has(*COMMUNE_STAFF_ROLES)
    for year, number in quarters:
        report = reports.get((year, number))
        title = f"Hạn gửi báo cáo {quarters_rules.quarter_title(year, number)}"
        url = report.get_absolute_url() if report else reverse("reports:reports")
        done, note = _progress(report, staff)
        yield Deadline(_due(year, number), title, f"{year}Q{number}", url, done, note)


def _progress(report: PeriodReport | None, staff: bool) -> tuple[bool | None, str]:
    """`done` and `note` of the deadline; a report that does not exist cannot be late."""
    if report is None:
        return None, "chưa lập" if staff else "chưa nhận"
    if report.state in ("sent", "acknowledged"):
        return True, "đã gửi"
    return False, "chưa gửi"


def _quarters_due(first: date, last: date) -> list[tuple[int, int]]:
    """(year, number) of the quarters whose reports are due between the two days."""
    found = []
    for year in range(first.year - 1, last.year + 1):
        found += [(year, number) for number in (1, 2, 3, 4) if first <= _due(year, number) <= last]
    return found


def _due(year: int, number: int) -> date:
    return quarters_rules.quarter_range(year, number).last + timedelta(days=DAYS_TO_SEND)


def register_report_deadlines() -> None:
    report_readers = permissions.staff | permissions.superior
    register_deadline_kind(DeadlineKind("report", "Báo cáo", "bar-chart", report_readers, 50), report_deadlines)
    everybody = report_readers | permissions.unit_head | permissions.council_member
    register_deadline_kind(
        DeadlineKind("milestone", "Mốc hằng năm", "flag", everybody, 60), milestones.milestone_deadlines
    )
