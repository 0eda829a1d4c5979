"""Proposals to cancel issued papers: made by the office or the clerk, decided by the chair."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanTextModelField
from emulation.core.formatting import format_date
from emulation.documents.models.issued_document import IssuedDocument
from emulation.workflow.models import WorkflowSubject


class DocumentCancellationQuerySet(CommuneQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, the clerk and the chair."""
        rows = self.of(user)
        return rows if capacity_of(user).has(*COMMUNE_STAFF_ROLES) else rows.none()

    def for_lists(self) -> Self:
        """With the paper's name, without its text."""
        return self.select_related("document").defer("document__html", "document__blocks")


class DocumentCancellation(WorkflowSubject):
    """The proposal to cancel one paper; when the chair agrees, the paper and what rests on it are cancelled."""

    subject_key = "documents.DocumentCancellation"

    PROPOSED = "proposed"
    AGREED = "agreed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="cancellations", verbose_name="văn bản")
    reason = CleanTextModelField("lý do hủy")
    # What the cancellation changed, one sentence each, as the chair read it; empty before the chair agrees.
    consequences = models.JSONField("hệ quả", default=list, blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )  # the chair who agreed or declined, or who withdrew it

    objects = DocumentCancellationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state__in=["proposed", "agreed"]),
                name="document_cancellation_one_live",
            )
        ]

    def __str__(self) -> str:
        return f"Đề nghị hủy {self.document}"

    def get_absolute_url(self) -> str:
        return reverse("documents:cancellation", args=[self.pk])

    @property
    def is_proposed(self) -> bool:
        return self.state == self.PROPOSED

    @property
    def is_agreed(self) -> bool:
        return self.state == self.AGREED

    @property
    def decline_reason(self) -> str:
        """Why the chair declined, or ""."""
        reason: str = self.return_notes.get("reason", "")
        return reason

    def todo_parts(self) -> tuple[str, str]:
        return f"{self.document}, ngày {format_date(self.document.issued_on)}", f"lý do: {self.reason}"
