"""Read pages in tests."""

from django.http import HttpResponse


def page_source(response: HttpResponse) -> str:
    """The HTML with each run of whitespace as one space, as a browser shows it: line breaks of a template do not matter."""
    return " ".join(response.content.decode().split())
