"""The page "Tổng quan": which charts a user gets by role, for which years."""

from datetime import date

from campaigns.reminders.queries.annual_board import board_years
from commendations.models import Award
from commendations.queries.award import register_years
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.roles import COMMUNE_STAFF_ROLES, Role
from reports.models import PeriodReport
from reports.queries import dashboard_awards, dashboard_exemplars, dashboard_reports, dashboard_work
from reports.queries.dashboard_chart import DashboardChart


def dashboard_years(user: User, on: date) -> list[int]:
    """The years with figures that the user may see, and the current one; latest first."""
    capacity = capacity_of(user)
    years = {on.year}
    if capacity.has(*COMMUNE_STAFF_ROLES):
        years.update(board_years(capacity.commune_id or 0), register_years(Award.objects.visible_to(user)))
    if capacity.has(Role.superior):
        years.update(PeriodReport.objects.visible_to(user).order_by().values_list("year", flat=True).distinct())
    return sorted((year for year in years if year <= on.year), reverse=True)


def dashboard_of(user: User, year: int, on: date) -> list[DashboardChart]:
    """The charts of the user's role, those without figures left out; the number of queries is constant.

    Of several roles the first counts: office, chair, vice chair, superior. Charts of work under way belong to the current year.
    """
    capacity = capacity_of(user)
    charts = next((charts_of(user, year, on) for role, charts_of in ROLE_CHARTS.items() if capacity.has(role)), [])
    return [chart for chart in charts if chart]


def _of_office(user: User, year: int, on: date) -> list[DashboardChart | None]:
    return [
        dashboard_exemplars.answers_chart(user, year, on),
        dashboard_exemplars.accepted_chart(user, year),
        dashboard_work.duties_chart(user, year, on),
        dashboard_awards.award_kinds_chart(user, year),
        dashboard_awards.direct_workers_chart(user, year),
        dashboard_work.goals_chart(user, year),
        dashboard_work.cases_chart(user) if year == on.year else None,
    ]


def _of_chair(user: User, year: int, on: date) -> list[DashboardChart | None]:
    return [
        dashboard_work.waiting_chart(user, on) if year == on.year else None,
        dashboard_awards.award_kinds_chart(user, year),
        dashboard_awards.award_money_chart(user, year),
        dashboard_awards.unit_awards_chart(user, year, on),
        dashboard_awards.direct_workers_chart(user, year),
        dashboard_work.goals_chart(user, year),
        dashboard_work.cases_chart(user) if year == on.year else None,
    ]


def _of_superior(user: User, year: int, on: date) -> list[DashboardChart | None]:
    reports = dashboard_reports.sent_reports(user, year)
    figure_chart = dashboard_reports.reported_figure_chart
    accepted = "Điển hình được chấp nhận"
    return [
        dashboard_reports.receipts_chart(user, reports, year, on),
        dashboard_reports.reported_units_chart(reports, year),
        figure_chart(reports, year, "exemplars", "{} điển hình được chấp nhận", accepted),
        figure_chart(reports, year, "granted", "{} lượt khen thưởng", "Lượt khen thưởng"),
    ]


ROLE_CHARTS = {Role.office: _of_office, Role.chair: _of_chair, Role.vice_chair: _of_chair, Role.superior: _of_superior}
