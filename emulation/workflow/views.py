"""Bases of every view. Each view says `who` may open it; an object comes only out of `visible_to`.

A stranger to an object gets 404; a member without the right gets 403 with the reason; a broken rule comes back
as an error in the form, with everything that was typed still in it.
"""

from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import classonlymethod
from django.views import View

from emulation.communes.capacity import UserCapacity, capacity_of
from emulation.communes.models import Commune
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean
from emulation.workflow.authorization import Authorization, check_act
from emulation.workflow.idempotency import new_idempotency_key
from emulation.workflow.permissions import Permission
from emulation.workflow.transitions import STALE_FORM_MESSAGE

PAGE_SIZE = 25


class BaseView(View):
    """The root of all views: `who` may open it, in the commune where he now serves."""

    permission: ClassVar[Permission]
    help: ClassVar[str] = ""
    request: Any  # its user is one of ours, never Django's anonymous one, behind the door of `dispatch`

    @classonlymethod
    def as_view(cls, **initkwargs: Any) -> Any:
        if not isinstance(getattr(cls, "permission", None), Permission):
            raise TypeError(f"{cls.__module__}.{cls.__name__} does not say who may open it")
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
        """Where the person who asks stands."""
        return capacity_of(self.request.user)

    @property
    def commune(self) -> Commune:
        """The commune in which the person serves. 404 for somebody who serves nowhere."""
        commune = Commune.objects.filter(pk=self.capacity.commune_id).first()
        if commune is None:
            raise Http404
        return commune

    def get_visible_or_404(self, model: Any, pk: int, *related: str) -> Any:
        """The object, if this person may see it; otherwise 404."""
        rows: QuerySet[Any] = model.objects.visible_to(self.request.user)
        found = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page with the context that every page of this view has."""
        return render(
            self.request, template, {**self.get_extra_context(), "help_slug": self.help, **context}, status=status
        )

    def get_extra_context(self) -> dict[str, Any]:
        """What all answers of this view also show."""
        return {}


class PageView(BaseView):
    """A page to read: `template_name`, and `content()` for what it shows."""

    template_name: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(self.template_name, **self.get_context_data())

    def get_context_data(self) -> dict[str, Any]:
        """The page's context."""
        return {}


class PagedListView(PageView):
    """A list, 25 rows a page: `rows()` gives the ordered queryset, `q` in the address searches through `search()`."""

    def get_queryset(self) -> QuerySet[Any]:
        """The rows this person may see, ordered."""
        raise NotImplementedError

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Rows that fit the words; lists without a search leave it."""
        return rows

    def get_context_data(self) -> dict[str, Any]:
        words = clean(self.request.GET.get("q", "")[:400])[:100]
        rows = self.search(self.get_queryset(), words) if words else self.get_queryset()
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("trang"))
        return {"page": page, "rows": page.object_list, "q": words}


class ActFormView(BaseView):
    """A form that carries out one act: GET asks, POST does.

    `act` names the row of the flow, `model` the subject. `perform(form)` calls the action and returns where to go.
    """

    act: ClassVar[str]
    model: ClassVar[Any]
    form_class: ClassVar[type[forms.Form]]
    template_name: ClassVar[str] = "components/act_page.html"
    title: ClassVar[str] = ""
    success_message: ClassVar[str] = ""

    def get_object(self) -> Any:
        """The object that the act is about (the commune, for acts that make something new in it)."""
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def check_object(self) -> Authorization:
        if not hasattr(self, "object"):
            self.object = self.get_object()
        return check_act(self.act, self.object, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.check_object()
        if not answer:
            return self.render_denied(answer)
        return self.render_form(self.get_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.check_object()
        if not answer and answer.denied_by == "permission":
            return self.render_denied(answer)
        form = self.get_form(request.POST, request.FILES)
        if not answer:
            form.add_error(None, answer.reason)
        if not form.is_valid():
            return self.render_form(form, status=422)
        try:
            where = self.perform(form)
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return self.render_form(form, status=409 if broken.message == STALE_FORM_MESSAGE else 422)
        return with_success_message(
            request, self.success_message, where if isinstance(where, HttpResponse) else redirect(where)
        )

    def get_form(self, *data: Any) -> forms.Form:
        """The form, bound when data come."""
        return self.form_class(*data, **self.get_form_kwargs())

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form needs to know."""
        return {"initial": self.get_initial()}

    def get_initial(self) -> dict[str, Any]:
        return {}

    @property
    def seen(self) -> int | None:
        """The version that the page showed when the person began."""
        value = self.request.POST.get("seen", "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    @property
    def idempotency_key(self) -> str:
        """The random key of the form that makes something new."""
        return self.request.POST.get("once", "")[:64]

    def perform(self, form: Any) -> Any:
        """Calls the action; returns a response or where to go."""
        raise NotImplementedError

    def render_denied(self, answer: Authorization) -> HttpResponse:
        if answer.denied_by == "permission":
            raise NotAllowed(answer.reason)
        return self.render("409.html", status=409, reason=answer.reason, object=self.object)

    def render_form(self, form: forms.Form, status: int = 200) -> HttpResponse:
        seen = self.request.POST.get("seen") if form.is_bound else getattr(self.object, "version", "")
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            title=self.title or act_label(self.act),
            seen=seen,
            once=self.idempotency_key or new_idempotency_key(),
        )


class ActPostView(BaseView):
    """A button without questions: POST calls `perform()`; anything else goes to the object's page."""

    act: ClassVar[str]
    model: ClassVar[Any]
    success_message: ClassVar[str] = ""
    http_method_names = ["post", "options"]

    def get_object(self) -> Any:
        return self.get_visible_or_404(self.model, self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            where = self.perform()
        except RuleBroken as broken:
            messages.error(request, broken.message)
            return redirect(self.get_failure_url())
        return with_success_message(
            request, self.success_message, where if isinstance(where, HttpResponse) else redirect(where)
        )

    @property
    def seen(self) -> int | None:
        value = self.request.POST.get("seen", "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    def get_failure_url(self) -> Any:
        """Where to go when a rule forbids."""
        return self.object

    def perform(self) -> Any:
        """Calls the action; returns a response or where to go."""
        raise NotImplementedError


def with_success_message(request: HttpRequest, done: str, response: HttpResponse) -> HttpResponse:
    """The response, with `done` as a success message unless the response says that nothing was done."""
    if done and response.status_code < HTTPStatus.BAD_REQUEST:
        messages.success(request, done)
    return response


def act_label(act: str) -> str:
    """The Vietnamese label of an act."""
    from emulation.workflow.workflow import step_of

    return step_of(act).label
