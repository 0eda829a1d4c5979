"""Pages of the chair's thư khen."""

from typing import Any

from campaigns import actions
from campaigns.forms.letter import ReasonForm
from campaigns.forms.outcome import PraiseForm
from campaigns.models import Exemplar, PraiseLetter
from emulation.acts import who
from emulation.acts.web import ActPage, Page, PostAct

READERS = who.staff | who.unit_head


class StartPraise(PostAct):
    who, act, model = who.office, "campaigns.start_praise", Exemplar
    done = "Lời thư đã điền sẵn từ việc làm được kể. Sửa cho hợp rồi trình Chủ tịch."

    def perform(self) -> Any:
        return actions.start_praise(by=self.request.user, exemplar=self.object)


class PraisePage(Page):
    """One letter: its words, whose turn it is, the paper once signed."""

    who = READERS
    template_name = "campaigns/praise.html"
    help = "thu-khen"

    def content(self) -> dict[str, Any]:
        related = ("document", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return {"object": self.find(PraiseLetter, self.kwargs["pk"], *related, "exemplar__collective")}


class EditPraise(ActPage):
    who, act, model = who.office, "campaigns.save_praise", PraiseLetter
    form_class = PraiseForm
    help = "thu-khen"
    title = "Sửa lời thư"
    done = "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("addressee", "text", "signer")}

    def perform(self, form: PraiseForm) -> Any:
        return actions.save_praise(by=self.request.user, letter=self.object, seen=self.seen, **form.cleaned_data)


class SubmitPraise(PostAct):
    who, act, model = who.office, "campaigns.submit_praise", PraiseLetter
    done = "Đã trình Chủ tịch ký."

    def perform(self) -> Any:
        return actions.submit_praise(by=self.request.user, letter=self.object, seen=self.seen)


class SignPraise(PostAct):
    who, act, model = who.chair, "campaigns.sign_praise", PraiseLetter
    done = "Đã ký. Đơn vị đã được báo."

    def perform(self) -> Any:
        return actions.sign_praise(by=self.request.user, letter=self.object, seen=self.seen)


class ReturnPraise(ActPage):
    who, act, model = who.chair, "campaigns.return_praise", PraiseLetter
    form_class = ReasonForm
    help = "thu-khen"
    done = "Đã trả lại Văn phòng."

    def perform(self, form: ReasonForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_praise(by=self.request.user, letter=self.object, reason=reason, seen=self.seen)


class PreviewPraise(PostAct):
    who, act, model = who.staff, "campaigns.preview_praise", PraiseLetter

    def perform(self) -> Any:
        return actions.preview_praise(by=self.request.user, letter=self.object)
