"""The quarter's report as a dated thing, and what this room puts into the calendar of the house."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from emulation.acts import who
from emulation.acts.deadlines import Deadline, Kind, register
from emulation.communes.roles import COMMUNE_STAFF
from emulation.communes.standing import standing_of
from reports import rules
from reports.models import DAYS_TO_SEND, PeriodReport
from reports.queries import milestones


def report_days(commune_id: int, user: Any, first: date, last: date) -> Iterator[Deadline]:
    """The day by which each quarter's report is to be with the superior; he sees only whether it has come."""
    quarters = _quarters(first, last)
    rows = PeriodReport.objects.visible_to(user).filter(year__in={year for year, _ in quarters})
    reports = {(row.year, row.quarter): row for row in rows.defer("figures", "assessment", "shortcomings", "plan")}
    staff = standing_of(user).has(*COMMUNE_STAFF)
    for year, number in quarters:
        report, page = reports.get((year, number)), reverse("reports:reports")
        sent = report is not None and report.state in ("sent", "acknowledged")
        if sent:
            done, note = True, "đã gửi"
        elif report is None:
            done, note = None, "chưa lập" if staff else "chưa nhận"
        else:
            done, note = False, "chưa gửi"
        title = f"Hạn gửi báo cáo {rules.title(year, number)}"
        url = report.get_absolute_url() if report else page
        yield Deadline(_due(year, number), title, f"{year}Q{number}", url, done, note)


def _quarters(first: date, last: date) -> list[tuple[int, int]]:
    """The quarters whose reports are due between the two days."""
    found = [(year, number) for year in range(first.year - 1, last.year + 1) for number in (1, 2, 3, 4)]
    return [one for one in found if first <= _due(*one) <= last]


def _due(year: int, number: int) -> date:
    return rules.quarter(year, number).last + timedelta(days=DAYS_TO_SEND)


def declare() -> None:
    to_superior = who.staff | who.superior
    register(Kind("report", "Báo cáo", "bar-chart", to_superior, 50), report_days)
    whole = to_superior | who.unit_head | who.council_member
    register(Kind("milestone", "Mốc hằng năm", "flag", whole, 60), milestones.deadlines)
