"""Pages of exemplars: a unit's own, the list for staff and council, one exemplar, its review."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from campaigns.catalogue.models import ReturnReason
from campaigns.exemplars.actions.exemplar import accept_exemplar, cancel_exemplar, return_exemplar, withdraw_exemplar
from campaigns.exemplars.forms.exemplar_return import ReturnExemplarForm
from campaigns.exemplars.models.exemplar import Exemplar, ExemplarPhoto
from campaigns.exemplars.models.period import Period
from campaigns.exemplars.queries import follow_up
from campaigns.exemplars.queries.exemplar import (
    RETURN_NOTE_LABELS,
    exemplar_changes,
    exemplar_history,
    reviewed_values,
)
from campaigns.exemplars.queries.period import current_month, first_to_write, unit_periods
from campaigns.exemplars.queries.quarter_submission import submittable_exemplars
from campaigns.exemplars.queries.review import other_exemplars, review_queue
from emulation.core.photo_file import photo_response
from emulation.workflow import permissions
from emulation.workflow.authorization import check_act
from emulation.workflow.lists import PagedListView
from emulation.workflow.views import ActFormView, ActPostView, BaseView, PageView
from villages.models import Unit
from villages.queries.person_changes import leaving_words

STAFF_OR_COUNCIL = permissions.staff | permissions.council


class MyExemplarsPage(PagedListView):
    """Start page of the head of a unit: the periods to answer, and all exemplars of the unit with their state."""

    permission = permissions.unit_head
    template_name = "campaigns/month.html"
    help = "dien-hinh-thang-nay"

    def get_queryset(self) -> QuerySet[Exemplar]:
        rows = Exemplar.objects.visible_to(self.request.user).filter(unit_id__in=self.capacity.unit_ids)
        return rows.exclude(state=Exemplar.CANCELLED).for_lists().order_by("-period__opens_on", "unit__sort", "pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        today = timezone.localdate()
        units = list(Unit.objects.visible_to(self.request.user).filter(pk__in=self.capacity.unit_ids))
        items = unit_periods(units, self.commune.pk, today)
        quarters = {item.period.pk: item.period for item in items if item.period.kind == Period.QUARTER}
        return {
            **super().get_context_data(**context),
            "unit_periods": items,
            "first": first_to_write(items),
            "units": units,
            "period": current_month(self.commune, today),
            "pickable": submittable_exemplars(units, list(quarters.values())),
        }


class ExemplarPage(PageView):
    """One exemplar: its content, photos, next step and history."""

    permission = permissions.staff | permissions.council | permissions.unit_head
    template_name = "campaigns/exemplar.html"
    help = "tra-lai-dien-hinh"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        related = ("period", "unit", "person", "household", "collective", "field", "campaign", "created_by", "consent")
        exemplar = self.get_visible_or_404(Exemplar, self.kwargs["pk"], *related)
        if check_act("campaigns.accept", exemplar, self.request.user).ok:
            context |= self._review(exemplar)
        return {
            **super().get_context_data(**context),
            "outcomes": follow_up.follow_ups_of(self.request.user, [exemplar]).get(exemplar.pk, []),
            "choices": list(exemplar.choices.select_related("period")),
            "has_after": not exemplar.nothing and (exemplar.state in Exemplar.VALID or hasattr(exemplar, "consent")),
            "picks": list(exemplar.picks.select_related("period")),
            "object": exemplar,
            "left": self._left(exemplar),
            "photos": list(exemplar.photos.all()),
            "entries": exemplar_history(exemplar),
            "changes": exemplar_changes(exemplar),
            "notes": [
                (name, RETURN_NOTE_LABELS.get(name, "Lý do"), reason) for name, reason in exemplar.return_notes.items()
            ],
        }

    def _left(self, exemplar: Exemplar) -> str:
        """Why the person, or the head of the household, is in no unit any more; "" otherwise."""
        person = exemplar.person or (exemplar.household.head if exemplar.household else None)
        words = leaving_words(person) if person else ""
        return f"{person.full_name}: {words}." if person and words else ""

    def _review(self, exemplar: Exemplar) -> dict[str, Any]:
        """What the page shows besides to the office while the exemplar waits for it."""
        form = ReturnExemplarForm(**return_form_kwargs(exemplar))
        values = reviewed_values(exemplar)
        return {
            "review": [(label, values[name], usual, text) for name, label, usual, text in form.rows],
            "queue": review_queue(self.request.user, exemplar),
            "others": other_exemplars(self.request.user, exemplar, timezone.localdate()),
        }


def return_form_kwargs(exemplar: Exemplar) -> dict[str, Any]:
    """Arguments of ReturnExemplarForm: the exemplar and the commune's usual reasons."""
    return {"exemplar": exemplar, "reasons": ReturnReason.objects.of(exemplar.commune_id).filter(off=False)}


