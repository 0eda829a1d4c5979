"""Several exemplars accepted at once: ticked on the list, looked through on this page, then confirmed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from campaigns.exemplars.actions.exemplar import AcceptedExemplars, accept_exemplars
from campaigns.exemplars.queries.review import review_lines
from campaigns.exemplars.rules.exemplar import ticked_exemplars
from emulation.workflow import permissions
from emulation.workflow.success_messages import with_success_message
from emulation.workflow.views import BaseView


class AcceptExemplars(BaseView):
    """POST shows the ticked exemplars with what is remarkable about each; with `do=confirm` it accepts them.

    The address has the filters of the list, to which the page returns.
    """

    permission = permissions.office
    template_name = "campaigns/accept_exemplars.html"
    help = "xem-dien-hinh-cac-don-vi"

    def get(self, request: HttpRequest) -> HttpResponse:
        return redirect(self.list_address)

    def post(self, request: HttpRequest) -> HttpResponse:
        versions = ticked_exemplars(request.POST.getlist("dien-hinh"))
        lines = review_lines(request.user, versions, timezone.localdate())
        if not lines:
            messages.warning(request, "Chưa chọn điển hình nào. Hãy đánh dấu những điển hình muốn chấp nhận.")
            return redirect(self.list_address)
        if request.POST.get("do") != "confirm":
            ready = [line for line in lines if not line.reason]
            return self.render(self.template_name, ready=ready, left=[line for line in lines if line.reason])
        chosen = [(line.exemplar, versions[line.exemplar.pk]) for line in lines]
        return self.answer(accept_exemplars(by=self.request.user, chosen=chosen))

    def answer(self, result: AcceptedExemplars) -> HttpResponse:
        """Back to the list when all are accepted, else the page with those that are not and why."""
        message = f"Đã chấp nhận {len(result.now)} điển hình. Các đơn vị đã được báo." if result.now else ""
        if result.refused:
            return self.render(self.template_name, status=200 if result.now else 409, result=result, message=message)
        if result.before:
            names = ", ".join(exemplar.nominee_alone for exemplar in result.before)
            messages.info(self.request, f"Đã được chấp nhận từ trước, lần bấm này không làm gì thêm: {names}.")
        return with_success_message(self.request, message, redirect(self.list_address))

    @property
    def list_address(self) -> str:
        """The list, filtered as it was."""
        kept = self.request.GET.urlencode()
        return reverse("campaigns:exemplars") + (f"?{kept}" if kept else "")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "list_address": self.list_address}
