"""Pages of the council's versions: the list, one version with its seats."""

from typing import Any

from emulation.workflow import permissions
from emulation.workflow.views import PageView
from villages.models import CouncilVersion
from villages.queries.people import with_seat_counts

READERS = permissions.staff | permissions.unit_head | permissions.council


class CouncilList(PageView):
    """The present council and its earlier versions."""

    permission = READERS
    template_name = "villages/council_list.html"
    help = "hoi-dong"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        versions = CouncilVersion.objects.visible_to(self.request.user)
        return {**super().get_context_data(**context), "versions": with_seat_counts(versions)}


class CouncilPage(PageView):
    """One version of the council, with its seats."""

    permission = READERS
    template_name = "villages/council.html"
    help = "hoi-dong"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        version = self.get_visible_or_404(CouncilVersion, self.kwargs["pk"])
        return {
            **super().get_context_data(**context),
            "object": version,
            "seats": version.seats.select_related("person"),
        }
