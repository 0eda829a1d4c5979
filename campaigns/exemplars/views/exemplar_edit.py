"""Writing an exemplar or a "none this time": every POST keeps what was typed before anything else."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from campaigns.exemplars.actions.exemplar import (
    add_photo,
    exemplar_answer,
    remove_photo,
    save_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.forms.exemplar import ExemplarForm, NothingForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.rules.exemplar import missing_fields
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once, new_idempotency_key
from emulation.workflow.views import ActFormView
from villages.models import Unit


class ExemplarEditView(ActFormView):
    """Writing an exemplar. Each POST first keeps all that is valid as a draft; then the button pressed does its part."""

    template_name = "campaigns/exemplar_form.html"
    help = "ghi-dien-hinh"
    exemplar: Exemplar | None = None
    period: Period
    unit: Unit
    nothing = False

    def get_form(self, *data: Any) -> Any:
        form_class = NothingForm if self.nothing else ExemplarForm
        return form_class(*data, unit=self.unit, user=self.request.user, exemplar=self.exemplar)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.check_object()
        if not answer and answer.denied_by == "permission":
            return self.render_denied(answer)
        form = self.get_form(request.POST, request.FILES)
        form.is_valid()
        try:
            if not answer:
                raise RuleBroken(answer.reason)
            self.exemplar = self.keep(form)
        except RuleBroken as broken:
            if self.exemplar is not None and self._sent_already():
                messages.info(request, "Điển hình này đã gửi Văn phòng rồi.")
                return redirect(self.exemplar)
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return self.render_form(form, status=409)
        if self.exemplar.state not in Exemplar.OPEN:
            return redirect(self.exemplar)
        self._photos(form)
        return self._button(form)

    def keep(self, form: Any) -> Exemplar:
        """Saves what was typed and returns the draft."""
        raise NotImplementedError

    def _sent_already(self) -> bool:
        """Whether this is the second sending of a form whose first one did its work."""
        return (
            self.request.POST.get("do") == "submit"
            and self.exemplar is not None
            and (self.exemplar.state == Exemplar.SUBMITTED)
        )

    def _photos(self, form: Any) -> None:
        assert self.exemplar is not None
        removed = self.request.POST.get("remove_photo", "")
        photo = self.exemplar.photos.filter(pk=removed).first() if removed.isdecimal() else None
        if photo is not None:
            remove_photo(by=self.request.user, photo=photo)
        for file in form.cleaned_data.get("photo") or []:
            try:
                add_photo(by=self.request.user, exemplar=self.exemplar, data=file.read())
            except RuleBroken as broken:
                form.add_error("photo", f"{file.name[:80]}: {broken.message}")
        self.exemplar.refresh_from_db(fields=["version", "state"])

    def _button(self, form: Any) -> HttpResponse:
        assert self.exemplar is not None
        do = self.request.POST.get("do", "save")
        if do == "submit":
            for name, what in missing_fields(exemplar_answer(self.exemplar)).items():
                if name not in form.errors:
                    form.add_error(name, what)
            if not form.errors:
                try:
                    submit_exemplar(by=self.request.user, exemplar=self.exemplar)
                    messages.success(self.request, "Đã gửi Văn phòng. Khi có kết quả, anh/chị sẽ nhận được thông báo.")
                    return redirect(self.exemplar)
                except RuleBroken as broken:
                    form.add_error(broken.field if broken.field in form.fields else None, broken.message)
        if form.errors:
            return self.render_form(form, status=422)
        if do == "find" or self.request.POST.get("remove_photo"):
            return self.render_form(self.get_form() if do != "find" else form)
        messages.success(self.request, "Đã lưu nháp. Văn phòng chưa thấy bản này cho đến khi bấm “Gửi Văn phòng”.")
        return redirect("campaigns:edit", self.exemplar.pk)

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        kept = self.exemplar is not None
        stale = status == 409
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.exemplar,
            unit=self.unit,
            period=self.period,
            nothing=self.nothing,
            photos=list(self.exemplar.photos.all()) if self.exemplar else [],
            action_url=reverse("campaigns:edit", args=[self.exemplar.pk]) if self.exemplar else self.request.path,
            kept=kept and status == 422,
            seen=self.request.POST.get("seen") if stale else self.exemplar.version if self.exemplar else "",
            once=self.idempotency_key or new_idempotency_key(),
            **({} if self.nothing else form.choices()),
        )


class NewExemplar(ExemplarEditView):
    """A new exemplar of a unit for a period."""

    permission = permissions.unit_head
    act = "campaigns.start"
    model = Unit

    def get_object(self) -> Unit:
        self.unit = self.get_visible_or_404(Unit, self.kwargs["unit"])
        self.period = self.get_visible_or_404(Period, self.kwargs["period"])
        return self.unit

    def keep(self, form: Any) -> Exemplar:
        content = form.content()
        made: list[Exemplar] = []

        def make() -> Exemplar:
            given: dict[str, Any] = {"by": self.request.user, "unit": self.unit, "period": self.period}
            if self.nothing:
                made.append(start_nothing(**given, reason=content.nothing_reason))
            else:
                made.append(start_exemplar(**given, content=content))
            return made[0]

        exemplar = create_once(self.idempotency_key, self.commune, Exemplar, make)
        if not made and exemplar.state in Exemplar.OPEN:  # back in the browser, changed, sent again
            save_exemplar(by=self.request.user, exemplar=exemplar, content=content)
        return exemplar


class NewNothingAnswer(NewExemplar):
    """A "none this time" of a unit for a period."""

    act = "campaigns.start_nothing"
    nothing = True


class EditExemplar(ExemplarEditView):
    """Writing on at a draft, or mending what was returned."""

    permission = permissions.unit_head
    act = "campaigns.save"
    model = Exemplar

    def get_object(self) -> Exemplar:
        self.exemplar = self.get_visible_or_404(
            Exemplar, self.kwargs["pk"], "period", "unit", "person", "household", "field"
        )
        self.unit = self.exemplar.unit
        self.period = self.exemplar.period
        self.nothing = self.exemplar.nothing
        return self.exemplar

    def keep(self, form: Any) -> Exemplar:
        assert self.exemplar is not None
        return save_exemplar(by=self.request.user, exemplar=self.exemplar, content=form.content(), seen=self.seen)
