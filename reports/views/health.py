"""System status: a status code for monitoring, details for the administrator."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from emulation.backups.models import Restore
from emulation.jobs.models import Job
from emulation.notices.restores import release_messages
from emulation.workflow import permissions
from emulation.workflow.lists import PagedListView
from emulation.workflow.views import ActPostView, BaseView
from reports.actions import health as health_actions
from reports.queries import backup_health, health


class HealthStatus(BaseView):
    """200 {"status": "ok", "backup": "ok"} or 503 {"status": "fault"}, without details, because it needs no sign-in.

    A late backup ("late", "none") is no reason to take the web server out of service: it does not change the status.
    """

    permission = permissions.public

    def get(self, request: HttpRequest) -> HttpResponse:
        healthy = all(check.ok for check in health.vital_checks())
        label, status = ("ok", 200) if healthy else ("fault", 503)
        answer = {"status": label}
        if healthy:
            answer["backup"] = backup_health.backup_word(timezone.now())
        return JsonResponse(answer, status=status, headers={"Cache-Control": "no-store"})


class HealthPage(PagedListView):
    """Every check, and the jobs that are not done; with `?ca-chuoi=1` the audit chain is read from its beginning."""

    permission = permissions.administrator
    template_name = "reports/health.html"
    help = "suc-khoe"

    def get_queryset(self) -> Any:
        return Job.objects.visible_to(self.request.user).exclude(state=Job.DONE).order_by("-state", "due_at", "pk")

    def complete_rows(self, rows: Iterable[Job]) -> Iterable[Job]:
        """The jobs with what they do in words."""
        for job in rows:
            job.words = health.JOB_NAMES.get(job.kind, job.kind)  # type: ignore[attr-defined]
            yield job

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        commune_id = self.capacity.commune_id
        whole = bool(self.request.GET.get("ca-chuoi"))
        return {
            **super().get_context_data(**context),
            "checks": health.all_checks(commune_id, timezone.now()),
            "whole": whole,
            "faults": health.trail_faults(commune_id) if whole else [],
            "lost_files": backup_health.file_faults(commune_id),
            "release": backup_health.pending_release(commune_id) if commune_id else None,
        }


class RetryJob(ActPostView):
    permission = permissions.administrator
    act = "reports.retry_job"
    model = Job
    success_message = "Đã xếp lại việc này vào hàng chờ."

    def get_failure_url(self) -> str:
        return "reports:health_details"

    def perform(self) -> str:
        health_actions.retry_job(by=self.request.user, commune=self.commune, job=self.object)
        return self.get_failure_url()


class ReleaseMessages(ActPostView):
    """After a restore: sends the waiting e-mails and reminders; `bo-cu` drops those of before the backup."""

    permission = permissions.administrator
    act = "notices.release_messages"
    model = Restore

    def get_failure_url(self) -> str:
        return "reports:health_details"

    def perform(self) -> str:
        drop_old = self.request.POST.get("bo-cu") != "khong"
        released = release_messages(by=self.request.user, restore=self.object, drop_old=drop_old)
        messages.success(
            self.request, f"Đã cho gửi lại thư và việc nhắc: gửi {released.sent} thư, bỏ {released.dropped} thư cũ."
        )
        return self.get_failure_url()
