"""Page of the audit log, with filters."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.core.fields import parse_date
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.workflow import registered_flows


class AuditLogPage(PagedListView):
    """Audit entries, newest first, filtered by kind of object and by day; the search looks in the labels."""

    permission = permissions.office | permissions.chair
    template_name = "reports/trail.html"
    help = "nhat-ky"
    title = "Nhật ký"
    columns = (
        ListColumn("Việc", lambda row: row.label, width=40),
        ListColumn("Hồ sơ", lambda row: row.subject_label, width=48),
        ListColumn("Người làm", lambda row: row.actor_in_full, width=28),
        ListColumn("Lúc", lambda row: timezone.localtime(row.at).strftime("%d/%m/%Y %H:%M"), width=18),
    )

    def get_queryset(self) -> Any:
        rows = AuditEntry.objects.visible_to(self.request.user).order_by("-seq")
        self.fault = ""
        kind = self.request.GET.get("loai", "")
        if kind in self.kinds():
            rows = rows.filter(subject_type=kind)
        if typed := self.request.GET.get("ngay", "").strip():
            try:
                rows = rows.filter(at__range=_bounds_of_day(parse_date(typed)))
            except ValidationError as error:
                self.fault = error.messages[0]
        return rows

    def search(self, rows: Any, words: str) -> Any:
        return rows.filter(
            Q(subject_label__icontains=words) | Q(actor_label__icontains=words) | Q(label__icontains=words)
        )

    def narrowed_to(self) -> str:
        kind = self.kinds().get(self.request.GET.get("loai", ""), "")
        typed = self.request.GET.get("ngay", "").strip()
        day = f"ngày {typed}" if typed and not self.fault else ""
        return "; ".join(part for part in (kind, day) if part)

    def kinds(self) -> dict[str, str]:
        return {
            **{flow.model: flow.title for flow in registered_flows() if flow.states},
            "accounts.User": "Đăng nhập, mật khẩu",
        }

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**context),
            "kinds": self.kinds(),
            "kind": self.request.GET.get("loai", ""),
            "day": self.request.GET.get("ngay", "").strip()[:20],
            "fault": self.fault,
        }


def _bounds_of_day(day: date) -> tuple[datetime, datetime]:
    """The first and last moment of the day in local time."""
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone)
