"""Page of the units' board: answers and nominations of a month."""

from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn
from emulation.workflow.whole_lists import WholeListView
from reports.queries import unit_board

MONTHS_SHOWN = 6


class UnitBoardPage(WholeListView):
    """A table of units and states for a month, and the number of nominations in each state."""

    permission = permissions.staff
    template_name = "reports/board.html"
    help = "tien-do"
    title = "Tiến độ các đơn vị"
    columns = (
        ListColumn("Đơn vị", lambda row: row.unit.name, width=32),
        ListColumn("Tình hình", lambda row: row.status.word, width=24),
        *(
            ListColumn(word, lambda row, place=place: row.counts[place][1], width=12)
            for place, word in enumerate(unit_board.BOARD_COLUMNS.values())
        ),
        ListColumn("Cập nhật", lambda row: row.since, width=14),
    )

    @cached_property
    def periods(self) -> list[Period]:
        """The months to choose from."""
        return list(Period.objects.visible_to(self.request.user).filter(kind=Period.MONTH)[:MONTHS_SHOWN])

    @cached_property
    def period(self) -> Period | None:
        """The month of the query `ky`; without a query the latest one."""
        chosen = self.request.GET.get("ky", "")
        if not chosen:
            return self.periods[0] if self.periods else None
        pk = int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
        return Period.objects.visible_to(self.request.user).filter(pk=pk).first()

    def get_rows(self) -> list[unit_board.UnitBoardRow]:
        return unit_board.unit_board_rows(self.period) if self.period else []

    def narrowed_to(self) -> str:
        return str(self.period or "")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        period = self.period
        return {
            **super().get_context_data(**context),
            "commune": self.commune,
            "period": period,
            "columns": list(unit_board.BOARD_COLUMNS.values()),
            "sent": sum(row.answered for row in self.whole_rows),
            "over": bool(period and period.due_on < timezone.localdate()),
            "chips": [{"label": str(each), "url": f"?ky={each.pk}", "active": each == period} for each in self.periods],
            "tiles": [
                {
                    "number": count,
                    "label": state.label,
                    "url": f"{reverse('commendations:nominations')}?trang-thai={code}",
                }
                for code, state, count in unit_board.nomination_counts(self.capacity.commune_id)
            ],
        }
