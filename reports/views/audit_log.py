"""Page of the audit log, with filters."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.workflow import permissions
from emulation.workflow.day_filter import bounds_of_day, day_filter
from emulation.workflow.lists import ListColumn, ListFilter, PagedListView
from emulation.workflow.workflow import registered_flows


class AuditLogPage(PagedListView):
    """Audit entries, newest first, filtered by kind of object and by day; the search looks in the labels."""

    permission = permissions.office | permissions.chair
    template_name = "reports/trail.html"
    help = "nhat-ky"
    title = "Nhật ký"
    columns = (
        ListColumn("Việc", lambda row: row.label, width=40),
        ListColumn("Về", lambda row: row.subject_name, width=48),
        ListColumn("Người làm", lambda row: row.actor_in_full, width=28),
        ListColumn("Lúc", lambda row: timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M"), width=18),
    )

    def get_queryset(self) -> Any:
        rows = AuditEntry.objects.visible_to(self.request.user).select_related("commune").order_by("-seq")
        if kind := self.choice_of("loai", self.kinds()):
            rows = rows.filter(subject_type=kind)
        _, day = day_filter(self.request)
        if day:
            rows = rows.filter(at__range=bounds_of_day(day))
        return rows

    def search(self, rows: Any, words: str) -> Any:
        return rows.filter(
            Q(subject_label__icontains=words) | Q(actor_label__icontains=words) | Q(label__icontains=words)
        )

    def filters(self) -> list[ListFilter]:
        kinds = self.kinds()
        return [ListFilter("loai", "Loại hồ sơ", kinds, self.choice_of("loai", kinds)), day_filter(self.request)[0]]

    def kinds(self) -> dict[str, str]:
        return {
            **{flow.model: flow.title for flow in registered_flows() if flow.states},
            "accounts.User": "Đăng nhập, mật khẩu",
        }
