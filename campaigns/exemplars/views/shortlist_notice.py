"""Page of the shortlist notice of a period, and the button that starts it."""

from typing import Any

from campaigns.exemplars.actions.shortlist_notice import (
    start_shortlist_notice,
)
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.queries import shortlist as queries
from emulation.documents.approval.views import PaperPageView
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView


class ShortlistNoticePage(PaperPageView):
    """One notice: its text, entries and next step."""

    template_name = "campaigns/chosen_list.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        context = super().get_context_data(**context)
        notice: ShortlistNotice = context["object"]
        entries = list(queries.shortlist_of(notice.period))
        named = [entry for entry in entries if queries.is_named_in_notice(entry, notice)]
        context |= {"choices": named, "left": [], "withdrawn": []}
        if permissions.staff.allows(self.capacity, None):
            context["left"] = [entry for entry in entries if entry not in named]
            context["withdrawn"] = [entry for entry in named if not queries.has_agreed(entry)]
        return context


class StartShortlistNotice(ActPostView):
    permission = permissions.office
    act = "campaigns.start_list"
    model = Period

    def perform(self) -> Any:
        return start_shortlist_notice(by=self.request.user, period=self.object)
