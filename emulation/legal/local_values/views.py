"""Pages of local values: the list, one local value, and the acts on it."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.text import slugify

from emulation.core import content_store
from emulation.core.attachments import ATTACHMENT_TYPES
from emulation.core.errors import RuleBroken
from emulation.core.text import fold
from emulation.legal.engine.loader import legal_questions
from emulation.legal.local_values import actions, queries
from emulation.legal.local_values.forms import is_retroactive, pair_key
from emulation.legal.models import LocalValue
from emulation.workflow import permissions
from emulation.workflow.forms import ReasonForm
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView, ReasonFormMixin
from emulation.workflow.workflow import state_of

HELP = "quy-dinh-cua-tinh"


class LocalValueList(PagedListView):
    """The local values of the commune, newest first."""

    permission = permissions.signed_in
    template_name = "legal/local_list.html"
    help = HELP
    title = "Quy định của địa phương"
    columns = (
        ListColumn("Nội dung", lambda row: f"{row.label} ({row.get_mode_display()})", width=48),
        ListColumn("Từ ngày", lambda row: row.starts_on, width=14),
        ListColumn("Đến hết ngày", lambda row: row.ends_on, width=14),
        ListColumn("Văn bản", lambda row: row.citation.text, width=48),
        ListColumn("Người trình", lambda row: row.proposed_by.full_name if row.proposed_by else "", width=24),
        ListColumn("Người duyệt", lambda row: row.decided_by.full_name if row.decided_by else "", width=24),
        ListColumn("Tình trạng", lambda row: state_of(row).label, width=24),
    )

    def get_queryset(self) -> Any:
        rows = LocalValue.objects.visible_to(self.request.user).exclude(state=LocalValue.CANCELLED)
        return rows.select_related("proposed_by", "decided_by").order_by("-starts_on", "-pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "commune": self.commune}


class LocalValuePage(PageView):
    """One local value: comparison with the general law, supporting paper, effective days, history."""

    permission = permissions.signed_in
    template_name = "legal/local.html"
    help = HELP

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        local = self.get_visible_or_404(LocalValue, self.kwargs["pk"], "proposed_by", "decided_by")
        code = legal_questions().get(local.code)
        staff = permissions.staff.allows(self.capacity, local)
        may_replace = local.state in LocalValue.DECIDED and permissions.office.allows(self.capacity, local)
        return {
            **super().get_context_data(**context),
            "object": local,
            "general_values": queries.alongside_general_law(local, code) if code else [],
            "held": queries.effective_periods(local) if local.state in LocalValue.DECIDED else [],
            "late": local.state in (LocalValue.DRAFT, LocalValue.PROPOSED) and is_retroactive(local.starts_on),
            "timeline": queries.local_value_timeline(local) if staff else [],
            "again": _replacement_url(local) if code and may_replace else "",
        }


def _replacement_url(local: LocalValue) -> str:
    """The page on which the office writes a local value that replaces this one."""
    params = [("ma", local.code), *(("pham-vi", pair_key(pair)) for pair in local.pairs)]
    return f"{reverse('legal:start_local')}?{urlencode(params)}"


class LocalValueFile(BaseView):
    """The attached paper, always as a download."""

    permission = permissions.signed_in

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        local = self.get_visible_or_404(LocalValue, pk)
        try:
            stream = content_store.path(local.file_sha256).open("rb")
        except ValueError:
            raise Http404 from None
        except FileNotFoundError:
            raise RuleBroken("Tệp này đã mất trong kho. Hãy báo quản trị; ai còn bản gốc thì tải lên lại.") from None
        name = slugify(fold(f"{local.paper_name} {local.paper_number.replace('/', ' ')}"))[:80] or "van-ban"
        response = FileResponse(
            stream,
            as_attachment=True,
            filename=f"{name}.{local.file_ending}",
            content_type=ATTACHMENT_TYPES[local.file_ending],
        )
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response


# ── acts ─────────────────────────────────────────────────────────────────────────────────────────


class ProposeLocalValue(ActPostView):
    permission = permissions.office
    act = "legal.propose_local"
    model = LocalValue
    success_message = "Đã trình Chủ tịch duyệt."

    def perform(self) -> Any:
        return actions.propose_local_value(by=self.request.user, local=self.object, seen=self.seen)


class RecallLocalValue(ActPostView):
    permission = permissions.office
    act = "legal.recall_local"
    model = LocalValue
    success_message = "Đã rút lại. Sửa xong thì trình lại."

    def perform(self) -> Any:
        return actions.recall_local_value(by=self.request.user, local=self.object, seen=self.seen)


class CancelLocalValue(ActPostView):
    permission = permissions.office
    act = "legal.cancel_local"
    model = LocalValue
    success_message = "Đã bỏ bản soạn."

    def perform(self) -> Any:
        actions.cancel_local_value(by=self.request.user, local=self.object, seen=self.seen)
        return "legal:locals"


class ApproveLocalValue(ActPostView):
    permission = permissions.chair
    act = "legal.approve_local"
    model = LocalValue
    success_message = "Đã duyệt. Hồ sơ chưa quyết định theo quy định này từ ngày áp dụng."

    def perform(self) -> Any:
        return actions.approve_local_value(by=self.request.user, local=self.object, seen=self.seen)


class RefuseLocalValue(ReasonFormMixin, ActFormView):
    permission = permissions.chair
    act = "legal.refuse_local"
    model = LocalValue
    reason_label = "Vì sao không duyệt?"
    help = HELP
    success_message = "Đã báo Văn phòng."

    def form_valid(self, form: ReasonForm) -> Any:
        return actions.refuse_local_value(
            by=self.request.user, local=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
