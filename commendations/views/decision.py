"""Pages of the decision, from draft to number."""

from dataclasses import fields
from typing import Any

from django.contrib import messages
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from commendations.actions import decision as actions
from commendations.forms.decision import DecisionForm, IssueForm
from commendations.forms.presentation import ReasonForm
from commendations.models import Decision
from commendations.queries.decision import disagreements, lines_of
from emulation.acts import who
from emulation.acts.web import ActPage, ListPage, Page, PostAct
from emulation.core.words import money_words
from emulation.documents.models import Draft
from emulation.documents.queries import document_files, draft_files


class DecisionList(ListPage):
    who = who.staff
    template_name = "commendations/decision_list.html"
    help = "quyet-dinh"

    def rows(self) -> QuerySet[Decision]:
        rows = Decision.objects.visible_to(self.request.user).select_related("document", "presentation__session")
        mine = Q(presentation__items__approved=True, presentation__items__nomination__award_code=F("award_code"))
        approved = Count("presentation__items", filter=mine)
        return rows.annotate(people=approved).order_by(F("issued_on").desc(nulls_first=True), "-pk")


class DecisionPage(Page):
    """One decision: its list with money, what disagrees, the paper (draft, bản trình ký or issued), the giấy, bằng."""

    who = who.staff
    template_name = "commendations/decision.html"
    help = "quyet-dinh"

    def content(self) -> dict[str, Any]:
        related = ("document", "commune", "presentation__session__version_of_council", "presentation__document")
        found = self.find(Decision, self.kwargs["pk"], *related)
        return {"object": found, **(self.issued(found) if found.document else self.draft(found))}

    def draft(self, found: Decision) -> dict[str, Any]:
        listed = lines_of(found, found.expected_on)
        total = sum(line.amount for line in listed)
        draft = Draft.objects.filter(commune=found.commune, key=actions.draft_key(found)).first()
        files = draft_files(draft) if draft else []
        return {
            "lines": listed,
            "total": total,
            "total_words": money_words(total),
            "against": disagreements(found),
            "draft": draft,
            "files": [line for line in files if line.there],
        }

    def issued(self, found: Decision) -> dict[str, Any]:
        assert found.document is not None
        awards = list(found.awards.select_related("certificate").order_by("decision_serial"))
        total = sum(award.amount for award in awards)
        files = document_files(found.document)
        return {
            "awards": awards,
            "total": total,
            "total_words": money_words(total),
            "files": [line for line in files if line.there],
            "batch": next((line for line in files if line.format == "all"), None),
            "printable": any(award.certificate_id for award in awards),
        }


class CertificateProgress(DecisionPage):
    """The part of the page that tells how far the giấy khen are; the browser asks for it while they are being made."""

    template_name = "commendations/decision_batch.html"


class EditDecision(ActPage):
    who = who.office
    act, model, form_class = "commendations.edit_decision", Decision, DecisionForm
    template_name = "commendations/presentation_edit.html"
    title, done = "Sửa dự thảo quyết định", "Đã lưu dự thảo."
    help = "quyet-dinh"

    def initial(self) -> dict[str, Any]:
        return {field.name: getattr(self.object, field.name) for field in fields(actions.Wording)}

    def perform(self, form: Any) -> Any:
        return actions.edit_decision(by=self.request.user, decision=self.object, wording=form.wording(), seen=self.seen)


class ToSignature(PostAct):
    who = who.office
    act, model, done = "commendations.to_signature", Decision, "Đã lập bản trình ký: số và ngày để trống cho bút ký."

    def perform(self) -> Any:
        return actions.to_signature(by=self.request.user, decision=self.object, seen=self.seen)


class BackToDraft(ActPage):
    who = who.office | who.clerk
    act, model, form_class = "commendations.back_to_draft", Decision, ReasonForm
    title, done = "Đưa về dự thảo", "Đã đưa về dự thảo. Bản trình ký cũ không còn dùng được."

    def perform(self, form: Any) -> Any:
        return actions.back_to_draft(
            by=self.request.user, decision=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class Issue(ActPage):
    """The clerk's page: the day of signing, then the number. Whoever comes second is led to what was issued."""

    who = who.clerk
    act, model, form_class = "commendations.issue", Decision, IssueForm
    template_name = "commendations/decision_issue.html"
    title = "Lấy số, ban hành"
    help = "ban-hanh-quyet-dinh"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.issued_already() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.issued_already() or super().post(request, *args, **kwargs)

    def issued_already(self) -> HttpResponse | None:
        self.setup_subject()
        if self.object.state != "issued" or not self.who.test(self.standing, self.object):
            return None
        messages.info(self.request, f"{self.object.document} đã ban hành, không cấp thêm số.")
        return redirect(self.object)

    def subject(self) -> Decision:
        return self.find(Decision, self.kwargs["pk"], "document", "commune", "presentation")

    def extra(self) -> dict[str, Any]:
        signed = self.object.signed_list if hasattr(self, "object") else []
        return {"signed": signed, "total": sum(row["amount"] for row in signed)}

    def perform(self, form: Any) -> Any:
        issued = actions.issue(by=self.request.user, decision=self.object, seen=self.seen, **form.cleaned_data)
        messages.success(
            self.request, f"Đã ban hành {issued.document}. Danh sách, Sổ vàng và giấy, bằng (nếu có) đã được ghi."
        )
        return issued


class PrintCertificates(PostAct):
    who = who.office | who.clerk
    act, model = "commendations.print_certificates", Decision
    done = "Đang tạo một tệp PDF cho tất cả giấy, bằng."

    def perform(self) -> Any:
        actions.print_certificates(by=self.request.user, decision=self.object)
        return redirect(f"{self.object.get_absolute_url()}#giay-khen")


class MoneyList(PostAct):
    who = who.office | who.clerk
    act, model, done = "commendations.money_list", Decision, "Đã lập danh sách chi tiền."

    def perform(self) -> Any:
        return actions.money_list(by=self.request.user, decision=self.object)
