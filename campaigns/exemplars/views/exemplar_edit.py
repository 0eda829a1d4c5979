"""Pages to write an exemplar or an answer "none": every POST first saves what was typed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from campaigns.exemplars.actions.exemplar import (
    ExemplarContent,
    exemplar_answer,
    same_exemplar,
    save_exemplar,
    start_exemplar,
    start_nothing,
    submit_exemplar,
)
from campaigns.exemplars.actions.exemplar_photo import add_photo, remove_photo
from campaigns.exemplars.forms.exemplar import ExemplarForm
from campaigns.exemplars.forms.nothing import NothingForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.rules.exemplar import ExemplarAnswer, missing_fields
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.idempotency import create_once, is_used, new_idempotency_key
from emulation.workflow.success_messages import NEXT_TASK
from emulation.workflow.views import ActFormView
from villages.actions.people import TwinFound
from villages.models import Unit
from villages.queries.twins import mark_twins


class ExemplarEditView(ActFormView):
    """Base of the forms of an exemplar. Each POST first saves the valid fields as a draft, then runs the pressed button."""

    template_name = "campaigns/exemplar_form.html"
    help = "ghi-dien-hinh"
    exemplar: Exemplar | None = None
    period: Period
    unit: Unit
    nothing = False
    same: Exemplar | None = None  # written already, with the same words

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
            if (unsaved := self.render_proposal(form) or self.before_saving(form)) is not None:
                return unsaved
            self.exemplar = self.save_draft(form)
        except RuleBroken as broken:
            if self.exemplar is not None and self._submitted_already():
                messages.info(request, "Điển hình này đã gửi Văn phòng rồi.")
                return redirect(self.exemplar)
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return self.render_form(form, status=409)
        if self.exemplar.state not in Exemplar.OPEN:
            return redirect(self.exemplar)
        self._update_photos(form)
        return self._run_button(form)

    def before_saving(self, form: Any) -> HttpResponse | None:
        """The response when what was typed is not saved; None when it is."""
        return None

    def render_proposal(self, form: Any) -> HttpResponse | None:
        """The form with what was read in the typed texts, which the user looks at before anything is saved; None without it."""
        return self.render_form(form, status=422) if getattr(form, "suggestions", None) else None

    def save_draft(self, form: Any) -> Exemplar:
        """Save what was typed and return the draft."""
        raise NotImplementedError

    def _submitted_already(self) -> bool:
        """Whether the exemplar was submitted by an earlier submit of the same form."""
        return (
            self.request.POST.get("do") == "submit"
            and self.exemplar is not None
            and (self.exemplar.state == Exemplar.SUBMITTED)
        )

    def _update_photos(self, form: Any) -> None:
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

    def _run_button(self, form: Any) -> HttpResponse:
        """The button pressed is the value of `do`: save (the default), submit or find."""
        assert self.exemplar is not None
        button = self.request.POST.get("do", "save")
        if button == "submit" and self._submit(form):
            return redirect(self.exemplar)
        if form.errors:
            return self.render_form(form, status=422)
        if button == "find":
            return self.render_form(form)
        if self.request.POST.get("remove_photo"):
            return self.render_form(self.get_form())
        messages.success(self.request, "Đã lưu nháp. Văn phòng chưa thấy bản này cho đến khi bấm “Gửi Văn phòng”.")
        return redirect("campaigns:edit", self.exemplar.pk)

    def _submit(self, form: Any) -> bool:
        """Submit the draft. Returns False, with errors added to the form, if it is incomplete or refused."""
        assert self.exemplar is not None
        for name, message in missing_fields(exemplar_answer(self.exemplar)).items():
            if name not in form.errors:
                form.add_error(name, message)
        if form.errors:
            return False
        try:
            submit_exemplar(by=self.request.user, exemplar=self.exemplar)
        except TwinFound as found:
            form.show_twins(mark_twins(found.twins))
            form.add_error("name", found.message)
            return False
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return False
        text = "Đã gửi Văn phòng. Khi có kết quả, bạn sẽ nhận được thông báo."
        messages.success(self.request, text, extra_tags=NEXT_TASK)
        return True

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        exemplar = self.exemplar
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=exemplar,
            unit=self.unit,
            period=self.period,
            nothing=self.nothing,
            same=self.same,
            photos=list(exemplar.photos.all()) if exemplar else [],
            action_url=reverse("campaigns:edit", args=[exemplar.pk]) if exemplar else self.request.path,
            kept=exemplar is not None and status == 422 and not getattr(form, "suggestions", None),
            posted=self.request.method == "POST",
            seen=self._seen_version(status),
            once=self.idempotency_key or new_idempotency_key(),
            **({} if self.nothing else form.choices()),
        )

    def _seen_version(self, status: int) -> Any:
        """The version for the hidden field `seen`: of a stale form (409) the submitted one, so that it stays stale."""
        if status == 409:
            return self.request.POST.get("seen")
        return self.exemplar.version if self.exemplar else ""


class NewExemplar(ExemplarEditView):
    """A new exemplar of a unit for a period."""

    permission = permissions.unit_head
    act = "campaigns.start"
    model = Unit

    def get_object(self) -> Unit:
        self.unit = self.get_visible_or_404(Unit, self.kwargs["unit"])
        self.period = self.get_visible_or_404(Period, self.kwargs["period"])
        return self.unit

    def before_saving(self, form: Any) -> HttpResponse | None:
        """No draft from a search, from an empty form, or of what is written already, unless that is confirmed (`again`)."""
        if is_used(self.idempotency_key, self.commune):
            return None
        if self.request.POST.get("do") == "find":
            return self.render_form(form)
        content = form.content()
        if content.is_blank and not form.cleaned_data.get("photo"):
            return self._render_blank(form, content)
        if self.nothing or self.request.POST.get("again"):
            return None
        self.same = same_exemplar(self.unit, self.period, content)
        return None if self.same is None else self.render_form(form, status=422)

    def _render_blank(self, form: Any, content: ExemplarContent) -> HttpResponse:
        answer = ExemplarAnswer(nothing=self.nothing, kind=content.kind, has_field=content.field is not None)
        for name, message in missing_fields(answer).items():
            form.add_error(name, message)
        # No place to look at again: the summary counts the fields alone.
        form.kept_note = "Chưa nhập gì nên chưa lưu bản nào."
        return self.render_form(form, status=422)

    def save_draft(self, form: Any) -> Exemplar:
        content = form.content()
        created: list[Exemplar] = []

        def create() -> Exemplar:
            arguments: dict[str, Any] = {"by": self.request.user, "unit": self.unit, "period": self.period}
            if self.nothing:
                created.append(start_nothing(**arguments, reason=content.nothing_reason))
            else:
                created.append(start_exemplar(**arguments, content=content))
            return created[0]

        exemplar = create_once(self.idempotency_key, self.commune, Exemplar, create)
        # The user went back in the browser, changed the form and submitted it again.
        if not created and exemplar.state in Exemplar.OPEN:
            save_exemplar(by=self.request.user, exemplar=exemplar, content=content)
        return exemplar


class NewNothingAnswer(NewExemplar):
    """A new answer "none this time" of a unit for a period."""

    act = "campaigns.start_nothing"
    nothing = True


class EditExemplar(ExemplarEditView):
    """Edit a draft or a returned exemplar."""

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

    def save_draft(self, form: Any) -> Exemplar:
        assert self.exemplar is not None
        return save_exemplar(by=self.request.user, exemplar=self.exemplar, content=form.content(), seen=self.seen)
