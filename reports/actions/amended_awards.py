"""Notifies the superior of sent reports whose figures an amendment of awards changed."""

from datetime import date

from django.utils import timezone

from commendations.models import Amendment, Award
from emulation.communes.capacity import role_holder_ids
from emulation.communes.roles import Role
from emulation.core.formatting import format_dong, format_vnd
from emulation.notices.actions import notify_users
from reports.models import PeriodReport
from reports.queries.granted_awards import AWARD_IDENT
from reports.queries.report_adjustments import mentions_any
from reports.queries.report_figures import changes_since
from reports.rules.quarters import quarter_of_day


def notify_of_changed_reports(amendment: Amendment) -> None:
    """One notification a report and issued amendment, only for reports that the superior has and whose figures it changed.

    A correction changes words, not figures, so nobody is notified of it.
    """
    assert amendment.document is not None
    awards = _changed_awards(amendment)
    idents = {f"{AWARD_IDENT}{pk}" for pk in awards}
    superiors = role_holder_ids(amendment.commune_id, Role.superior, on=timezone.localdate())
    for report in _sent_reports(amendment.commune_id, set(awards.values())):
        lines = [line for line in changes_since(report) if mentions_any(line, idents)]
        if not lines:
            continue
        first = lines[0]
        figures = format_dong if first["unit"] == "đồng" else format_vnd
        figure = f"{first['label'].lower()} đã báo cáo {figures(first['reported'])}, nay {figures(first['now'])}"
        notify_users(
            commune_id=amendment.commune_id,
            users=superiors,
            text=f"{report} đã gửi có số liệu thay đổi theo {amendment.document.dated}: {figure}.",
            link=report.get_absolute_url(),
            key=f"report:{report.pk}:amended:{amendment.pk}",
        )


def _changed_awards(amendment: Amendment) -> dict[int, date]:
    """By id the days of the awards that no longer count, and of those that replace them."""
    ended = Award.objects.filter(pk__in=amendment.award_ids)
    new = Award.objects.filter(replaces__in=amendment.award_ids)
    return dict((ended | new).values_list("pk", "awarded_on"))


def _sent_reports(commune_id: int, days: set[date]) -> list[PeriodReport]:
    """The reports of the quarters of these days that the superior has."""
    quarters = {quarter_of_day(day) for day in days}
    rows = PeriodReport.objects.filter(commune_id=commune_id, year__in={year for year, _ in quarters}).standing()
    return [report for report in rows.order_by("pk") if (report.year, report.quarter) in quarters]
