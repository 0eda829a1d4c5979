"""The message after an act that succeeded."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

NEXT_TASK = "next-task"
"""Tag of a message after which the page offers the user's next task."""


def with_success_message(request: HttpRequest, message: str, response: HttpResponse) -> HttpResponse:
    """The response; adds `message` as a success message unless the response is an error."""
    if message and response.status_code < HTTPStatus.BAD_REQUEST:
        messages.success(request, message, extra_tags=NEXT_TASK)
    return response
