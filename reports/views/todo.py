"""Page "Việc của tôi", the first after sign-in."""

from typing import Any

from django.utils import timezone

from emulation.communes.capacity import capacity_of
from emulation.notices.groups import group_notices
from emulation.notices.models import Notification
from emulation.workflow import permissions
from emulation.workflow.views import PageView
from reports.queries import todo
from reports.queries.todo_elsewhere import todo_of_others
from villages.queries.accounts import roles_in_words

NOTICES_READ = 60
NEWS_SHOWN = 5


class TodoPage(PageView):
    """Việc của tôi: the user's tasks, their cases that wait for others, and the latest notifications."""

    permission = permissions.signed_in
    template_name = "reports/todo.html"
    help = "viec-cua-toi"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        user = self.request.user
        mine = todo.todo_of(user, timezone.localdate())
        notices = Notification.objects.visible_to(user).order_by("-created_at", "-pk")[:NOTICES_READ]
        return {
            **super().get_context_data(**context),
            "mine": mine,
            "roles_of_other_days": [] if capacity_of(user).roles else roles_in_words(user.pk),
            "elsewhere": todo_of_others(user, {task.key for task in mine.tasks}, mine.not_all_shown),
            "news": group_notices(notices)[:NEWS_SHOWN],
        }
