"""The first page after signing in."""

from typing import Any

from django.utils import timezone

from emulation.notices.models import Notification
from emulation.workflow import permissions
from emulation.workflow.views import PageView
from reports.queries import todo

NOTICES_SHOWN = 8


class TodoPage(PageView):
    """Việc của tôi: what waits, then whose turn the rest is, then what became of things."""

    permission = permissions.signed_in
    template_name = "reports/todo.html"
    help = "viec-cua-toi"

    def get_context_data(self) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        mine = todo.todo_of(user, today)
        notices = Notification.objects.visible_to(user).order_by("-created_at", "-pk")[:NOTICES_SHOWN]
        return {
            "mine": mine,
            "elsewhere": todo.todo_of_others(user, {task.key for task in mine.tasks}),
            "notices": notices,
            "late": sum(task.late for task in mine.tasks),
        }
