"""Page "Thêm", and the numbers of the areas."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from emulation.notices.queries import unread_notifications
from emulation.workflow import permissions
from emulation.workflow.menu import menu_for
from emulation.workflow.views import BaseView, PageView
from reports.queries.todo import waiting_by_area, waiting_by_entry


class MorePage(PageView):
    """Thêm: what is in no other area of this user, by section; on phones also what the bar has no place for."""

    permission = permissions.signed_in
    template_name = "reports/more.html"
    help = "cac-muc-chinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(menu=menu_for(self.capacity, self.request.path), **context)


class WaitingCounts(BaseView):
    """JSON for static/src/js/base.js: how much waits for the user, by area of the menu (its key), by entry (its URL name) and
    as "unread"; without what is 0."""

    permission = permissions.signed_in

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = waiting_by_entry(self.capacity, timezone.localdate())
        unread = unread_notifications(self.capacity)
        found = {**waiting, **waiting_by_area(self.capacity, waiting), "unread": unread}
        return JsonResponse({name: number for name, number in found.items() if number})
