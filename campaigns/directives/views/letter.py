"""Pages of the commune's own letters: list, one letter, its editing, the receipt of a unit."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from campaigns.directives.actions.letter import (
    acknowledge_letter,
    letter_approval,
    start_letter,
)
from campaigns.directives.forms.letter import LetterForm
from campaigns.directives.models.directive import Directive
from campaigns.directives.models.letter import Letter, LetterReceipt
from campaigns.directives.queries import directive, duty
from campaigns.directives.queries import letter as queries
from emulation.documents.approval.views import EditPaperView
from emulation.workflow import permissions
from emulation.workflow.lists import ListColumn, PagedListView
from emulation.workflow.views import ActPostView, PageView
from emulation.workflow.workflow import state_of

READERS = permissions.staff | permissions.unit_head | permissions.council_member | permissions.superior
BOARD_READERS = permissions.staff | permissions.council_member


class StartLetter(ActPostView):
    permission = permissions.office
    act = "campaigns.start_letter"
    model = Directive

    def perform(self) -> Any:
        return start_letter(by=self.request.user, directive=self.object)


class LetterList(PagedListView):
    """The commune's letters; staff also see how many units acknowledged."""

    permission = READERS
    template_name = "campaigns/letter_list.html"
    help = "nhan-cong-van"
    title = "Công văn của xã"
    columns = (
        ListColumn("Trích yếu", lambda row: row.subject, width=56),
        ListColumn("Số", lambda row: row.document.reference if row.document else "", width=16),
        ListColumn("Ngày", lambda row: row.issued_on, width=14),
        ListColumn("Tình trạng", lambda row: state_of(row).label),
        ListColumn("Đơn vị nhận", lambda row: row.addressed, width=12),
        ListColumn("Đã nhận", lambda row: row.received, width=12),
    )

    def get_queryset(self) -> QuerySet[Letter]:
        return queries.with_receipts(Letter.objects.visible_to(self.request.user)).order_by("-pk")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**super().get_context_data(**context), "boards": BOARD_READERS.allows(self.capacity, None)}


class LetterPage(PageView):
    permission = READERS
    template_name = "campaigns/letter.html"
    help = "nhan-cong-van"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        letter = self.get_visible_or_404(Letter, self.kwargs["pk"], "directive", "document", "commune")
        staff = permissions.staff.allows(self.capacity, letter)
        sent = letter.is_sent
        return {
            **super().get_context_data(**context),
            "object": letter,
            "resubmitted": letter_approval.changes(letter) if staff else None,
            "groups": [(label, getattr(letter, name)) for name, label in Letter.GROUPS],
            "chain": self._chain(letter, staff),
            "own_receipts": duty.unit_letters_of(letter, self.request.user),
            "above": letter.lines.visible_to(self.request.user) if sent and not staff else [],
            "board": letter.is_issued and letter.directive and BOARD_READERS.allows(self.capacity, letter),
            **(self._staff_context(letter, sent) if staff else {}),
        }

    def _chain(self, letter: Letter, staff: bool) -> list[directive.ChainLink]:
        if letter.directive is None:
            return []
        return directive.directive_chain(letter.directive, with_links=staff, at=letter)

    def _staff_context(self, letter: Letter, sent: bool) -> dict[str, Any]:
        """What staff see in addition: delivery of a letter that was issued, before that the units that it will reach."""
        lines = duty.recipient_statuses(letter) if sent else []
        return {
            "lines": lines,
            "receipts": [] if lines else queries.receipts_of(letter),
            "reach": None if sent else queries.reach_of(letter, timezone.localdate()),
            "own_open": duty.open_office_duties(letter),
        }


class LetterReceiptPage(PageView):
    """Redirect from the to-do entry of a receipt to the letter."""

    permission = permissions.staff | permissions.unit_head

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.get_visible_or_404(LetterReceipt, self.kwargs["pk"], "letter"))


class EditLetter(EditPaperView):
    form_class = LetterForm
    template_name = "campaigns/letter_form.html"
    title = "Lưu công văn"


class AcknowledgeLetter(ActPostView):
    permission = permissions.unit_head
    act = "campaigns.acknowledge"
    model = LetterReceipt
    success_message = "Đã xác nhận. Văn phòng thấy đơn vị đã nhận."

    def perform(self) -> Any:
        acknowledge_letter(by=self.request.user, receipt=self.object)
        return self.object.letter
