"""Base classes of all views. Each view declares the `permission` to open it; objects are loaded through `visible_to`.

An object that the user may not see gives 404; a missing permission gives 403 with the reason; a broken rule is shown
as a form error, and the form keeps what the user entered.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import classonlymethod
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View

from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.reading_once import reading_once
from emulation.workflow.authorization import Authorization, check_act
from emulation.workflow.forms import ReasonForm
from emulation.workflow.get_of_act import LeadsToObjectMixin
from emulation.workflow.idempotency import new_idempotency_key
from emulation.workflow.permissions import Permission
from emulation.workflow.reauthentication import add_password_fields, password_question, remove_passwords
from emulation.workflow.repeated_removal import RepeatedRemovalMixin
from emulation.workflow.success_messages import with_success_message
from emulation.workflow.transitions import STALE_FORM_MESSAGE
from emulation.workflow.workflow import step_of


class BaseView(View):
    """Base of all views: checks `permission` in the commune in which the user serves today."""

    permission: ClassVar[Permission]
    help: ClassVar[str] = ""
    request: Any  # after the check in `dispatch`, request.user is an accounts.User and never AnonymousUser

    @classonlymethod
    def as_view(cls, **initkwargs: Any) -> Any:
        if not isinstance(getattr(cls, "permission", None), Permission):
            raise TypeError(f"{cls.__module__}.{cls.__name__} does not declare a permission")
        view = super().as_view(**initkwargs)
        view.permission = cls.permission
        if not cls.permission.needs_login:
            view.login_required = False
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.permission.needs_login and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.permission.allows(self.capacity, None):
            raise NotAllowed(f"Trang này dành cho {self.permission.label}.")
        return super().dispatch(request, *args, **kwargs)

    @property
    def capacity(self) -> UserCapacity:
        """The capacity of the current user."""
        return capacity_of(self.request.user)

    @cached_property
    def commune(self) -> Commune:
        """The commune in which the user serves. Raises Http404 if they serve in none."""
        commune = Commune.objects.filter(pk=self.capacity.commune_id).first()
        if commune is None:
            raise Http404
        return commune

    @property
    def seen(self) -> int | None:
        """The version of the object that the page showed."""
        value = self.request.POST.get("seen", "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    def get_visible_or_404(self, model: Any, pk: int, *related: str) -> Any:
        """The object, if this user may see it. Raises Http404 otherwise."""
        rows: QuerySet[Any] = model.objects.visible_to(self.request.user)
        found = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def broken_rule_text(self, broken: RuleBroken) -> str:
        """What the page writes about a broken rule; a view may add a link to it, as safe HTML."""
        return broken.message

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """Renders a template with the context of this view, `context` included; neither changes anything."""
        with reading_once():  # a page asks the same for each of its rows: the law, what concerns the user
            return render(self.request, template, self.get_context_data(**context), status=status)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The context of all responses of this view, error pages included."""
        return {"help_slug": self.help, **context}


class PageView(BaseView):
    """A read-only page: `template_name` and `get_context_data()`."""

    template_name: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(self.template_name)


