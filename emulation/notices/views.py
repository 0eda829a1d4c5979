"""Page of the user's own notifications."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from emulation.notices import actions
from emulation.notices.groups import group_notices
from emulation.notices.models import Notification
from emulation.workflow import permissions
from emulation.workflow.lists import PagedListView
from emulation.workflow.views import BaseView


class NotificationList(PagedListView):
    permission = permissions.signed_in
    template_name = "notices/list.html"
    help = "thong-bao"
    page_size = 100

    def get_queryset(self) -> Any:
        return Notification.objects.visible_to(self.request.user).order_by("-created_at", "-pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        content = super().get_context_data(**context)
        return {**content, "groups": group_notices(content["rows"])}


class MarkNotificationsRead(BaseView):
    permission = permissions.signed_in

    def post(self, request: HttpRequest) -> HttpResponse:
        actions.mark_notifications_read(by=request.user)
        return redirect("notices:list")
