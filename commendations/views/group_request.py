"""Pages of a unit's request for many cases: its papers and what became of each case; taking it back."""

from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from commendations.actions.group_request import take_back_request
from commendations.models import GroupRequest
from commendations.queries import catalogue
from commendations.queries.group_request import request_papers, state_counts
from commendations.views.nomination import WRITERS
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin

LINES_PER_PAGE = 25


class GroupRequestPage(PageView):
    """A request of a unit with its meeting, papers and list."""

    permission = permissions.staff | permissions.unit_head
    template_name = "commendations/group_request.html"
    help = "ai-du-dieu-kien"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        request = self.get_visible_or_404(GroupRequest, self.kwargs["pk"], "unit", "commune")
        names = catalogue.award_names_on(request.commune_id, request.sent_on or timezone.localdate())
        relations = (f"nomination__{name}" for name in ("unit", "person", "household", "collective"))
        lines = request.lines.select_related(*relations).order_by("place")
        award = names.get(request.award_code)
        return {
            **super().get_context_data(**context),
            "object": request,
            "award": award.in_full(request.year) if award else request.award_code,
            "papers": request_papers(request, self.request.user),
            "states": state_counts(request),
            "page": Paginator(lines, LINES_PER_PAGE).get_page(self.request.GET.get("trang")),
        }


class TakeBackGroupRequest(ReasonFormMixin, ActFormView):
    permission = WRITERS
    act = "commendations.take_back_group_request"
    model = GroupRequest
    help = "ai-du-dieu-kien"
    reason_label = "Lý do lấy lại"
    reason_help = (
        "Những hồ sơ chưa được thẩm định trở về bản soạn để sửa và nộp lại cùng nhau; hồ sơ đã thẩm định, đã trả lại thì "
        "giữ nguyên. Giấy đề nghị, biên bản đã nộp vẫn lưu."
    )
    success_message = "Đã lấy lại. Các hồ sơ chưa thẩm định đã về bản soạn."

    def form_valid(self, form: ReasonForm) -> Any:
        take_back_request(by=self.request.user, request=self.object, reason=form.cleaned_data["reason"], seen=self.seen)
        return self.object
