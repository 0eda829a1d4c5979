"""Turns domain exceptions that no view caught into an error page or message instead of a 500."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from emulation.core.errors import NotAllowed, RuleBroken


class DomainErrorMiddleware:
    """NotAllowed becomes a 403 page with the reason, RuleBroken a message on the previous page (or a 409 page)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            return render(request, "403.html", {"reason": error.reason}, status=403)
        if isinstance(error, RuleBroken):
            back = request.headers.get("Referer", "")
            if request.method == "POST" and url_has_allowed_host_and_scheme(back, {request.get_host()}):
                messages.error(request, error.message)
                return redirect(back)
            return render(request, "409.html", {"reason": error.message}, status=409)
        return None