class ActFormView(RepeatedRemovalMixin, BaseView):
    """A form for one act: GET shows the form, POST performs the act. `act` is the name of the step, `model` the subject.

    `form_valid(form)` calls the action and returns the redirect target; a link to the form may name another one: `?next=`.
    """

    act: ClassVar[str]
    model: ClassVar[Any]
    form_class: ClassVar[type[forms.Form]]
    template_name: ClassVar[str] = "components/act_page.html"
    title: ClassVar[str] = ""
    success_message: ClassVar[str] = ""

    def get_object(self) -> Any:
        """The object of the act (the commune, for acts that create something in it)."""
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def check_object(self) -> Authorization:
        if not hasattr(self, "object"):
            self.object = self.get_object()
        return check_act(self.act, self.object, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.check_object()
        if not answer:
            return self.render_denied(answer)
        return self.render_form(self.form_with_password())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.check_object()
        if not answer and answer.denied_by == "permission":
            return self.render_denied(answer)
        form = self.form_with_password(request.POST, request.FILES)
        if not answer:
            form.add_error(None, answer.reason)
        if not form.is_valid():
            return self.render_form(form, status=422)
        remove_passwords(form)
        try:
            target = self.form_valid(form)
        except RuleBroken as broken:
            for fault in (broken, *broken.others):
                form.add_error(fault.field if fault.field in form.fields else None, self.broken_rule_text(fault))
            return self.render_form(form, status=409 if broken.message == STALE_FORM_MESSAGE else 422)
        response = target if isinstance(target, HttpResponse) else redirect(self.next_address or target)
        return with_success_message(request, self.success_message, response)

    @property
    def next_address(self) -> str:
        """The address of this site that the link to the form asks to return to, or ""."""
        address: str = self.request.GET.get("next", "")
        return address if address.startswith("/") and url_has_allowed_host_and_scheme(address, None) else ""

    def get_form(self, *data: Any) -> forms.Form:
        """The form, bound if `data` is given."""
        return self.form_class(*data, **self.get_form_kwargs())

    def form_with_password(self, *data: Any) -> forms.Form:
        """The form, with a field for the user's own password if the step of the act asks for it now."""
        form = self.get_form(*data)
        add_password_fields(form, self.request, self.act)
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        """Keyword arguments for the form."""
        return {"initial": self.get_initial()}

    def get_initial(self) -> dict[str, Any]:
        return {}

    @property
    def idempotency_key(self) -> str:
        """The idempotency key of a form that creates an object."""
        return self.request.POST.get("once", "")[:64]

    def form_valid(self, form: Any) -> Any:
        """Calls the action; returns a response or a redirect target."""
        raise NotImplementedError

    def render_denied(self, answer: Authorization) -> HttpResponse:
        if answer.denied_by == "permission":
            raise NotAllowed(answer.reason)
        return self.render("409.html", status=409, reason=answer.reason, object=self.object, guarded=answer.is_guarded)

    def render_form(self, form: forms.Form, status: int = 200) -> HttpResponse:
        seen = self.request.POST.get("seen") if self.request.POST else getattr(self.object, "version", "")
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            title=self.title or step_of(self.act).label,
            seen=seen,
            once=self.idempotency_key or new_idempotency_key(),
            next_address=self.next_address,
        )


class ReasonFormMixin:
    """For views of acts that ask for nothing but a reason: `reason_label` words the question."""

    form_class: ClassVar[type[forms.Form]] = ReasonForm
    reason_label: ClassVar[str] = "Lý do"
    reason_help: ClassVar[str] = ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "label": self.reason_label, "help_text": self.reason_help}  # type: ignore[misc]


class ActPostView(RepeatedRemovalMixin, LeadsToObjectMixin, BaseView):
    """An act without a form: POST calls `perform()`; a GET of its address leads to the page of the object.

    If the step of the act asks for the user's own password now, a page asks for it, which posts all again to this view.
    """

    act: ClassVar[str]
    model: ClassVar[Any]
    success_message: ClassVar[str] = ""
    http_method_names = ["post", "options"]

    def get_object(self) -> Any:
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        if question := password_question(request, self.object, getattr(self, "act", "")):
            return self.render("components/password_page.html", status=422, object=self.object, **question)
        try:
            target = self.perform()
        except RuleBroken as broken:
            messages.error(request, self.broken_rule_text(broken))
            return redirect(self.get_failure_url())
        return with_success_message(
            request, self.success_message, target if isinstance(target, HttpResponse) else redirect(target)
        )

    def get_failure_url(self) -> Any:
        """The redirect target after a broken rule."""
        return self.object

    def perform(self) -> Any:
        """Calls the action; returns a response or a redirect target."""
        raise NotImplementedError
