"""The audit trail, to read."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from emulation.audit.models import AuditEntry
from emulation.core.fields import parse_date
from emulation.workflow import permissions
from emulation.workflow.views import PagedListView
from emulation.workflow.workflow import registered_flows


class TrailPage(PagedListView):
    """Who did what to what, when; newest first; by kind of thing, day, words."""

    permission = permissions.office | permissions.chair
    template_name = "reports/trail.html"
    help = "nhat-ky"

    def get_queryset(self) -> Any:
        rows = AuditEntry.objects.visible_to(self.request.user).order_by("-seq")
        kind, self.fault = self.request.GET.get("loai", ""), ""
        if kind in self.kinds():
            rows = rows.filter(subject_type=kind)
        if typed := self.request.GET.get("ngay", "").strip():
            try:
                day = parse_date(typed)
            except ValidationError as error:
                self.fault = error.messages[0]
            else:
                zone = timezone.get_current_timezone()
                rows = rows.filter(
                    at__range=(datetime.combine(day, time.min, zone), datetime.combine(day, time.max, zone))
                )
        return rows

    def search(self, rows: Any, words: str) -> Any:
        return rows.filter(
            Q(subject_label__icontains=words) | Q(actor_label__icontains=words) | Q(label__icontains=words)
        )

    def kinds(self) -> dict[str, str]:
        return {
            **{flow.model: flow.title for flow in registered_flows() if flow.states},
            "accounts.User": "Đăng nhập, mật khẩu",
        }

    def get_context_data(self) -> dict[str, Any]:
        content, asked = super().get_context_data(), self.request.GET
        return {
            **content,
            "kinds": self.kinds(),
            "kind": asked.get("loai", ""),
            "day": asked.get("ngay", "").strip()[:20],
            "fault": self.fault,
        }
