"""Pages of one award of the golden register (Sổ vàng), its handover and recovery."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from commendations.actions.award_recovery import record_award_recovery
from commendations.actions.handover import handed_over_words, record_award_handover, record_award_handovers
from commendations.forms.award import AwardHandoverForm, AwardHandoversForm, AwardRecoveryForm
from commendations.models import Award, Decision
from commendations.models.nomination import proposers_text
from commendations.models.recovery_filters import TO_HAND_OVER
from commendations.queries import award as queries
from commendations.queries.award_supplement import supplement_list_of
from commendations.queries.highest_title import pay_again_words
from commendations.queries.open_amendments import mark_open_amendments
from emulation.workflow import permissions
from emulation.workflow.idempotency import is_used
from emulation.workflow.views import ActFormView, PageView
from villages.queries.same_people import about_nominees

READERS = permissions.staff | permissions.unit_head | permissions.council_member


class RegisterAwardPage(PageView):
    """One award: the arithmetic of its money, its legal bases, certificate and handovers."""

    permission = READERS
    template_name = "commendations/award.html"
    help = "so-vang"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        rows = Award.objects.visible_to(self.request.user).with_recovery()
        rows = rows.select_related("decision__document", "unit", "person", "nomination__unit").prefetch_related(
            "nomination__joint_proposals__unit",
            "handovers__reversal__reversed_by",
            "recoveries__reversal__reversed_by",
            "supplements__answers__reversal__reversed_by",
        )
        award = get_object_or_404(rows, pk=self.kwargs["pk"])
        mark_open_amendments([award], self.request.user)
        others = queries.register_rows(self.request.user).filter(about_nominees([award])).exclude(pk=award.pk)
        may_see_paper = permissions.staff.allows(self.capacity, award)
        return {
            **super().get_context_data(**context),
            "object": award,
            "proposers": proposers_text(award.units),
            "supplement_list": supplement_list_of(award.decision_id) if may_see_paper else None,
            "handovers": award.handovers.all(),
            "recoveries": award.recoveries.all(),
            "pay_again": pay_again_words(award, timezone.localdate()),
            "may_see_paper": may_see_paper,
            "others": others[:10],
            "kind_label": queries.NOMINEE_KIND_LABELS[award.nominee_kind],
        }


class AwardActView(ActFormView):
    """An act on one award: the breadcrumb names it."""

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        crumbs = [(str(self.object), self.object.get_absolute_url())]
        return {**super().get_context_data(**context), "crumbs": crumbs}


class RecordAwardHandover(AwardActView):
    permission = permissions.office | permissions.clerk | permissions.unit_head
    act = "commendations.hand_over"
    model = Award
    form_class = AwardHandoverForm
    title = "Ghi nhận trao thưởng"
    success_message = "Đã ghi vào Sổ vàng."

    def get_initial(self) -> dict[str, Any]:
        award = self.object
        day = timezone.localdate() if award.counts else None
        return {"received_by": award.word("name") if award.person_id else "", "received_on": day}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "handed": handed_over_words(self.object)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice does not ask about the handover that it recorded the first time."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:award", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> Any:
        record_award_handover(by=self.request.user, award=self.object, key=self.idempotency_key, **form.cleaned_data)
        return redirect(self.object)


class RecordAwardHandovers(ActFormView):
    """Who received on one day: of a decision those to whom nothing, or only an earlier certificate, was handed over."""

    permission = permissions.office | permissions.clerk
    act = "commendations.hand_over_awards"
    model = Decision
    form_class = AwardHandoversForm
    template_name = "commendations/decision_hand_over.html"
    title = "Ghi đã trao nhiều người"
    success_message = "Đã ghi vào Sổ vàng cho những người được chọn."
    help = "so-vang"

    def get_object(self) -> Decision:
        return self.get_visible_or_404(Decision, self.kwargs["pk"], "document")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because nothing is left to hand over."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:decision", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        rows = self.object.awards.filter(TO_HAND_OVER).with_recovery().select_related("household")
        return {**super().get_form_kwargs(), "awards": list(rows.order_by("decision_serial"))}

    def get_initial(self) -> dict[str, Any]:
        return {"received_on": timezone.localdate()}

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        shown = hasattr(self, "object")
        crumbs = [(str(self.object.document), self.object.get_absolute_url())] if shown else []
        undone = Decision.objects.for_lists().get(pk=self.object.pk) if shown else None
        return {**super().get_context_data(**context), "crumbs": crumbs, "undone": undone}

    def form_valid(self, form: AwardHandoversForm) -> Any:
        return record_award_handovers(
            by=self.request.user, decision=self.object, key=self.idempotency_key, **form.chosen()
        )


class RecordAwardRecovery(AwardActView):
    permission = permissions.office | permissions.clerk
    act = "commendations.recover_award"
    model = Award
    form_class = AwardRecoveryForm
    title = "Ghi đã thu hồi"
    success_message = "Đã ghi thu hồi."
    help = "dinh-chinh-huy-bo"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A form sent twice is not refused because nothing is left to recover."""
        if is_used(self.idempotency_key, self.commune):
            return redirect("commendations:award", kwargs["pk"])
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"recovered_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "award": self.object}

    def form_valid(self, form: Any) -> Any:
        record_award_recovery(by=self.request.user, award=self.object, key=self.idempotency_key, **form.cleaned_data)
        return redirect(self.object)
