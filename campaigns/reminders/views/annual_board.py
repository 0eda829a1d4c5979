"""Pages of the annual board (units by months): the table, one cell."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from campaigns.exemplars.models.period import Period
from campaigns.exemplars.views.period import PeriodBoardPage
from campaigns.reminders.queries import annual_board as years
from campaigns.reminders.queries import outstanding as queries
from campaigns.reminders.views.outstanding import READERS
from emulation.workflow.views import PageView
from villages.models import Unit


class AnnualBoardPage(PageView):
    """The table of units by months of a year; paginated by unit."""

    permission = READERS
    template_name = "campaigns/year.html"
    help = "bang-nam"
    PAGE = 50

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        all_years = years.board_years(self.commune.pk)
        year = self._chosen_year(all_years)
        kind = years.PERIOD_FILTERS.get(self.request.GET.get("ky", ""), "")
        periods = years.periods_of(self.commune.pk, year, kind) if year else []
        page = Paginator(years.asked_units(self.commune.pk, periods), self.PAGE).get_page(self.request.GET.get("trang"))
        return {
            **super().get_context_data(**context),
            "year": year,
            "chips": [{"label": str(one), "url": f"?nam={one}", "active": one == year} for one in all_years],
            "kind_chips": [
                {"label": label, "url": f"?nam={year}&ky={name}", "active": years.PERIOD_FILTERS.get(name, "") == kind}
                for name, label in years.PERIOD_FILTER_LABELS.items()
            ],
            "periods": periods,
            "may_open_periods": PeriodBoardPage.permission.allows(self.capacity, None),
            "page": page,
            "rows": years.year_rows(periods, list(page.object_list), timezone.localdate()),
            "marks": [mark for mark in years.PERIOD_MARKS.values() if mark.short],
        }

    def _chosen_year(self, all_years: list[int]) -> int | None:
        """The year of the address, if there are periods of it; otherwise the latest one that is not in the future."""
        wanted = self.request.GET.get("nam", "")
        if wanted.isdecimal() and int(wanted) in all_years:
            return int(wanted)
        return next((year for year in all_years if year <= timezone.localdate().year), None)


class AnnualBoardCellPage(PageView):
    """One unit in one period: its exemplars and reminders, or why there are none."""

    permission = READERS
    template_name = "campaigns/year_cell.html"
    help = "bang-nam"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        period = self.get_visible_or_404(Period, self.kwargs["period"])
        unit = self.get_visible_or_404(Unit, self.kwargs["unit"])
        return {
            **super().get_context_data(**context),
            **queries.annual_board_cell(period, unit, self.request.user, timezone.localdate()),
        }
