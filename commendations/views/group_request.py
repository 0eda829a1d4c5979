"""Pages of a unit's request for many cases: its papers and what became of each case; taking it back."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

from commendations.actions.group_request import take_back_request
from commendations.models import GroupRequest
from commendations.queries import catalogue
from commendations.queries.group_request import request_papers, state_counts
from commendations.rules.award_names import AwardName
from commendations.views.nomination import WRITERS
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

LINES_PER_PAGE = 25
GROUP_READERS = permissions.staff | permissions.unit_head


class GroupRequestList(PagedListView):
    """The submitted requests of units for many cases that the user may see, the newest first."""

    permission = GROUP_READERS
    template_name = "commendations/group_request_list.html"
    title = "Danh sách đề nghị đã nộp"
    help = "ai-du-dieu-kien"

    def get_queryset(self) -> QuerySet[GroupRequest]:
        rows = GroupRequest.objects.visible_to(self.request.user).submitted().select_related("unit")
        return rows.annotate(cases=Count("lines")).order_by("-pk")

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]
        return (
            ListColumn("Đơn vị", lambda row: row.unit.name, width=32),
            ListColumn("Đề nghị tặng", self.award_words, width=32),
            ListColumn("Số trường hợp", lambda row: row.cases, width=14),
            ListColumn("Ngày nộp", lambda row: row.sent_on, width=14),
            ListColumn("Tình trạng", lambda row: state_of(row).label, width=20),
        )

    @cached_property
    def awards(self) -> dict[str, AwardName]:
        """The awards of the law by code, named as today."""
        return catalogue.award_names_on(self.commune.pk, timezone.localdate())

    def award_words(self, row: GroupRequest) -> str:
        """The award in short with its year."""
        return f"{self.awards[row.award_code].short} {row.year}"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "named": self.awards}


class GroupRequestPage(PageView):
    """A request of a unit with its meeting, papers and list."""

    permission = GROUP_READERS
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
