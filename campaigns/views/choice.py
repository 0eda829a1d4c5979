"""Pages of the shortlist: what a period has, who is chosen, what the public sees; a unit's word for the quarter."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from campaigns import actions
from campaigns.forms.choice import ChoiceForm, ChooseForm, PublishForm, WhyForm
from campaigns.models import Choice, Exemplar, Period
from campaigns.queries import choice as queries
from campaigns.queries.outcome import outcomes_of
from emulation.acts import who
from emulation.acts.web import ActPage, Page, PostAct

READERS = who.staff | who.council


class Chosen(Page):
    """The list of a period: coverage, who is chosen with consent and what followed, the paper, the public page."""

    who = READERS
    template_name = "campaigns/chosen.html"
    help = "chon-dien-hinh"

    def content(self) -> dict[str, Any]:
        period = self.find(Period, self.kwargs["pk"])
        found = queries.candidates(period)
        choices = list(queries.chosen(period))
        return {
            "period": period,
            "coverage": queries.coverage(period, found),
            "accepted": len(found),
            "lines": [(row, queries.why_not_public(row)) for row in choices],
            "published": sum(bool(row.published_on) for row in choices),
            "outcomes": outcomes_of(self.request.user, [row.exemplar for row in choices]),
            "chosen_list": queries.list_of(period),
        }


class Choose(ActPage):
    """Marking several at once: the page, the names once more, then the act."""

    who, act, model = who.office, "campaigns.choose", Period
    form_class = ChooseForm
    template_name = "campaigns/choose.html"
    help = "chon-dien-hinh"

    def form_kwargs(self) -> dict[str, Any]:
        self.found = queries.candidates(self.object)
        return {"rows": self.found}

    def extra(self) -> dict[str, Any]:
        if not hasattr(self, "found"):
            return {}
        return {"found": self.found, "coverage": queries.coverage(self.object, self.found), "period": self.object}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.setup_subject() and request.POST.get("do") != "confirm":
            form = self.form(request.POST)
            if form.is_valid():
                back = request.POST.get("do") == "back"
                return self.render(
                    self.template_name,
                    form=form,
                    object=self.object,
                    preview=None if back else form.named(),  # type: ignore[attr-defined]
                )
        return super().post(request, *args, **kwargs)

    def perform(self, form: ChooseForm) -> Any:
        made = actions.choose(
            by=self.request.user,
            period=self.object,
            exemplars=[row.exemplar for row in form.named()],
            note=form.cleaned_data["note"],
        )
        messages.success(self.request, f"Đã chọn {len(made)} điển hình vào danh sách. Các đơn vị đã được báo.")
        return redirect("campaigns:chosen", self.object.pk)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        return self.render(self.template_name, status=status, form=form, object=self.object)


class OfChoice(ActPage):
    """Base of the acts on one who is chosen."""

    who = who.office
    model = Choice
    template_name = "campaigns/choice_act.html"
    help = "chon-dien-hinh"

    def subject(self) -> Choice:
        related = ("period", "exemplar__unit", "exemplar__period", "exemplar__person", "exemplar__household")
        return self.find(Choice, self.kwargs["pk"], *related, "exemplar__collective")


class EditChoice(OfChoice):
    act, form_class = "campaigns.edit_choice", ChoiceForm
    title, done = "Sửa lời", "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return ChoiceForm.initial_of(self.object)

    def perform(self, form: ChoiceForm) -> Any:
        return actions.edit_choice(by=self.request.user, choice=self.object, **form.cleaned_data)


class Strike(OfChoice):
    act, form_class = "campaigns.strike", WhyForm
    done = "Đã bỏ khỏi danh sách. Đơn vị đã được báo."

    def perform(self, form: WhyForm) -> Any:
        back = self.object.get_absolute_url()
        actions.strike(by=self.request.user, choice=self.object, **form.cleaned_data)
        return back


class TakeDown(OfChoice):
    act, form_class = "campaigns.take_down", WhyForm
    done = "Đã gỡ khỏi trang công khai."

    def perform(self, form: WhyForm) -> Any:
        return actions.take_down(by=self.request.user, choice=self.object, **form.cleaned_data)


class Publish(ActPage):
    """Who will be shown and who will not, with the reason; then the act."""

    who, act, model = who.office, "campaigns.publish", Period
    form_class = PublishForm
    template_name = "campaigns/publish.html"
    help = "dang-dien-hinh"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def extra(self) -> dict[str, Any]:
        if not hasattr(self, "object"):
            return {}
        waiting = [(row, queries.why_not_public(row)) for row in queries.chosen(self.object) if not row.published_on]
        return {
            "period": self.object,
            "ready": [row for row, reason in waiting if not reason],
            "left": [(row, reason) for row, reason in waiting if reason],
        }

    def perform(self, form: PublishForm) -> Any:
        shown, left = actions.publish(by=self.request.user, period=self.object)
        kept = f" Còn {len(left)} điển hình chưa đăng được." if left else ""
        messages.success(self.request, f"Đã đăng {len(shown)} điển hình.{kept}")
        return redirect("campaigns:chosen", self.object.pk)


class Unpublish(ActPage):
    who, act, model = who.office, "campaigns.unpublish", Period
    form_class = WhyForm
    help = "dang-dien-hinh"
    title = "Gỡ cả kỳ khỏi trang công khai"

    def perform(self, form: WhyForm) -> Any:
        count = actions.unpublish(by=self.request.user, period=self.object, **form.cleaned_data)
        messages.success(self.request, f"Đã gỡ {count} điển hình khỏi trang công khai.")
        return redirect("campaigns:chosen", self.object.pk)


class Pick(PostAct):
    """One tap: this exemplar of a month stands for the quarter."""

    who, act, model = who.unit_head, "campaigns.pick", Exemplar
    done = "Đã đề xuất cho quý. Đơn vị coi như đã trả lời của quý."

    def back(self) -> Any:
        return "campaigns:month"

    def perform(self) -> Any:
        actions.pick(by=self.request.user, exemplar=self.object)
        return "campaigns:month"


class Unpick(Pick):
    act, done = "campaigns.unpick", "Đã rút đề xuất cho quý."

    def perform(self) -> Any:
        actions.unpick(by=self.request.user, exemplar=self.object)
        return "campaigns:month"
