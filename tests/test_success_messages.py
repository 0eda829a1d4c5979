"""The base views of actions show a success message only with a successful response."""

from typing import Any

import pytest
from django import forms
from django.contrib.messages import constants, get_messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from emulation.accounts.models import User
from emulation.communes.models import Commune
from emulation.core.errors import RuleBroken
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView

DONE = "Đã lưu."
ANSWERS = [(200, True), (302, True), (400, False), (403, False), (404, False), (409, False), (422, False), (500, False)]


class Answering:
    """A view whose action returns a response with this status; status 0 raises RuleBroken."""

    permission = permissions.signed_in
    act = "accounts.ask"  # asks for no password
    model = Commune
    success_message = DONE
    status = 200

    def get_object(self) -> Commune:
        return self.commune  # type: ignore[attr-defined]

    def get_failure_url(self) -> str:
        return "home"

    def form_valid(self, form: Any = None) -> HttpResponse:
        if not self.status:
            raise RuleBroken("Không được.")
        return HttpResponse(status=self.status, headers={"Location": "/"} if self.status == 302 else None)


class Button(Answering, ActPostView):
    def perform(self) -> HttpResponse:
        return self.form_valid()


class Form(Answering, ActFormView):
    form_class = forms.Form


def posted(view: Any, user: User, status: int) -> tuple[HttpResponse, set[int]]:
    """The response of the view, and the levels of its messages."""
    request: HttpRequest = RequestFactory().post("/")
    SessionMiddleware(lambda _: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _: HttpResponse()).process_request(request)
    request.user = user
    response = view.as_view(status=status)(request)
    return response, {message.level for message in get_messages(request)}


@pytest.mark.parametrize("view", [Button, Form])
@pytest.mark.parametrize(("status", "announced"), ANSWERS)
def test_success_is_announced_only_with_a_response_of_success(office, view, status, announced):
    response, levels = posted(view, office, status)
    assert response.status_code == status
    assert (constants.SUCCESS in levels) is announced


@pytest.mark.parametrize("view", [Button, Form])
def test_a_broken_rule_is_no_success(office, view):
    response, levels = posted(view, office, 0)
    assert constants.SUCCESS not in levels
    assert response.status_code == {Button: 302, Form: 422}[view]
    assert (constants.ERROR in levels) is (view is Button)
