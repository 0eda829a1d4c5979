"""Page "Thêm", and the numbers of the areas."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from emulation.notices.queries import unread_notifications
from emulation.workflow import permissions
from emulation.workflow.menu import menu_for
from emulation.workflow.views import BaseView, PageView
from reports.queries.todo import waiting_by_entry


class MorePage(PageView):
    """Thêm: what is in no other area of this user, by section; on phones also what the bar has no place for."""

    permission = permissions.signed_in
    template_name = "reports/more.html"
    help = "cac-muc-chinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return super().get_context_data(menu=menu_for(self.capacity, self.request.path), **context)


class WaitingCounts(BaseView):
    """JSON for static/src/js/base.js: how much waits for the user, by menu entry (its URL name), in "total" and as "unread"."""

    permission = permissions.signed_in

    def get(self, request: HttpRequest) -> HttpResponse:
        waiting = waiting_by_entry(self.capacity, timezone.localdate())
        return JsonResponse({**waiting, "unread": unread_notifications(self.capacity)})
