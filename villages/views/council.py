"""Pages about the council."""

from typing import Any

from emulation.acts import who
from emulation.acts.web import Page
from villages import queries
from villages.models import CouncilVersion

READERS = who.staff | who.unit_head | who.council


class CouncilList(Page):
    """The council now and what it was before."""

    who = READERS
    template_name = "villages/council_list.html"
    help = "hoi-dong"

    def content(self) -> dict[str, Any]:
        versions = CouncilVersion.objects.visible_to(self.request.user)
        return {"versions": queries.with_seat_counts(versions)}


class CouncilPage(Page):
    """One version of the council, with its seats."""

    who = READERS
    template_name = "villages/council.html"
    help = "hoi-dong"

    def content(self) -> dict[str, Any]:
        version = self.find(CouncilVersion, self.kwargs["pk"])
        return {"object": version, "seats": version.seats.select_related("person")}
