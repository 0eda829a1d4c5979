"""Page of the units' board: answers and nominations of a month."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from emulation.workflow import permissions
from emulation.workflow.views import PageView
from reports.queries import unit_board

MONTHS_SHOWN = 6


class UnitBoardPage(PageView):
    """A table of units and states for a month, and the number of nominations in each state."""

    permission = permissions.staff
    template_name = "reports/board.html"
    help = "tien-do"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        periods = list(Period.objects.visible_to(self.request.user).filter(kind=Period.MONTH)[:MONTHS_SHOWN])
        period = self._chosen_period(periods)
        rows = unit_board.unit_board_rows(period) if period else []
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "period": period,
            "rows": rows,
            "columns": list(unit_board.BOARD_COLUMNS.values()),
            "sent": sum(row.answered for row in rows),
            "over": bool(period and period.due_on < timezone.localdate()),
            "chips": [{"label": str(each), "url": f"?ky={each.pk}", "active": each == period} for each in periods],
            "tiles": [
                {
                    "number": count,
                    "label": state.label,
                    "url": f"{reverse('commendations:nominations')}?trang-thai={code}",
                }
                for code, state, count in unit_board.nomination_counts(self.capacity.commune_id)
            ],
        }

    def _chosen_period(self, periods: list[Period]) -> Period | None:
        """The period of the query `ky`; without a query the latest one."""
        chosen = self.request.GET.get("ky", "")
        if not chosen:
            return periods[0] if periods else None
        pk = int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
        return Period.objects.visible_to(self.request.user).filter(pk=pk).first()
