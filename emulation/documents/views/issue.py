"""The clerk's last step on an approved paper."""

from typing import Any

from django.utils import timezone

from emulation.documents.forms import IssueDocumentForm
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView


class IssueDocumentView(ActFormView):
    """Asks for the day on the paper; the subject stands in its approved state, since the day of the approval."""

    permission = permissions.clerk
    form_class = IssueDocumentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "approved_on": timezone.localtime(self.object.state_since).date()}
