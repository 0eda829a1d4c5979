"""The board of the office."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from campaigns.models import Period
from emulation.acts import who
from emulation.acts.web import Page
from reports.queries import board

MONTHS = 6


class Board(Page):
    """Unit x state of a month; nominations by state."""

    who = who.staff
    template_name = "reports/board.html"
    help = "tien-do"

    def content(self) -> dict[str, Any]:
        periods = list(Period.objects.visible_to(self.request.user).filter(kind=Period.MONTH)[:MONTHS])
        chosen = self.request.GET.get("ky", "")
        wanted = Period.objects.visible_to(self.request.user).filter(
            pk=int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
        )
        period = wanted.first() if chosen else (periods[0] if periods else None)
        rows = board.units(period) if period else []
        return {
            "period": period,
            "rows": rows,
            "columns": list(board.COLUMNS.values()),
            "sent": sum(row.tone != "bad" for row in rows),
            "over": bool(period and period.due_on < timezone.localdate()),
            "chips": [{"label": str(each), "url": f"?ky={each.pk}", "active": each == period} for each in periods],
            "tiles": [
                {
                    "number": count,
                    "label": state.label,
                    "url": f"{reverse('commendations:nominations')}?trang-thai={code}",
                }
                for code, state, count in board.nominations(self.standing.commune_id)
            ],
        }
