"""Pages of the chair's thư khen."""

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
from emulation.acts import who
from emulation.acts.web import ActPage, Page, PostAct

READERS = who.staff | who.unit_head


class StartPraiseLetter(PostAct):
    who, act, model = who.office, "campaigns.start_praise", Exemplar
    done = "Lời thư đã điền sẵn từ việc làm được kể. Sửa cho hợp rồi trình Chủ tịch."

    def perform(self) -> Any:
        return start_praise_letter(by=self.request.user, exemplar=self.object)


class PraiseLetterPage(Page):
    """One letter: its words, whose turn it is, the paper once signed."""

    who = READERS
    template_name = "campaigns/praise.html"
    help = "thu-khen"

    def content(self) -> dict[str, Any]:
        related = ("document", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return {"object": self.find(PraiseLetter, self.kwargs["pk"], *related, "exemplar__collective")}


class EditPraiseLetter(ActPage):
    who, act, model = who.office, "campaigns.save_praise", PraiseLetter
    form_class = PraiseLetterForm
    help = "thu-khen"
    title = "Sửa lời thư"
    done = "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("addressee", "text", "signer")}

    def perform(self, form: PraiseLetterForm) -> Any:
        return save_praise_letter(by=self.request.user, letter=self.object, seen=self.seen, **form.cleaned_data)


class SubmitPraiseLetter(PostAct):
    who, act, model = who.office, "campaigns.submit_praise", PraiseLetter
    done = "Đã trình Chủ tịch ký."

    def perform(self) -> Any:
        return submit_praise_letter(by=self.request.user, letter=self.object, seen=self.seen)


class SignPraiseLetter(PostAct):
    who, act, model = who.chair, "campaigns.sign_praise", PraiseLetter
    done = "Đã ký. Đơn vị đã được báo."

    def perform(self) -> Any:
        return sign_praise_letter(by=self.request.user, letter=self.object, seen=self.seen)


class ReturnPraiseLetter(ActPage):
    who, act, model = who.chair, "campaigns.return_praise", PraiseLetter
    form_class = ReturnLetterForm
    help = "thu-khen"
    done = "Đã trả lại Văn phòng."

    def perform(self, form: ReturnLetterForm) -> Any:
        reason = form.cleaned_data["reason"]
        return return_praise_letter(by=self.request.user, letter=self.object, reason=reason, seen=self.seen)


class PreviewPraiseLetter(PostAct):
    who, act, model = who.staff, "campaigns.preview_praise", PraiseLetter

    def perform(self) -> Any:
        return preview_praise_letter(by=self.request.user, letter=self.object)
