"""Public help pages, one per question."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView
from reports.queries.help_pages import help_pages


class HelpIndex(PageView):
    permission = permissions.public
    template_name = "help/index.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "pages": list(help_pages().items())}


class HelpPage(BaseView):
    permission = permissions.public

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        question = help_pages().get(slug)
        if question is None:
            raise Http404
        return self.render(f"help/{slug}.html", question=question, pages=list(help_pages().items()))
