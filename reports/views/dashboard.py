"""Page "Tổng quan": charts by role, each with its figures and the way to its list."""

from typing import Any

from django.utils import timezone

from emulation.workflow import permissions
from emulation.workflow.views import PageView
from reports.queries.dashboard import dashboard_of, dashboard_years


class DashboardPage(PageView):
    """The charts of a year: ?nam=, by default the current one."""

    permission = permissions.office | permissions.chair | permissions.superior
    template_name = "reports/dashboard.html"
    help = "tong-quan"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        years = dashboard_years(self.request.user, today)
        wanted = self.request.GET.get("nam", "")
        year = next((one for one in years if str(one) == wanted), today.year)
        return {
            **super().get_context_data(**context),
            "year": year,
            "today": today,
            "is_now": year == today.year,
            "charts": dashboard_of(self.request.user, year, today),
            "chips": [{"label": str(one), "url": f"?nam={one}", "active": one == year} for one in years],
        }
