"""The health of the house: one word for machines, details for the administrator."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import Gated, ListPage, PostAct
from emulation.jobs.models import Job
from reports import actions
from reports.queries import health


class Health(Gated):
    """200 {"status": "ok"} or 503 {"status": "fault"}; says nothing else."""

    who = who.public

    def get(self, request: HttpRequest) -> HttpResponse:
        well = all(check.ok for check in health.vital())
        return JsonResponse(
            {"status": "ok" if well else "fault"}, status=200 if well else 503, headers={"Cache-Control": "no-store"}
        )


class Details(ListPage):
    """Every check, and the jobs that are not done."""

    who = who.administrator
    template_name = "reports/health.html"
    help = "suc-khoe"

    def rows(self) -> Any:
        return Job.objects.visible_to(self.request.user).exclude(state=Job.DONE).order_by("-state", "due_at", "pk")

    def content(self) -> dict[str, Any]:
        commune_id = self.standing.commune_id
        whole = bool(self.request.GET.get("ca-chuoi"))
        return {
            **super().content(),
            "checks": health.all_checks(commune_id, timezone.now()),
            "whole": whole,
            "faults": health.trail_faults(commune_id) if whole else [],
        }


class RetryJob(PostAct):
    who = who.administrator
    act = "reports.retry_job"
    model = Job
    done = "Đã xếp lại việc này vào hàng chờ."

    def back(self) -> str:
        return "reports:health_details"

    def perform(self) -> str:
        actions.retry_job(by=self.request.user, commune=self.commune, job=self.object)
        return self.back()
