"""Page of the fields of emulation that campaigns and exemplars of a year cover."""

from typing import Any

from django.utils import timezone

from campaigns.campaigns.flow.campaign import COVERAGE_READERS
from campaigns.campaigns.views.campaign import parse_year
from campaigns.exemplars.queries.field_coverage import campaigns_of_all_fields, field_coverage
from emulation.workflow.views import PageView


class FieldCoveragePage(PageView):
    """The fields with and without a campaign in a year (task D11: đồng đều, sâu rộng đến tất cả các lĩnh vực)."""

    permission = COVERAGE_READERS
    template_name = "campaigns/coverage.html"
    help = "phong-trao-theo-linh-vuc"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        year = parse_year(self.request.GET.get("nam", "")) or timezone.localdate().year
        lines = field_coverage(self.request.user, year)
        return {
            **super().get_context_data(**context),
            "year": year,
            "lines": lines,
            "bare": [line.field.name for line in lines if not line.campaigns],
            "general": campaigns_of_all_fields(self.request.user, year),
            "commune": self.commune,
        }
