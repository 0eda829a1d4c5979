"""Pages of what goes up to the superior, and of what came back."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from commendations.actions import proposal as actions
from commendations.forms.presentation import ReasonForm
from commendations.forms.proposal import IssueProposalForm, OutcomeForm, ProposalForm, RefusedForm
from commendations.models import Nomination, Proposal
from commendations.queries.decision import lines_of
from commendations.queries.nomination import asked
from commendations.queries.proposal import disagreements
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.documents.models import Draft

NOMINEE = ("unit", "person", "household", "collective", "commune")


class ProposalList(ListPage):
    who = who.staff
    template_name = "commendations/proposal_list.html"
    help = "trinh-cap-tren"

    def rows(self) -> QuerySet[Proposal]:
        rows = Proposal.objects.visible_to(self.request.user).select_related("document", "presentation__session")
        mine = Q(presentation__items__approved=True, presentation__items__nomination__award_code=F("award_code"))
        over = mine & Q(presentation__items__nomination__state__in=["awarded_above", "refused_above"])
        return rows.annotate(
            people=Count("presentation__items", filter=mine), answered=Count("presentation__items", filter=over)
        ).order_by(F("issued_on").desc(nulls_first=True), "-pk")


class ProposalPage(Page):
    """One tờ trình: its list, what disagrees, the paper, and how far the answers of the superior have come."""

    who = who.staff
    template_name = "commendations/proposal.html"
    help = "trinh-cap-tren"

    def content(self) -> dict[str, Any]:
        related = ("document", "commune", "presentation__session__version_of_council", "presentation__document")
        found = self.find(Proposal, self.kwargs["pk"], *related)
        draft = Draft.objects.filter(commune=found.commune, key=actions.proposal_key(found)).first()
        return {
            "object": found,
            "lines": lines_of(found, found.issued_on or found.expected_on),
            "against": [] if found.document else disagreements(found),
            "draft": None if found.document else draft,
        }


class EditProposal(ActPage):
    who = who.office
    act, model, form_class = "commendations.edit_proposal", Proposal, ProposalForm
    template_name = "commendations/presentation_edit.html"
    title, done = "Sửa dự thảo tờ trình", "Đã lưu dự thảo."
    help = "trinh-cap-tren"

    def initial(self) -> dict[str, Any]:
        return {field.name: getattr(self.object, field.name) for field in fields(actions.ProposalWording)}

    def perform(self, form: Any) -> Any:
        return actions.edit_proposal(by=self.request.user, proposal=self.object, wording=form.wording(), seen=self.seen)


class ToSignature(PostAct):
    who = who.office
    act, model = "commendations.proposal_to_signature", Proposal
    done = "Đã lập bản trình ký: số và ngày để trống cho bút ký."

    def perform(self) -> Any:
        return actions.proposal_to_signature(by=self.request.user, proposal=self.object, seen=self.seen)


class BackToDraft(ActPage):
    who = who.office | who.clerk
    act, model, form_class = "commendations.proposal_back", Proposal, ReasonForm
    title, done = "Đưa về dự thảo", "Đã đưa về dự thảo. Bản trình ký cũ không còn dùng được."
    help = "trinh-cap-tren"

    def perform(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.proposal_back(by=self.request.user, proposal=self.object, reason=reason, seen=self.seen)


class Issue(ActPage):
    """The clerk's page: the day of signing, then the number."""

    who = who.clerk
    act, model, form_class = "commendations.issue_proposal", Proposal, IssueProposalForm
    title = "Lấy số tờ trình"
    help = "trinh-cap-tren"

    def perform(self, form: Any) -> Any:
        issued = actions.issue_proposal(by=self.request.user, proposal=self.object, seen=self.seen, **form.cleaned_data)
        messages.success(self.request, f"Đã ban hành {issued.document}. Văn phòng ghi kết quả khi cấp trên trả lời.")
        return issued


class _Outcome(ActPage):
    """What came back from above for one nomination."""

    who, model = who.office, Nomination
    help = "trinh-cap-tren"

    def subject(self) -> Nomination:
        return self.find(Nomination, self.kwargs["pk"], *NOMINEE)


class AwardAbove(_Outcome):
    act, form_class = "commendations.award_above", OutcomeForm
    title, done = "Cấp trên đã khen thưởng", "Đã ghi kết quả, đơn vị và người liên quan đã được báo."

    def initial(self) -> dict[str, Any]:
        return {"issuer": asked(self.object, timezone.localdate()).decider.label}

    def perform(self, form: OutcomeForm) -> Any:
        return actions.award_above(by=self.request.user, nomination=self.object, outcome=form.outcome(), seen=self.seen)


class RefuseAbove(_Outcome):
    act, form_class = "commendations.refuse_above", RefusedForm
    title, done = "Cấp trên không khen thưởng", "Đã ghi kết quả, đơn vị và người liên quan đã được báo."

    def perform(self, form: RefusedForm) -> Any:
        reason = form.cleaned_data["reason"]
        return actions.refuse_above(by=self.request.user, nomination=self.object, reason=reason, seen=self.seen)
