"""Pages of nominations: the list, a case, its forms."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.models import Exemplar
from commendations.actions import nomination as actions
from commendations.flow.nomination import NOMINATION_STATES
from commendations.forms.nomination import (
    RETURN_NOTE_LABELS,
    CaseReasonForm,
    ChecklistForm,
    NominationAwardForm,
    NominationForm,
    NomineeForm,
    ReturnNominationForm,
)
from commendations.models import Award, Nomination, Proposal, SessionItem
from commendations.queries import catalogue
from commendations.queries import nomination as queries
from commendations.queries.eligibility import (
    ReadableVerdict,
    award_eligibilities,
    nomination_verdict,
    nominee_of,
    readable_verdict,
)
from commendations.queries.session import vote_summary
from emulation.communes.models import Commune
from emulation.communes.roles import Role
from emulation.core.errors import RuleBroken
from emulation.documents.models import IssuedDocument
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.views import ActFormView, ActPostView, PagedListView, PageView
from villages.models import RESTRICTED_READERS, Unit

READERS = permissions.staff | permissions.unit_head | permissions.council_member
WRITERS = permissions.office | permissions.unit_head
NOMINEE_RELATIONS = ("unit", "person", "household", "collective")


class NominationList(PagedListView):
    """Every nomination that one may see, by state and unit, searched without marks."""

    permission = READERS
    template_name = "commendations/nomination_list.html"
    help = "de-nghi-khen-thuong"

    def get_queryset(self) -> QuerySet[Nomination]:
        rows = Nomination.objects.visible_to(self.request.user)
        self.unit = self.request.GET.get("don-vi", "")
        if self.unit.isdecimal():
            rows = rows.filter(unit_id=int(self.unit[:12]))
        self.counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        self.awards = queries.requested_award_codes(rows)
        self.award = self.request.GET.get("danh-hieu", "")
        if self.award in self.awards:
            rows = rows.filter(award_code=self.award)
        self.state = self.request.GET.get("trang-thai", "")
        if self.state in NOMINATION_STATES:
            rows = rows.filter(state=self.state)
        return rows.for_lists().order_by("-state_since", "-pk")

    def search(self, rows: QuerySet[Nomination], words: str) -> QuerySet[Nomination]:
        return queries.search_nominations(rows, words)

    def get_context_data(self) -> dict[str, Any]:
        content = super().get_context_data()
        address = f"?don-vi={self.unit}&" if self.unit.isdecimal() else "?"
        if self.award in self.awards:
            address += f"danh-hieu={self.award}&"
        chips = [
            {
                "label": "Tất cả",
                "url": address,
                "active": self.state not in NOMINATION_STATES,
                "count": sum(self.counts.values()),
            }
        ]
        chips += [
            {
                "label": state.label,
                "url": f"{address}trang-thai={name}",
                "active": name == self.state,
                "count": self.counts[name],
            }
            for name, state in NOMINATION_STATES.items()
            if self.counts.get(name)
        ]
        units = Unit.objects.visible_to(self.request.user)
        if not self.capacity.has(Role.office, Role.clerk, Role.chair, Role.council_member):
            units = units.filter(pk__in=self.capacity.unit_ids)
        return {
            **content,
            "chips": chips,
            "units": units,
            "unit": self.unit,
            "state": self.state,
            "commune": self.commune,
            "award": self.award,
            "awards": self.awards,
            "named": catalogue.award_names_on(self.commune.pk, timezone.localdate()),
        }


class NominationPage(PageView):
    """One case: whose turn it is, what it says, its checklist, papers, votes and way so far."""

    permission = READERS
    template_name = "commendations/nomination.html"
    help = "de-nghi-khen-thuong"

    def get_context_data(self) -> dict[str, Any]:
        case = self.get_visible_or_404(
            Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS, "exemplar__period", "campaign", "commune"
        )
        user = self.request.user
        papers = (
            IssuedDocument.objects.visible_to(user).filter(key__startswith=f"nomination:{case.pk}:").order_by("-pk")
        )
        items = (
            SessionItem.objects.visible_to(user).filter(nomination=case).select_related("session__version_of_council")
        )
        item = items.order_by("-pk").first()
        office = self.capacity.has(Role.office)
        return {
            "object": case,
            "why": self.why(case),
            "asked": queries.requested_award(case, timezone.localdate()),
            "entries": queries.nomination_timeline(case),
            "checks": queries.checklist_rows(case),
            "papers": queries.nomination_paper_links(case, papers),
            "notes": [(RETURN_NOTE_LABELS.get(name, "Lý do"), reason) for name, reason in case.return_notes.items()],
            "concerns": queries.nomination_concerns(case) if office else [],
            "photos": list(case.exemplar.photos.all()) if case.exemplar else [],
            "item": item,
            "award": Award.objects.visible_to(user)
            .filter(nomination=case)
            .select_related("decision__document")
            .first(),
            "proposal": Proposal.objects.visible_to(user)
            .filter(chair_submission__items__nomination=case, award_code=case.award_code)
            .first(),
            "vote": item
            and vote_summary(item, item.session, item.session.members(), len(item.session.presence().absent)),
        }

    def why(self, case: Nomination) -> ReadableVerdict | None:
        """How the law judges the case today, while it is not decided; nothing where the law kept here does not reach."""
        if case.state not in queries.UNDECIDED_STATES or not case.nominee_kind:
            return None
        whole = self.capacity.has(*RESTRICTED_READERS)
        try:
            verdict = nomination_verdict(case, timezone.localdate(), whole=whole)
        except RuleBroken:
            return None
        return readable_verdict(verdict, whole=whole) if verdict else None


class NominateExemplar(ActPostView):
    """From an exemplar to a nomination in one act."""

    permission, act, model = permissions.office, "campaigns.mark_nominated", Exemplar
    success_message = "Đã lập hồ sơ đề nghị từ điển hình. Xem lại, bổ sung rồi nộp."

    def perform(self) -> Any:
        return actions.nominate_exemplar(by=self.request.user, exemplar=self.object)


class StartNomination(ActFormView):
    """A nomination without an exemplar."""

    permission, act, model = WRITERS, "commendations.start", Commune
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Lập đề nghị khen thưởng"

    def get_object(self) -> Commune:
        return self.commune

    def units(self) -> QuerySet[Unit]:
        units = Unit.objects.visible_to(self.request.user).in_force(timezone.localdate())
        return units if self.capacity.has(Role.office) else units.filter(pk__in=self.capacity.unit_ids)

    def get_form(self, *data: Any) -> Any:
        asked = self.request.POST.get("unit") or self.request.GET.get("don-vi", "")
        units = list(self.units())
        unit = next((unit for unit in units if str(unit.pk) == asked), units[0] if len(units) == 1 else None)
        self.words = (self.request.GET.get("tim") or self.request.POST.get("tim", ""))[:100]
        self.award = (self.request.POST.get("danh-hieu") or self.request.GET.get("danh-hieu", ""))[:12]
        year = self.request.POST.get("nam") or self.request.GET.get("nam", "")
        self.year = int(year) if year.isdecimal() and len(year) == 4 else None
        form = NomineeForm(*data, user=self.request.user, unit=unit, words=self.words, optional=True)
        form.units = units
        return form

    def perform(self, form: NomineeForm) -> Any:
        asked = actions.AwardRequest(self.award, self.year) if self.award else actions.AwardRequest()
        case = actions.start_nomination(
            by=self.request.user,
            unit=form.unit,
            nominee=form.cleaned_data["nominee"],
            asked=asked,
            idempotency_key=self.idempotency_key,
        )
        known = self.award or not case.nominee_kind
        return redirect("commendations:edit" if known else "commendations:award_of", case.pk)

    def get_extra_context(self) -> dict[str, Any]:
        """The award and year of a case that others follow ("thêm người nữa cùng danh hiệu")."""
        award = getattr(self, "award", "")
        known = catalogue.award_names_on(self.commune.pk, timezone.localdate()).get(award) if award else None
        return {"award": award if known else "", "year": getattr(self, "year", None), "award_name": known}


class ChangeNominee(ActFormView):
    """Another nominee for the case."""

    permission, act, model = WRITERS, "commendations.edit", Nomination
    template_name = "commendations/nomination_start.html"
    help = "de-nghi-khen-thuong"
    title = "Chọn người được đề nghị"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form(self, *data: Any) -> Any:
        words = (self.request.GET.get("tim") or self.request.POST.get("tim", ""))[:100]
        return NomineeForm(*data, user=self.request.user, unit=self.object.unit, words=words)

    def perform(self, form: NomineeForm) -> Any:
        before = self.object.award_code
        actions.change_nominee(
            by=self.request.user, nomination=self.object, nominee=form.cleaned_data["nominee"], seen=self.seen
        )
        if self.object.award_code != before:
            messages.warning(self.request, "Danh hiệu đã chọn không dành cho đối tượng mới nên đã trở về Giấy khen.")
        return redirect("commendations:edit", self.object.pk)


class ChooseAward(ActFormView):
    """Another award, or another year, for the case."""

    permission, act, model, form_class = WRITERS, "commendations.edit", Nomination, NominationAwardForm
    template_name = "commendations/nomination_award.html"
    help = "chon-danh-hieu"
    title = "Chọn danh hiệu, hình thức khen thưởng"

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        case, today = self.object, timezone.localdate()
        found = (
            catalogue.award_offers(case.commune_id, case.nominee_kind, case.unit, today) if case.nominee_kind else []
        )
        return {"offers": found, "initial": {"award": case.award_code, "year": case.award_year}}

    def get_extra_context(self) -> dict[str, Any]:
        """How the nominee stands towards each award today, by its code: a hint, nothing is forbidden here."""
        someone = nominee_of(self.object) if hasattr(self, "object") else None
        if someone is None:
            return {}
        today, whole = timezone.localdate(), self.capacity.has(*RESTRICTED_READERS)
        found = award_eligibilities(someone, self.object.award_year, today, today, whole=whole)
        return {"standings": {one.shown.verdict.award: one.shown for one in found}}

    def perform(self, form: NominationAwardForm) -> Any:
        actions.choose_award(by=self.request.user, nomination=self.object, asked=form.asked(), seen=self.seen)
        return redirect("commendations:edit", self.object.pk)


class EditNomination(ActFormView):
    """Writing a nomination. What is valid is kept even when something else is wrong; "submit" also sends it."""

    permission, act, model = WRITERS, "commendations.edit", Nomination
    form_class = NominationForm
    template_name = "commendations/nomination_form.html"
    help = "de-nghi-khen-thuong"
    kept = False

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object, "kinds": queries.nomination_kinds(self.object)}

    def perform(self, form: NominationForm) -> Any:
        actions.save_nomination(by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen)
        self.kept = True
        if self.request.POST.get("do") == "submit":
            actions.submit_nomination(by=self.request.user, nomination=self.object)
            messages.success(self.request, "Đã nộp. Báo cáo thành tích và giấy đề nghị đã chốt, có thể in để ký.")
        else:
            messages.success(self.request, "Đã lưu. Đề nghị chưa được nộp cho đến khi bấm “Nộp đề nghị”.")
        return self.object

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        if status == 422 and not self.kept and check_act(self.act, self.object, self.request.user):
            self.kept = self._keep(form)
        fresh = self.kept or not form.is_bound
        return self.render(
            self.template_name,
            status=status,
            form=form,
            object=self.object,
            kept=self.kept,
            seen=self.object.version if fresh else self.request.POST.get("seen", ""),
            asked=queries.requested_award(self.object, timezone.localdate()),
            nominee_note=self.object.return_notes.get("nominee", ""),
            award_note=self.object.return_notes.get("award", ""),
            file_note=self.object.return_notes.get("file", ""),
        )

    def _keep(self, form: Any) -> bool:
        """Saves the fields that are right, so that a mistake in one loses nothing of the others."""
        try:
            actions.save_nomination(
                by=self.request.user, nomination=self.object, content=form.content(), seen=self.seen
            )
        except RuleBroken:
            return False
        return True


class PreviewNomination(ActPostView):
    """One of the two papers as it would be frozen now."""

    permission, act, model = WRITERS, "commendations.preview", Nomination

    def perform(self) -> Any:
        which = "request" if self.request.POST.get("giay") == "de-nghi" else "report"
        return actions.preview_nomination(by=self.request.user, nomination=self.object, which=which)


class SubmitNomination(ActPostView):
    permission, act, model = WRITERS, "commendations.submit", Nomination
    success_message = "Đã nộp. Báo cáo thành tích và giấy đề nghị đã chốt, có thể in để ký."

    def perform(self) -> Any:
        return actions.submit_nomination(by=self.request.user, nomination=self.object, seen=self.seen)


class WithdrawNomination(ActFormView):
    permission, act, model = WRITERS, "commendations.withdraw", Nomination
    form_class = CaseReasonForm
    help = "de-nghi-khen-thuong"
    success_message = "Đã rút đề nghị."

    def perform(self, form: CaseReasonForm) -> Any:
        return actions.withdraw_nomination(
            by=self.request.user, nomination=self.object, reason=form.cleaned_data["reason"], seen=self.seen
        )


class ReturnNomination(ActFormView):
    """Sending the file back with a reason at each place that is to be mended."""

    permission, act, model = permissions.office, "commendations.return", Nomination
    form_class = ReturnNominationForm
    template_name = "commendations/nomination_return.html"
    help = "tham-dinh-ho-so"
    success_message = "Đã trả lại. Đơn vị đã được báo và thấy lý do ngay tại mục cần sửa."

    def perform(self, form: ReturnNominationForm) -> Any:
        return actions.return_nomination(
            by=self.request.user, nomination=self.object, notes=form.notes(), seen=self.seen
        )


class CheckNomination(ActFormView):
    """The checklist of the day on which the file came."""

    permission, act, model = permissions.office, "commendations.check", Nomination
    form_class = ChecklistForm
    template_name = "commendations/nomination_check.html"
    help = "tham-dinh-ho-so"
    success_message = "Đã ghi kết quả kiểm tra hồ sơ."

    def get_object(self) -> Nomination:
        return self.get_visible_or_404(Nomination, self.kwargs["pk"], *NOMINEE_RELATIONS)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"nomination": self.object}

    def perform(self, form: ChecklistForm) -> Any:
        # One transaction: marks that do not make the file complete leave no new version for the second try to trip over.
        with transaction.atomic():
            actions.save_checklist(by=self.request.user, nomination=self.object, marks=form.marks(), seen=self.seen)
            if self.request.POST.get("do") == "complete":
                actions.complete_nomination(by=self.request.user, nomination=self.object)
        return self.object


class CompleteNomination(ActPostView):
    permission, act, model = permissions.office, "commendations.complete", Nomination
    success_message = "Hồ sơ hợp lệ, có thể đưa vào phiên họp Hội đồng."

    def perform(self) -> Any:
        return actions.complete_nomination(by=self.request.user, nomination=self.object, seen=self.seen)
