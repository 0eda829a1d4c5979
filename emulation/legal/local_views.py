"""Pages of a commune's own values: the list, one of them, and every act on it."""

from typing import Any
from urllib.parse import urlencode

from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse
from django.utils.text import slugify

from emulation.acts import who
from emulation.acts.web import ActPage, Gated, ListPage, Page, PostAct
from emulation.core import files
from emulation.core.attachments import TYPES
from emulation.core.text import fold
from emulation.legal import actions, queries
from emulation.legal.forms import RefuseForm, key_of, late
from emulation.legal.loader import codes
from emulation.legal.models import LocalValue

HELP = "quy-dinh-cua-tinh"


class LocalList(ListPage):
    """What the commune ruled for itself, newest first."""

    who = who.signed_in
    template_name = "legal/local_list.html"
    help = HELP

    def rows(self) -> Any:
        rows = LocalValue.objects.visible_to(self.request.user).exclude(state=LocalValue.CANCELLED)
        return rows.select_related("proposed_by", "decided_by").order_by("-starts_on", "-pk")


class LocalPage(Page):
    """One ruling: beside the general law, its paper, on which days it holds, what became of it."""

    who = who.signed_in
    template_name = "legal/local.html"
    help = HELP

    def content(self) -> dict[str, Any]:
        local = self.find(LocalValue, self.kwargs["pk"], "proposed_by", "decided_by")
        code, staff = codes().get(local.code), who.staff.test(self.standing, local)
        return {
            "object": local,
            "beside": queries.beside(local, code) if code else [],
            "held": queries.held(local) if local.state in LocalValue.DECIDED else [],
            "late": local.state in (LocalValue.DRAFT, LocalValue.PROPOSED) and late(local.starts_on),
            "timeline": queries.timeline(local) if staff else [],
            "again": _again(local) if code and local.state in LocalValue.DECIDED and self._writes(local) else "",
        }

    def _writes(self, local: LocalValue) -> bool:
        return who.office.test(self.standing, local)


def _again(local: LocalValue) -> str:
    """Where the office writes what is to follow upon this one."""
    asked = [("ma", local.code), *(("pham-vi", key_of(pair)) for pair in local.pairs)]
    return f"{reverse('legal:start_local')}?{urlencode(asked)}"


class LocalFile(Gated):
    """The attached paper, always as a download."""

    who = who.signed_in

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        local = self.find(LocalValue, pk)
        try:
            stream = files.path(local.file_sha256).open("rb")
        except (FileNotFoundError, ValueError):
            raise Http404 from None
        name = slugify(fold(f"{local.paper_name} {local.paper_number.replace('/', ' ')}"))[:80] or "van-ban"
        response = FileResponse(
            stream,
            as_attachment=True,
            filename=f"{name}.{local.file_ending}",
            content_type=TYPES[local.file_ending],
        )
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["X-Content-Type-Options"] = "nosniff"
        return response


# ── the way to the chair ─────────────────────────────────────────────────────────────────────────


class ProposeLocal(PostAct):
    who, act, model = who.office, "legal.propose_local", LocalValue
    done = "Đã trình Chủ tịch duyệt."

    def perform(self) -> Any:
        return actions.propose(by=self.request.user, local=self.object, seen=self.seen)


class RecallLocal(PostAct):
    who, act, model = who.office, "legal.recall_local", LocalValue
    done = "Đã rút lại. Sửa xong thì trình lại."

    def perform(self) -> Any:
        return actions.recall(by=self.request.user, local=self.object, seen=self.seen)


class CancelLocal(PostAct):
    who, act, model = who.office, "legal.cancel_local", LocalValue
    done = "Đã bỏ bản soạn."

    def perform(self) -> Any:
        actions.cancel(by=self.request.user, local=self.object, seen=self.seen)
        return "legal:locals"


class ApproveLocal(PostAct):
    who, act, model = who.chair, "legal.approve_local", LocalValue
    done = "Đã duyệt. Hồ sơ chưa quyết định theo quy định này từ ngày áp dụng."

    def perform(self) -> Any:
        return actions.approve(by=self.request.user, local=self.object, seen=self.seen)


class RefuseLocal(ActPage):
    who, act, model = who.chair, "legal.refuse_local", LocalValue
    form_class = RefuseForm
    help = HELP
    done = "Đã báo Văn phòng."

    def perform(self, form: RefuseForm) -> Any:
        return actions.refuse(
            by=self.request.user, local=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )
