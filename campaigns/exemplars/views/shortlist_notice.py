"""Pages of the shortlist notice."""

from typing import Any

from django.db.models import QuerySet

from campaigns.exemplars.actions.shortlist_notice import (
    start_shortlist_notice,
)
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.models.shortlist_notice import ShortlistNotice
from campaigns.exemplars.queries import shortlist as queries
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView, PagedListView, PageView

READERS = permissions.staff | permissions.unit_head | permissions.council_member | permissions.superior


class ShortlistNoticeList(PagedListView):
    """The notices of all periods; users who are not staff see issued ones."""

    permission = READERS
    template_name = "campaigns/chosen_list_list.html"
    help = "danh-sach-dien-hinh"

    def get_queryset(self) -> QuerySet[ShortlistNotice]:
        return (
            ShortlistNotice.objects.visible_to(self.request.user).select_related("period", "document").order_by("-pk")
        )


class ShortlistNoticePage(PageView):
    """One notice: its text, entries and next step."""

    permission = READERS
    template_name = "campaigns/chosen_list.html"
    help = "danh-sach-dien-hinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        notice = self.get_visible_or_404(ShortlistNotice, self.kwargs["pk"], "period", "document", "commune")
        entries = list(queries.shortlist_of(notice.period))
        named = [entry for entry in entries if queries.is_named_in_notice(entry, notice)]
        context |= {"object": notice, "choices": named, "left": [], "withdrawn": []}
        if permissions.staff.allows(self.capacity, None):
            context["left"] = [entry for entry in entries if entry not in named]
            context["withdrawn"] = [entry for entry in named if not queries.has_agreed(entry)]
        return super().get_context_data(**context)


class StartShortlistNotice(ActPostView):
    permission = permissions.office
    act = "campaigns.start_list"
    model = Period

    def perform(self) -> Any:
        return start_shortlist_notice(by=self.request.user, period=self.object)
