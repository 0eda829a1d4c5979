"""The clerk's last step on an approved paper."""

from typing import Any

from django.utils import timezone

from emulation.acts import who
from emulation.acts.web import ActPage
from emulation.documents.forms import IssueForm


class IssuePage(ActPage):
    """Asks for the day on the paper; the subject stands in its approved state, since the day of the approval."""

    who = who.clerk
    form_class = IssueForm

    def form_kwargs(self) -> dict[str, Any]:
        return {**super().form_kwargs(), "approved_on": timezone.localtime(self.object.state_since).date()}
