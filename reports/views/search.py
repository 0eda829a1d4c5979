"""The search of the masthead: a page of its own, and the short list under the box."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from emulation.core.text import clean
from emulation.workflow import permissions
from emulation.workflow.views import PageView
from reports.queries.search import FEW, MANY, search_everywhere

MAX_WORDS_LENGTH = 100


class SearchPage(PageView):
    """Everything that was found, in groups; `?gon=1` gives the short list for the box in the masthead."""

    permission = permissions.signed_in
    template_name = "reports/search.html"
    help = "tim-kiem"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render("reports/_search_hits.html" if request.GET.get("gon") else self.template_name)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        words = clean(self.request.GET.get("q", "")[:400])[:MAX_WORDS_LENGTH]
        limit = FEW if self.request.GET.get("gon") else MANY
        groups = search_everywhere(self.request.user, words, limit)
        return super().get_context_data(q=words, groups=groups, **context)
