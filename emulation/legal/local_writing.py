"""Pages on which the office writes a commune's own value: how it is to be ruled, then the form."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from emulation.acts import who
from emulation.acts.once import once
from emulation.acts.web import ActPage
from emulation.communes.models import Commune, CommuneIdentity
from emulation.core.fields import parse_date
from emulation.legal import actions, on, queries
from emulation.legal.display import question_label, say
from emulation.legal.forms import LocalForm, initial_of, key_of, modes_of, shown
from emulation.legal.law import Code, Value
from emulation.legal.loader import codes
from emulation.legal.models import LocalValue

CHOICES = {
    LocalValue.CONFIRM: ("check2-circle", "Văn bản của tỉnh, của xã quy định đúng như quy định chung đang hiện."),
    LocalValue.OVERRIDE: ("pencil-square", "Văn bản quy định khác: nhập nội dung của văn bản."),
    LocalValue.WITHDRAW: ("arrow-counterclockwise", "Quy định riêng đã hết áp dụng, dùng lại quy định chung."),
}


class Writing(ActPage):
    """What the two forms share: the question, the mode, and the general answers beside which one writes."""

    who = who.office
    form_class = LocalForm
    template_name = "legal/local_form.html"
    help = "quy-dinh-cua-tinh"
    code: Code
    mode: str
    pairs: list[queries.Pair]
    day: date
    has_file = False

    def form_kwargs(self) -> dict[str, Any]:
        general = self.general
        return {
            **super().form_kwargs(),
            "code": self.code,
            "mode": self.mode,
            "general": general.content if general else None,
            "has_file": self.has_file,
        }

    @property
    def general(self) -> Value | None:
        """The general answer from which one starts."""
        law = on.general_law()
        return next(filter(None, (law.find(self.code.code, self.day, *pair) for pair in self.pairs)), None)

    def extra(self) -> dict[str, Any]:
        if not hasattr(self, "code"):
            return {}
        history = on.general_law().history(self.code.code, *self.pairs[0])
        return {
            "question": question_label(self.code.code, self.pairs),
            "mode": self.mode,
            "mode_label": dict(LocalValue.MODES)[self.mode],
            "history": [(value, say(value.content, self.code)) for value in reversed(history)],
        }


class StartLocal(Writing):
    """From a line of "Căn cứ pháp lý": first how it is to be ruled, then the form. Without a known question: back there."""

    act, model = "legal.start_local", Commune
    title = "Quy định của địa phương"
    done = "Đã lưu bản soạn. Kiểm tra lại rồi trình Chủ tịch duyệt."

    def subject(self) -> Commune:
        return self.commune

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        asked = request.GET
        if code := codes().get(asked.get("ma", "")):
            keys = asked.getlist("pham-vi")
            pairs = list(code.combinations())
            self.code, self.pairs = code, [pair for pair in pairs if key_of(pair) in keys] or pairs
            self.mode = asked.get("cach", "")
            self.day = _day(asked.get("ngay", ""))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not hasattr(self, "code"):
            return redirect("legal:values")
        if self.mode not in modes_of(self.code):
            return self.choose()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not hasattr(self, "code") or self.mode not in modes_of(self.code):
            raise Http404
        return super().post(request, *args, **kwargs)

    def choose(self) -> HttpResponse:
        """How the commune would rule: two or three doors to the form."""
        labels, address = dict(LocalValue.MODES), self.request.GET.copy()
        doors = []
        law = on.law(self.commune.pk)
        own = any(value.local for pair in self.pairs for value in law.history(self.code.code, *pair))
        for mode in modes_of(self.code):
            if mode == LocalValue.WITHDRAW and not own:
                continue
            address["cach"] = mode
            icon, text = CHOICES[mode]
            doors.append({"url": f"?{address.urlencode()}", "label": labels[mode], "icon": icon, "text": text})
        general = self.general
        return self.render(
            "legal/local_choose.html",
            question=question_label(self.code.code, self.pairs),
            day=self.day,
            general=general,
            lines=say(general.content, self.code) if general else [],
            doors=doors,
            only_confirm=LocalValue.OVERRIDE not in modes_of(self.code),
        )

    def extra(self) -> dict[str, Any]:
        return super().extra() if getattr(self, "mode", "") in dict(LocalValue.MODES) else {}

    def initial(self) -> dict[str, Any]:
        general = self.general
        found = {
            "scopes": [key_of(pair) for pair in self.pairs],
            "paper_name": "" if self.mode == LocalValue.WITHDRAW else "Quyết định",
            "paper_issuer": "" if self.mode == LocalValue.WITHDRAW else self._province(),
        }
        if self.mode == LocalValue.OVERRIDE and general:
            found |= shown(self.code, general.content)
        return found

    def _province(self) -> str:
        try:
            return f"Ủy ban nhân dân {self.commune.identity_on(timezone.localdate()).province}"
        except CommuneIdentity.DoesNotExist:
            return ""

    def perform(self, form: LocalForm) -> Any:
        def make() -> LocalValue:
            return actions.start(
                by=self.request.user,
                commune=self.object,
                code=self.code.code,
                wording=form.wording(),
                file=form.read_file(),
            )

        return once(self.once_key, self.object, LocalValue, make)


class EditLocal(Writing):
    act, model = "legal.edit_local", LocalValue
    title = "Sửa quy định của địa phương"
    done = "Đã lưu."

    def subject(self) -> LocalValue:
        local: LocalValue = super().subject()
        if local.code not in codes():
            raise Http404
        self.code, self.mode, self.pairs = codes()[local.code], local.mode, local.pairs
        self.day, self.has_file = local.starts_on, bool(local.file_sha256)
        return local

    def initial(self) -> dict[str, Any]:
        return initial_of(self.object, self.code)

    def perform(self, form: LocalForm) -> Any:
        return actions.edit(
            by=self.request.user,
            local=self.object,
            wording=form.wording(),
            file=form.read_file(),
            seen=self.seen,
        )


def _day(text: str) -> date:
    try:
        return parse_date(text[:20])
    except ValidationError:
        return timezone.localdate()
