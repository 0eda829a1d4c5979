"""Help: open to everybody, one page a question."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from emulation.acts import who
from emulation.acts.web import Gated, Page
from reports.queries.help import pages


class HelpIndex(Page):
    who = who.public
    template_name = "help/index.html"

    def content(self) -> dict[str, Any]:
        return {"pages": list(pages().items())}


class HelpPage(Gated):
    who = who.public

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        question = pages().get(slug)
        if question is None:
            raise Http404
        return self.render(f"help/{slug}.html", question=question, pages=list(pages().items()))
