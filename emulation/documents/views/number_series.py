"""Read-only page of the number series and their books."""

from typing import Any

from django.utils import timezone

from emulation.documents import queries
from emulation.workflow import permissions
from emulation.workflow.views import PageView


class NumberSeriesPage(PageView):
    """Each series of a year with its symbol and the last number of its book."""

    permission = permissions.office | permissions.clerk
    template_name = "documents/numbers.html"
    help = "so-va-ky-hieu"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        typed = self.request.GET.get("nam", "")
        today = timezone.localdate()
        year = int(typed) if typed.isdecimal() and len(typed) == 4 and int(typed) >= 1900 else today.year
        years = queries.number_book_years(self.commune, today.year)
        return {
            **super().get_context_data(**context),
            "year": year,
            "lines": queries.series_statuses(self.commune, year, today),
            "chips": [{"label": one, "url": f"?nam={one}", "active": one == year} for one in years],
        }
