"""Public help pages, one per question."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from emulation.communes.roles import Role
from emulation.core.text import clean
from emulation.workflow import permissions
from emulation.workflow.views import BaseView, PageView
from reports.queries.help_groups import help_groups_for, pages_of_same_group, search_help
from reports.queries.help_pages import help_pages


class HelpIndex(PageView):
    """The pages in groups, the user's own open; `?q=` searches their text."""

    permission = permissions.public
    template_name = "help/index.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        words = clean(self.request.GET.get("q", "")[:400])[:100]
        own, others = help_groups_for(self.capacity)
        return {
            **super().get_context_data(**context),
            "q": words,
            "found": search_help(words),
            "own": own,
            "others": others,
        }


class HelpPage(BaseView):
    permission = permissions.public

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        question = help_pages().get(slug)
        if question is None:
            raise Http404
        return self.render(
            f"help/{slug}.html",
            question=question,
            pages=pages_of_same_group(slug),
            helped_by_administrator=self.capacity.has(Role.office),  # all others ask the office
        )