class ReviewedNextMixin:
    """After the act the office goes on with the next exemplar that waits, if it asked for that (`tiep`)."""

    request: Any

    def go_on_after(self, exemplar: Exemplar) -> Exemplar:
        if self.request.POST.get("tiep"):
            return review_queue(self.request.user, exemplar).following or exemplar
        return exemplar


class WithdrawExemplar(ActPostView):
    permission = permissions.unit_head
    act = "campaigns.withdraw"
    model = Exemplar
    success_message = "Đã rút lại. Sửa xong hãy gửi lại."

    def perform(self) -> Any:
        return withdraw_exemplar(by=self.request.user, exemplar=self.object, seen=self.seen)


class CancelExemplar(ActPostView):
    permission = permissions.unit_head
    act = "campaigns.cancel"
    model = Exemplar
    success_message = "Đã bỏ bản này."

    def perform(self) -> Any:
        cancel_exemplar(by=self.request.user, exemplar=self.object, seen=self.seen)
        return "campaigns:month"


class AcceptExemplar(ReviewedNextMixin, ActPostView):
    permission = permissions.office
    act = "campaigns.accept"
    model = Exemplar

    @property
    def success_message(self) -> str:  # type: ignore[override]
        """Names who was accepted: the next page may be that of somebody else."""
        return f"Đã chấp nhận: {self.object.nominee_alone}. Đơn vị đã được báo."

    def perform(self) -> Any:
        return self.go_on_after(accept_exemplar(by=self.request.user, exemplar=self.object, seen=self.seen))


class ReturnExemplar(ReviewedNextMixin, ActFormView):
    """Return an exemplar, with a reason for each field to correct."""

    permission = permissions.office
    act = "campaigns.return"
    model = Exemplar
    form_class = ReturnExemplarForm
    template_name = "campaigns/exemplar_return.html"
    help = "tra-lai-dien-hinh"

    @property
    def success_message(self) -> str:  # type: ignore[override]
        """Names whose exemplar was returned, as `AcceptExemplar` does."""
        return f"Đã trả lại: {self.object.nominee_alone}. Đơn vị đã được báo và thấy lý do ngay tại mục cần sửa."

    def get_object(self) -> Exemplar:
        return self.get_visible_or_404(
            Exemplar, self.kwargs["pk"], "period", "unit", "person", "household", "collective", "field"
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return return_form_kwargs(self.object)

    def form_valid(self, form: ReturnExemplarForm) -> Any:
        notes = form.notes()
        return self.go_on_after(
            return_exemplar(by=self.request.user, exemplar=self.object, notes=notes, seen=self.seen)
        )


class PhotoFile(BaseView):
    """A photo, for users who see its exemplar."""

    permission = permissions.staff | permissions.council | permissions.unit_head
    small = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        photo = self.get_visible_or_404(ExemplarPhoto, pk)
        return photo_response(photo.thumb_sha256 if self.small else photo.sha256, f"anh-{photo.pk}.jpg")


class PhotoThumb(PhotoFile):
    small = True
