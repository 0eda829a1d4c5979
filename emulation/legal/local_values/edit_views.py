"""Pages for writing a local value: choice of the mode, then the form."""

from datetime import date
from itertools import chain
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.communes.models import Commune, CommuneIdentity
from emulation.core.fields import parse_date
from emulation.legal import current
from emulation.legal.engine.law import DatedValue, LegalQuestion
from emulation.legal.engine.loader import legal_questions
from emulation.legal.engine.value_text import describe_content, question_label
from emulation.legal.local_values import actions, queries
from emulation.legal.local_values.forms import LocalValueForm, content_initial, local_value_initial, modes_for, pair_key
from emulation.legal.models import LocalValue
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once
from emulation.workflow.views import ActFormView

MODE_CHOICES = {
    LocalValue.CONFIRM: ("check2-circle", "Văn bản của tỉnh, của xã quy định đúng như quy định chung đang hiện."),
    LocalValue.OVERRIDE: ("pencil-square", "Văn bản quy định khác: nhập nội dung của văn bản."),
    LocalValue.WITHDRAW: ("arrow-counterclockwise", "Quy định riêng đã hết áp dụng, dùng lại quy định chung."),
}


class LocalValueFormView(ActFormView):
    """Base of the two forms: the question, the mode, and the general values shown next to the form."""

    permission = permissions.office
    form_class = LocalValueForm
    template_name = "legal/local_form.html"
    help = "quy-dinh-cua-tinh"
    code: LegalQuestion
    mode: str
    pairs: list[queries.ScopePair]
    day: date
    has_file = False

    def get_form_kwargs(self) -> dict[str, Any]:
        general = self.general
        return {
            **super().get_form_kwargs(),
            "code": self.code,
            "mode": self.mode,
            "general": general.content if general else None,
            "has_file": self.has_file,
        }

    @property
    def general(self) -> DatedValue | None:
        """The general value on that day for the first pair that has one."""
        law = current.general_law()
        return next(filter(None, (law.find(self.code.code, self.day, *pair) for pair in self.pairs)), None)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        if getattr(self, "mode", "") not in dict(LocalValue.MODES):
            return super().get_context_data(**context)
        history = current.general_law().history(self.code.code, *self.pairs[0])
        periods = queries.merged_periods(history)
        return {
            **super().get_context_data(**context),
            "question": question_label(self.code.code, self.pairs),
            "confirms": self.mode == LocalValue.CONFIRM,
            "mode_label": dict(LocalValue.MODES)[self.mode],
            "general_values": history,
            "history": [(value, describe_content(value.content, self.code)) for value in reversed(periods)],
        }


class StartLocalValue(LocalValueFormView):
    """From a line of "Căn cứ pháp lý": first the choice of the mode, then the form. Redirects back for an unknown question."""

    act = "legal.start_local"
    model = Commune
    title = "Quy định của địa phương"
    success_message = "Đã lưu bản soạn. Kiểm tra lại rồi trình Chủ tịch duyệt."

    def get_object(self) -> Commune:
        return self.commune

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        params = request.GET
        if code := legal_questions().get(params.get("ma", "")):
            keys = params.getlist("pham-vi")
            pairs = list(code.combinations())
            self.code = code
            self.pairs = [pair for pair in pairs if pair_key(pair) in keys] or pairs
            self.mode = params.get("cach", "")
            self.day = _day_or_today(params.get("ngay", ""))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not hasattr(self, "code"):
            return redirect("legal:values")
        if self.mode not in modes_for(self.code):
            return self.choose_mode()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not hasattr(self, "code") or self.mode not in modes_for(self.code):
            raise Http404
        return super().post(request, *args, **kwargs)

    def choose_mode(self) -> HttpResponse:
        """The page with a link to the form for each mode."""
        general = self.general
        return self.render(
            "legal/local_choose.html",
            question=question_label(self.code.code, self.pairs),
            day=self.day,
            general=general,
            lines=describe_content(general.content, self.code) if general else [],
            doors=self._mode_links(),
            only_confirm=LocalValue.OVERRIDE not in modes_for(self.code),
        )

    def _mode_links(self) -> list[dict[str, str]]:
        labels = dict(LocalValue.MODES)
        params = self.request.GET.copy()
        links = []
        for mode in modes_for(self.code):
            if mode == LocalValue.WITHDRAW and not self._has_local_value():
                continue
            params["cach"] = mode
            icon, text = MODE_CHOICES[mode]
            links.append({"url": f"?{params.urlencode()}", "label": labels[mode], "icon": icon, "text": text})
        return links

    def _has_local_value(self) -> bool:
        """Whether the commune has, on any day, a local value for the question."""
        law = current.law_for(self.commune.pk)
        histories = (law.history(self.code.code, *pair) for pair in self.pairs)
        return any(value.local for value in chain.from_iterable(histories))

    def get_initial(self) -> dict[str, Any]:
        general = self.general
        found = {
            "scopes": [pair_key(pair) for pair in self.pairs],
            "paper_name": "" if self.mode == LocalValue.WITHDRAW else "Quyết định",
            "paper_issuer": "" if self.mode == LocalValue.WITHDRAW else self._province(),
        }
        if self.mode == LocalValue.OVERRIDE and general:
            found |= content_initial(self.code, general.content)
        return found

    def _province(self) -> str:
        try:
            return f"Ủy ban nhân dân {self.commune.identity_on(timezone.localdate()).province}"
        except CommuneIdentity.DoesNotExist:
            return ""

    def form_valid(self, form: LocalValueForm) -> Any:
        def make() -> LocalValue:
            return actions.start_local_value(
                by=self.request.user,
                commune=self.object,
                code=self.code.code,
                wording=form.wording(),
                file=form.read_file(),
            )

        return create_once(self.idempotency_key, self.object, LocalValue, make)


class EditLocalValue(LocalValueFormView):
    act = "legal.edit_local"
    model = LocalValue
    title = "Sửa quy định của địa phương"
    success_message = "Đã lưu."

    def get_object(self) -> LocalValue:
        local: LocalValue = super().get_object()
        if local.code not in legal_questions():
            raise Http404
        self.code = legal_questions()[local.code]
        self.mode = local.mode
        self.pairs = local.pairs
        self.day = local.starts_on
        self.has_file = bool(local.file_sha256)
        return local

    def get_initial(self) -> dict[str, Any]:
        return local_value_initial(self.object, self.code)

    def form_valid(self, form: LocalValueForm) -> Any:
        return actions.edit_local_value(
            by=self.request.user,
            local=self.object,
            wording=form.wording(),
            file=form.read_file(),
            seen=self.seen,
        )


def _day_or_today(text: str) -> date:
    try:
        return parse_date(text[:20])
    except ValidationError:
        return timezone.localdate()
