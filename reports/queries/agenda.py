"""Deadlines of the quarterly reports, and the registration of this app's deadlines in the calendar."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from emulation.communes.capacity import capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.legal import current
from emulation.legal.calendar.commune_calendar import work_calendar_of
from emulation.workflow import permissions
from emulation.workflow.calendar_registry import (
    Deadline,
    DeadlineKind,
    due_day_sources,
    register_deadline_kind,
)
from reports.models import PeriodReport
from reports.queries import milestones
from reports.rules import quarters as quarters_rules
from reports.rules.report_days import count_day, report_due


def report_deadlines(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day on which each quarterly report is due at the superior, who sees only whether it has arrived."""
    quarters = _quarters_due(commune_id, first, last)
    rows = PeriodReport.objects.visible_to(user).filter(year__in={year for year, _ in quarters})
    reports = {(row.year, row.quarter): row for row in rows.defer("figures", "assessment", "shortcomings", "plan")}
    staff = capacity_of(user).has(*COMMUNE_STAFF_ROLES)
    for (year, number), due in quarters.items():
        report = reports.get((year, number))
        title = f"Hạn gửi báo cáo {quarters_rules.quarter_title(year, number)}"
        url = report.get_absolute_url() if report else reverse("reports:reports")
        done, note = _progress(report, staff)
        yield Deadline(due, title, f"{year}Q{number}", url, done, note)


def _progress(report: PeriodReport | None, staff: bool) -> tuple[bool | None, str]:
    """`done` and `note` of the deadline; a report that does not exist cannot be late."""
    if report is None:
        return None, "chưa lập" if staff else "chưa nhận"
    if report.state == PeriodReport.CANCELLED:
        return False, "đã hủy, chờ lập lại"
    if report.first_sent_on is None:
        return False, "chưa gửi"
    return True, "đã gửi" if report.state in PeriodReport.SENT else "đã gửi, đang lập lại"


def _quarters_due(commune_id: int, first: date, last: date) -> dict[tuple[int, int], date]:
    """The quarters (year, number) whose reports are due between the two days, each with its due day; two small queries."""
    found = {}
    law = current.law_for(commune_id)
    calendar = work_calendar_of(commune_id)
    for year in range(first.year - 1, last.year + 1):
        for number in (1, 2, 3, 4):
            due = report_due(law, calendar, quarters_rules.quarter_range(year, number))
            if due and first <= due.day <= last:
                found[year, number] = due.day
    return found


def provisional_report_ids(commune_id: int, reports: Iterable[PeriodReport], on: date) -> set[int]:
    """Which of these reports of the commune are not frozen and have their count day ahead; one small query."""
    law = current.law_for(commune_id)
    return {report.pk for report in reports if report.frozen_at is None and on < count_day(law, report.span)}


@due_day_sources.register(PeriodReport.subject_key)
def report_due_days(reports: Sequence[PeriodReport], on: date) -> dict[int, date]:
    """The due days of reports of one commune that were never sent, by primary key; two small queries."""
    law = current.law_for(reports[0].commune_id)
    calendar = work_calendar_of(reports[0].commune_id)
    found = {report.pk: report_due(law, calendar, report.span) for report in reports if report.first_sent_on is None}
    return {pk: due.day for pk, due in found.items() if due}


def register_report_deadlines() -> None:
    report_readers = permissions.staff | permissions.superior
    register_deadline_kind(DeadlineKind("report", "Báo cáo", "bar-chart", report_readers, 50), report_deadlines)
    everybody = report_readers | permissions.unit_head | permissions.council_member
    register_deadline_kind(
        DeadlineKind("milestone", "Mốc hằng năm", "flag", everybody, 60), milestones.milestone_deadlines
    )
