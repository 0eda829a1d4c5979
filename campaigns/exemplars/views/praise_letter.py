"""Button that starts the chair's praise letter (thư khen) from an exemplar."""

from typing import Any

from campaigns.exemplars.actions.praise_letter import (
    start_praise_letter,
)
from campaigns.exemplars.models.exemplar import Exemplar
from emulation.workflow import permissions
from emulation.workflow.views import ActPostView

READERS = permissions.staff | permissions.unit_head


class StartPraiseLetter(ActPostView):
    permission = permissions.office
    act = "campaigns.start_praise"
    model = Exemplar
    success_message = "Lời thư đã điền sẵn từ việc làm được kể. Sửa cho hợp rồi trình Chủ tịch."

    def perform(self) -> Any:
        return start_praise_letter(by=self.request.user, exemplar=self.object)
