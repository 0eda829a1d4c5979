"""The workbook of a long list: its request, its progress, its download."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.jobs.models import Job
from emulation.workflow import permissions
from emulation.workflow.list_export import XLSX_MIME, list_file_name
from emulation.workflow.views import BaseView, PageView
from reports.actions.list_file import LIST_FILE_JOB, request_list_file
from reports.models import ListFile


class RequestListFile(BaseView):
    """POST `address`: requests the workbook of the list there."""

    permission = permissions.signed_in
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        address = request.POST.get("address", "")[:1000]
        return redirect(request_list_file(by=self.request.user, commune=self.commune, address=address))


class ListFilePage(PageView):
    """The file: waiting, in progress, failed or ready."""

    permission = permissions.signed_in
    template_name = "reports/list_file.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        file: ListFile = self.get_visible_or_404(ListFile, self.kwargs["pk"])
        job = Job.objects.filter(kind=LIST_FILE_JOB, key=f"{file.pk}").first()
        return {
            **super().get_context_data(**context),
            "title": f"Tệp “{file.title}”",
            "crumbs": [(file.title, file.address), ("Tệp Excel", "")],
            "file": file,
            "job": job,
            "failed": file.made_at is None and (job is None or job.has_failed),
            "waits": file.made_at is None and job is not None and not job.has_failed,
        }


class ListFileState(ListFilePage):
    """The part of the page with the progress; htmx polls it while the file is being made."""

    template_name = "reports/_list_file.html"


class ListFileDownload(BaseView):
    """The workbook; 404 when it is not made yet."""

    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        file: ListFile = self.get_visible_or_404(ListFile, pk)
        if file.made_at is None:
            raise Http404
        response = HttpResponse(bytes(file.content), content_type=XLSX_MIME)
        name = list_file_name(file.title, timezone.localdate(file.made_at))
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
