"""Pages of what is put before the chair."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commendations.actions import presentation as actions
from commendations.forms.presentation import DecideForm, PresentationForm, ReasonForm
from commendations.models import CouncilSession, Presentation
from commendations.queries.presentation import fairness, groups, laws_of, money_day, rows_of
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct


def before_chair(presentation: Presentation) -> dict[str, Any]:
    """What the page and the chair's form both show: rows, the sum of those not refused, laws, fairness."""
    day = money_day(presentation, timezone.localdate())
    rows = rows_of(presentation, day)
    standing = [row for row in rows if row.item.approved is not False]
    return {
        "rows": rows,
        "groups": groups(rows),
        "counted": len(standing),
        "total": sum(row.amount for row in standing),
        "money_day": day,
        "laws": laws_of(rows),
        "fairness": fairness(rows),
    }


class PresentationList(ListPage):
    who = who.staff
    template_name = "commendations/presentation_list.html"
    help = "phieu-trinh"

    def rows(self) -> QuerySet[Presentation]:
        rows = Presentation.objects.visible_to(self.request.user).select_related("session", "document")
        yes, no = Count("items", filter=Q(items__approved=True)), Count("items", filter=Q(items__approved=False))
        return rows.annotate(people=Count("items"), approved=yes, refused=no).order_by("-pk")


class PresentationPage(Page):
    """One paper: the list with votes, law and money; the steps; the paper as frozen."""

    who = who.staff
    template_name = "commendations/presentation.html"
    help = "phieu-trinh"

    def content(self) -> dict[str, Any]:
        found = self.find(Presentation, self.kwargs["pk"], "session__version_of_council", "document", "commune")
        papers = [*found.decisions.order_by("pk"), *found.proposals.order_by("pk")]
        return {"object": found, "papers": papers, **before_chair(found)}


class DraftPresentation(PostAct):
    who = who.office
    act, model = "commendations.draft_presentation", CouncilSession
    done = "Đã lập phiếu trình. Kiểm tra rồi trình Chủ tịch."

    def perform(self) -> Any:
        return actions.draft_presentation(by=self.request.user, session=self.object)


class EditPresentation(ActPage):
    who = who.office
    act, model, form_class = "commendations.edit_presentation", Presentation, PresentationForm
    template_name = "commendations/presentation_edit.html"
    title, done = "Sửa ý kiến trình", "Đã lưu."

    def initial(self) -> dict[str, Any]:
        return {"form": self.object.form, "opinion": self.object.opinion}

    def perform(self, form: Any) -> Any:
        return actions.edit_presentation(
            by=self.request.user, presentation=self.object, seen=self.seen, **form.cleaned_data
        )


class Present(PostAct):
    who = who.office
    act, model, done = "commendations.present", Presentation, "Đã trình Chủ tịch."

    def perform(self) -> Any:
        return actions.present(by=self.request.user, presentation=self.object, seen=self.seen)


class Decide(ActPage):
    """The chair's page: arithmetic, law, money and fairness first, then yes or no for each."""

    who = who.chair
    act, model, form_class = "commendations.decide", Presentation, DecideForm
    template_name = "commendations/presentation_decide.html"
    title, done = (
        "Ghi quyết định của Chủ tịch",
        "Đã ghi quyết định. Văn phòng hoàn thiện các dự thảo: quyết định, tờ trình cấp trên.",
    )
    help = "chu-tich-quyet-dinh"

    def subject(self) -> Presentation:
        return self.find(Presentation, self.kwargs["pk"], "session__version_of_council", "commune", "document")

    def extra(self) -> dict[str, Any]:
        return self.shown if hasattr(self, "shown") else {}

    def form_kwargs(self) -> dict[str, Any]:
        self.shown = before_chair(self.object)
        return {"rows": self.shown["rows"]}

    def perform(self, form: Any) -> Any:
        return actions.decide(by=self.request.user, presentation=self.object, words=form.words(), seen=self.seen)


class ReturnPresentation(ActPage):
    who = who.chair
    act, model, form_class = "commendations.return_presentation", Presentation, ReasonForm
    title, done = "Trả lại phiếu trình", "Đã trả lại Văn phòng."

    def perform(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.return_presentation(
            by=self.request.user, presentation=self.object, reason=reason, seen=self.seen
        )
