"""What a GET of the address of an act does that only answers to POST."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect


class LeadsToObjectMixin:
    """A GET leads to the page of the object and changes nothing.

    A browser asks for the address by GET after a sign-in on the way, or with Back to a page that answered a POST.
    """

    object: Any
    get_object: Any
    get_failure_url: Any

    def http_method_not_allowed(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "GET":
            return super().http_method_not_allowed(request, *args, **kwargs)  # type: ignore[misc, no-any-return]
        self.object = self.get_object()
        return redirect(self.get_failure_url())
