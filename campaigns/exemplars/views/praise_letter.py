"""Pages of the chair's praise letter (thư khen)."""

from typing import Any

from campaigns.exemplars.actions.praise_letter import (
    start_praise_letter,
)
from campaigns.exemplars.forms.praise_letter import PraiseLetterForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.documents.approval.views import EditPaperView
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView, PageView

READERS = permissions.staff | permissions.unit_head


class StartPraiseLetter(ActPostView):
    permission = permissions.office
    act = "campaigns.start_praise"
    model = Exemplar
    success_message = "Lời thư đã điền sẵn từ việc làm được kể. Sửa cho hợp rồi trình Chủ tịch."

    def perform(self) -> Any:
        return start_praise_letter(by=self.request.user, exemplar=self.object)


class PraiseLetterPage(PageView):
    """One letter: its text, next step, and the signed document."""

    permission = READERS
    template_name = "campaigns/praise.html"
    help = "thu-khen"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        related = ("document", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return {
            **super().get_context_data(**context),
            "object": self.get_visible_or_404(PraiseLetter, self.kwargs["pk"], *related, "exemplar__collective"),
        }


class EditPraiseLetter(EditPaperView):
    form_class = PraiseLetterForm
    title = "Lưu lời thư"
