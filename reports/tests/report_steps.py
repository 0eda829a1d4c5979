"""Quarterly reports made through the actions."""

from datetime import date, datetime
from typing import Any

import time_machine
from django.utils import timezone

from emulation.accounts.models import User
from emulation.communes.models import Commune
from reports.actions import period_report
from reports.actions.period_report import period_report_approval
from reports.models import PeriodReport
from reports.seeds.demo import DEMO_REPORT_TEXT


def on(day: date) -> Any:
    """A block that runs at nine o'clock of that day."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone()))


def written(commune: Commune, office: User, quarter: int, year: int = 2026) -> PeriodReport:
    """A draft with its texts."""
    report = period_report.start_period_report(by=office, commune=commune, year=year, quarter=quarter)
    return period_report_approval.save(report, by=office, **DEMO_REPORT_TEXT)


def issued(report: PeriodReport, user: Any) -> PeriodReport:
    """The draft, sent to the superior today."""
    period_report_approval.submit(report, by=user("vanphong"))
    period_report_approval.approve(report, by=user("chutich"))
    return period_report_approval.issue(report, by=user("vanthu"), issued_on=timezone.localdate())
