"""Pages of the chair's praise letter (thư khen)."""

from typing import Any

from campaigns.directives.forms.letter import ReturnLetterForm
from campaigns.exemplars.actions.praise_letter import (
    preview_praise_letter,
    return_praise_letter,
    save_praise_letter,
    sign_praise_letter,
    start_praise_letter,
    submit_praise_letter,
)
from campaigns.exemplars.forms.praise_letter import PraiseLetterForm
from campaigns.exemplars.models.exemplar import Exemplar
from campaigns.exemplars.models.praise_letter import PraiseLetter
from emulation.workflow import permissions
from emulation.workflow.views import ActFormView, ActPostView, PageView

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

    def get_context_data(self) -> dict[str, Any]:
        related = ("document", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return {"object": self.get_visible_or_404(PraiseLetter, self.kwargs["pk"], *related, "exemplar__collective")}


class EditPraiseLetter(ActFormView):
    permission = permissions.office
    act = "campaigns.save_praise"
    model = PraiseLetter
    form_class = PraiseLetterForm
    help = "thu-khen"
    title = "Sửa lời thư"
    success_message = "Đã lưu."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("addressee", "text", "signer")}

    def perform(self, form: PraiseLetterForm) -> Any:
        return save_praise_letter(by=self.request.user, letter=self.object, seen=self.seen, **form.cleaned_data)


class SubmitPraiseLetter(ActPostView):
    permission = permissions.office
    act = "campaigns.submit_praise"
    model = PraiseLetter
    success_message = "Đã trình Chủ tịch ký."

    def perform(self) -> Any:
        return submit_praise_letter(by=self.request.user, letter=self.object, seen=self.seen)


class SignPraiseLetter(ActPostView):
    permission = permissions.chair
    act = "campaigns.sign_praise"
    model = PraiseLetter
    success_message = "Đã ký. Đơn vị đã được báo."

    def perform(self) -> Any:
        return sign_praise_letter(by=self.request.user, letter=self.object, seen=self.seen)


class ReturnPraiseLetter(ActFormView):
    permission = permissions.chair
    act = "campaigns.return_praise"
    model = PraiseLetter
    form_class = ReturnLetterForm
    help = "thu-khen"
    success_message = "Đã trả lại Văn phòng."

    def perform(self, form: ReturnLetterForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_praise_letter(by=self.request.user, letter=self.object, reason=reason, seen=self.seen)


class PreviewPraiseLetter(ActPostView):
    permission = permissions.staff
    act = "campaigns.preview_praise"
    model = PraiseLetter

    def perform(self) -> Any:
        return preview_praise_letter(by=self.request.user, letter=self.object)
