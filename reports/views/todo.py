"""The first page after signing in."""

from typing import Any

from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Page
from emulation.notices.models import Notice
from reports.queries import todo

LATEST = 8


class Todo(Page):
    """Việc của tôi: what waits, then whose turn the rest is, then what became of things."""

    who = who.signed_in
    template_name = "reports/todo.html"
    help = "viec-cua-toi"

    def content(self) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        mine = todo.mine(user, today)
        notices = Notice.objects.visible_to(user).order_by("-created_at", "-pk")[:LATEST]
        return {
            "mine": mine,
            "elsewhere": todo.elsewhere(user, {task.key for task in mine.tasks}),
            "notices": notices,
            "late": sum(task.late for task in mine.tasks),
        }
