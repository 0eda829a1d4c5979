"""The quarter's report as a dated thing, and what this room puts into the calendar of the house."""

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
    """The day by which each quarter's report is to be with the superior; he sees only whether it has come."""
    quarters = _quarters_due(first, last)
    rows = PeriodReport.objects.visible_to(user).filter(year__in={year for year, _ in quarters})
    reports = {(row.year, row.quarter): row for row in rows.defer("figures", "assessment", "shortcomings", "plan")}
    staff = capacity_of(user).has(*COMMUNE_STAFF_ROLES)
    for year, number in quarters:
        report, page = reports.get((year, number)), reverse("reports:reports")
        sent = report is not None and report.state in ("sent", "acknowledged")
        if sent:
            done, note = True, "đã gửi"
        elif report is None:
            done, note = None, "chưa lập" if staff else "chưa nhận"
        else:
            done, note = False, "chưa gửi"
        title = f"Hạn gửi báo cáo {quarters_rules.quarter_title(year, number)}"
        url = report.get_absolute_url() if report else page
        yield Deadline(_due(year, number), title, f"{year}Q{number}", url, done, note)


def _quarters_due(first: date, last: date) -> list[tuple[int, int]]:
    """The quarters whose reports are due between the two days."""
    found = [(year, number) for year in range(first.year - 1, last.year + 1) for number in (1, 2, 3, 4)]
    return [one for one in found if first <= _due(*one) <= last]


def _due(year: int, number: int) -> date:
    return quarters_rules.quarter_range(year, number).last + timedelta(days=DAYS_TO_SEND)


def register_report_deadlines() -> None:
    to_superior = permissions.staff | permissions.superior
    register_deadline_kind(DeadlineKind("report", "Báo cáo", "bar-chart", to_superior, 50), report_deadlines)
    whole = to_superior | permissions.unit_head | permissions.council_member
    register_deadline_kind(DeadlineKind("milestone", "Mốc hằng năm", "flag", whole, 60), milestones.milestone_deadlines)
