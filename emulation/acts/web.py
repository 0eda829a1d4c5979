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

from emulation.acts.act import STALE
from emulation.acts.gate import Verdict, verdict
from emulation.acts.once import new_key
from emulation.acts.who import Who
from emulation.communes.models import Commune
from emulation.communes.standing import Standing, standing_of
from emulation.core.errors import NotAllowed, RuleBroken
from emulation.core.text import clean

PAGE_SIZE = 25


class Gated(View):
    """The root of all views: `who` may open it, in the commune where he now serves."""

    who: ClassVar[Who]
    help: ClassVar[str] = ""
    request: Any  # its user is one of ours, never Django's anonymous one, behind the door of `dispatch`

    @classonlymethod
    def as_view(cls, **initkwargs: Any) -> Any:
        if not isinstance(getattr(cls, "who", None), Who):
            raise TypeError(f"{cls.__module__}.{cls.__name__} does not say who may open it")
        view = super().as_view(**initkwargs)
        view.who = cls.who
        if not cls.who.needs_login:
            view.login_required = False
        return view

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.who.needs_login and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not self.who.test(self.standing, None):
            raise NotAllowed(f"Trang này dành cho {self.who.label}.")
        return super().dispatch(request, *args, **kwargs)

    @property
    def standing(self) -> Standing:
        """Where the person who asks stands."""
        return standing_of(self.request.user)

    @property
    def commune(self) -> Commune:
        """The commune in which the person serves. 404 for somebody who serves nowhere."""
        commune = Commune.objects.filter(pk=self.standing.commune_id).first()
        if commune is None:
            raise Http404
        return commune

    def find(self, model: Any, pk: int, *related: str) -> Any:
        """The object, if this person may see it; otherwise 404."""
        rows: QuerySet[Any] = model.objects.visible_to(self.request.user)
        found = (rows.select_related(*related) if related else rows).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page with the context that every page of this view has."""
        return render(self.request, template, {**self.extra(), "help_slug": self.help, **context}, status=status)

    def extra(self) -> dict[str, Any]:
        """What all answers of this view also show."""
        return {}


class Page(Gated):
    """A page to read: `template_name`, and `content()` for what it shows."""

    template_name: ClassVar[str]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render(self.template_name, **self.content())

    def content(self) -> dict[str, Any]:
        """The page's context."""
        return {}


class ListPage(Page):
    """A list, 25 rows a page: `rows()` gives the ordered queryset, `q` in the address searches through `search()`."""

    def rows(self) -> QuerySet[Any]:
        """The rows this person may see, ordered."""
        raise NotImplementedError

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Rows that fit the words; lists without a search leave it."""
        return rows

    def content(self) -> dict[str, Any]:
        words = clean(self.request.GET.get("q", "")[:400])[:100]
        rows = self.search(self.rows(), words) if words else self.rows()
        page = Paginator(rows, PAGE_SIZE).get_page(self.request.GET.get("trang"))
        return {"page": page, "rows": page.object_list, "q": words}


class ActPage(Gated):
    """A form that carries out one act: GET asks, POST does.

    `act` names the row of the flow, `model` the subject. `perform(form)` calls the action and returns where to go.
    """

    act: ClassVar[str]
    model: ClassVar[Any]
    form_class: ClassVar[type[forms.Form]]
    template_name: ClassVar[str] = "components/act_page.html"
    title: ClassVar[str] = ""
    done: ClassVar[str] = ""

    def subject(self) -> Any:
        """The object that the act is about (the commune, for acts that make something new in it)."""
        return self.find(self.model, self.kwargs["pk"])

    def setup_subject(self) -> Verdict:
        if not hasattr(self, "object"):
            self.object = self.subject()
        return verdict(self.act, self.object, self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.setup_subject()
        if not answer:
            return self.refuse(answer)
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = self.setup_subject()
        if not answer and answer.fault == "who":
            return self.refuse(answer)
        form = self.form(request.POST, request.FILES)
        if not answer:
            form.add_error(None, answer.reason)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            where = self.perform(form)
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.message)
            return self.show(form, status=409 if broken.message == STALE else 422)
        return announced(request, self.done, where if isinstance(where, HttpResponse) else redirect(where))

    def form(self, *data: Any) -> forms.Form:
        """The form, bound when data come."""
        return self.form_class(*data, **self.form_kwargs())

    def form_kwargs(self) -> dict[str, Any]:
        """What the form needs to know."""
        return {"initial": self.initial()}

    def initial(self) -> dict[str, Any]:
        return {}

    @property
    def seen(self) -> int | None:
        """The version that the page showed when the person began."""
        value = self.request.POST.get("seen", "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    @property
    def once_key(self) -> str:
        """The random key of the form that makes something new."""
        return self.request.POST.get("once", "")[:64]

    def perform(self, form: Any) -> Any:
        """Calls the action; returns a response or where to go."""
        raise NotImplementedError

    def refuse(self, answer: Verdict) -> HttpResponse:
        if answer.fault == "who":
            raise NotAllowed(answer.reason)
        return self.render("409.html", status=409, reason=answer.reason, object=self.object)

    def show(self, form: forms.Form, status: int = 200) -> HttpResponse:
        seen = self.request.POST.get("seen") if form.is_bound else getattr(self.object, "version", "")
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            title=self.title or verdict_label(self.act),
            seen=seen,
            once=self.once_key or new_key(),
        )


class PostAct(Gated):
    """A button without questions: POST calls `perform()`; anything else goes to the object's page."""

    act: ClassVar[str]
    model: ClassVar[Any]
    done: ClassVar[str] = ""
    http_method_names = ["post", "options"]

    def subject(self) -> Any:
        return self.find(self.model, self.kwargs["pk"])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.subject()
        try:
            where = self.perform()
        except RuleBroken as broken:
            messages.error(request, broken.message)
            return redirect(self.back())
        return announced(request, self.done, where if isinstance(where, HttpResponse) else redirect(where))

    @property
    def seen(self) -> int | None:
        value = self.request.POST.get("seen", "")
        return int(value) if value.isdecimal() and len(value) < 10 else None

    def back(self) -> Any:
        """Where to go when a rule forbids."""
        return self.object

    def perform(self) -> Any:
        """Calls the action; returns a response or where to go."""
        raise NotImplementedError


def announced(request: HttpRequest, done: str, response: HttpResponse) -> HttpResponse:
    """The response, with `done` as a success message unless the response says that nothing was done."""
    if done and response.status_code < HTTPStatus.BAD_REQUEST:
        messages.success(request, done)
    return response


def verdict_label(act: str) -> str:
    """The Vietnamese label of an act."""
    from emulation.acts.flow import step_of

    return step_of(act).label
