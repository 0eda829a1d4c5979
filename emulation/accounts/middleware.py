"""Forces users who signed in with a one-time password to change it first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

ALLOWED_URL_NAMES = ("accounts:password", "accounts:logout", "accounts:slip", "accounts:new_password")


class PasswordChangeRequiredMiddleware:
    """Redirects every page to the password form, except the form itself and signing out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        must_change = request.user.is_authenticated and request.user.must_change_password
        if must_change and request.path not in {reverse(name) for name in ALLOWED_URL_NAMES}:
            return redirect("accounts:password")
        return self.get_response(request)
