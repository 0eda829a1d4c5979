"""Base view for issuing an approved paper."""

from typing import Any

from django.utils import timezone

from emulation.documents.forms import IssueDocumentForm
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView


class IssueDocumentView(ActFormView):
    """Form for the date on the paper. The subject must be in its approved state: `state_since` is the approval time."""

    permission = permissions.clerk
    form_class = IssueDocumentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "approved_on": timezone.localtime(self.object.state_since).date()}
