"""Abstract base of the models of papers with an approval: texts, signer, state, notes of a return, issued document."""

from typing import Any, ClassVar, Self

from django.db import models

from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES, UNIT_HEAD_ROLES, Role
from emulation.core.fields import CleanCharField
from emulation.core.formatting import lower_first
from emulation.documents.models import DocumentEvent, IssuedDocument
from emulation.workflow.models import ReturnableSubject


class ApprovalQuerySet(CommuneQuerySet):
    """Rows of papers with an approval."""

    def not_cancelled(self) -> Self:
        """Those in preparation or in force; lists and figures of what is in force count these only."""
        return self.exclude(state=ApprovalSubject.CANCELLED)


class IssuedToCommuneQuerySet(ApprovalQuerySet):
    """Papers that everybody in the commune may read once they are issued."""

    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; other users of the commune see papers that were issued."""
        capacity = capacity_of(user)
        rows = self.of(user)
        if capacity.has(*COMMUNE_STAFF_ROLES):
            return rows
        readers = capacity.has(*UNIT_HEAD_ROLES, Role.council_member, Role.superior)
        return rows.filter(document__isnull=False) if readers else rows.none()


class ApprovalSubject(ReturnableSubject):
    """A paper from its draft to its issue; `EDITABLE` names the columns that the office writes."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    CANCELLED = "cancelled"
    OPEN = (DRAFT, RETURNED)
    """States in which the office may change it."""
    PREPARED = (DRAFT, RETURNED, SUBMITTED, APPROVED)
    """States before it is issued or signed."""
    EDITABLE: ClassVar[tuple[str, ...]]

    signer = CleanCharField("người ký", max_length=120, blank=True)
    deputy = models.BooleanField("Phó Chủ tịch ký thay", default=False)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="văn bản"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    @property
    def return_reason(self) -> str:
        """Why it was returned to the office; "" when it was not, or is on its way again."""
        return "" if self.is_submitted else str(self.return_notes.get("reason", ""))

    @property
    def earlier_return_reason(self) -> str:
        """Of a paper that is submitted again: why it was returned; "" otherwise."""
        return str(self.return_notes.get("reason", "")) if self.is_submitted else ""

    @property
    def is_submitted(self) -> bool:
        return self.state == self.SUBMITTED

    def forget_return(self) -> None:
        """The chair approves it: an earlier return has no meaning any more. Not saved."""
        self.return_notes = {}
        self.returned_content = {}

    @property
    def returned_by(self) -> str:
        """The name of the user who returned it; "Chủ tịch" for returns of before names were stored."""
        name: str = self.return_notes.get("by", "Chủ tịch")
        return name

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.CANCELLED

    @property
    def cancellation_reason(self) -> str:
        """Why the issued paper was cancelled, or the draft dropped; "" when it was not."""
        if self.document is None:
            return str(self.return_notes.get("dropped", ""))
        if not self.is_cancelled:
            return ""
        notes = self.document.events.filter(kind=DocumentEvent.CANCELLED).values_list("note", flat=True)
        return str(notes.first() or "")

    @property
    def cancellation_heading(self) -> str:
        return "Văn bản này đã hủy" if self.document_id else "Dự thảo này đã bỏ"

    def name_in_sentence(self) -> str:
        """The paper in the middle of a sentence, for notifications."""
        return lower_first(str(self))
