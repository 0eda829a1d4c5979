"""The commune's own letters, and their receipt by each unit."""

from datetime import date
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.urls import reverse

from campaigns.directives.models.directive import Directive
from emulation.accounts.models import User
from emulation.communes.capacity import capacity_of
from emulation.communes.models import CommuneQuerySet
from emulation.communes.roles import COMMUNE_STAFF_ROLES
from emulation.core.fields import CleanTextModelField
from emulation.core.formatting import upper_first
from emulation.documents.approval.models import ApprovalSubject, IssuedToCommuneQuerySet
from emulation.legal.calendar.lateness import is_late
from emulation.workflow.models import WorkflowSubject
from villages.models import Unit


def _latest_return(**own: Any) -> models.Subquery:
    """Why tasks of the row were returned last."""
    duties = apps.get_model("campaigns.UnitDuty")
    returned = duties.objects.filter(state=duties.RETURNED, **own).order_by("-state_since", "pk")
    return models.Subquery(returned.values(reason=KT("return_notes__reason"))[:1])


class LetterQuerySet(IssuedToCommuneQuerySet):
    def for_lists(self) -> Self:
        """With the directive; `duty_reason` is why tasks of the office itself were returned."""
        own = _latest_return(letter=models.OuterRef("pk"), receipt=None)
        return (
            self.select_related("directive", "document")
            .defer("document__html", "document__blocks")
            .annotate(duty_reason=own)
        )


class Letter(ApprovalSubject):
    """The commune's công văn, usually one that carries out a directive: opening, four groups of tasks, closing, addressees, recipients.

    Addressees and recipients are one per line; in a group of tasks a line that begins with "-" becomes a bullet.
    """

    subject_key = "campaigns.Letter"

    ISSUED = "issued"
    GROUPS = (
        ("tasks_1", "Nhóm việc 1"),
        ("tasks_2", "Nhóm việc 2"),
        ("tasks_3", "Nhóm việc 3"),
        ("tasks_4", "Nhóm việc 4"),
    )
    TEXTS = ("addressees", "opening", *(name for name, _ in GROUPS), "closing", "recipients")
    EDITABLE = ("subject", *TEXTS, "signer", "deputy")

    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="văn bản chỉ đạo"
    )  # None: a letter of the commune's own, such as a reminder letter (công văn đôn đốc)
    subject = CleanTextModelField("trích yếu")
    addressees = CleanTextModelField("kính gửi", blank=True)
    opening = CleanTextModelField("mở đầu", blank=True)
    tasks_1 = CleanTextModelField("nhóm việc 1", blank=True)
    tasks_2 = CleanTextModelField("nhóm việc 2", blank=True)
    tasks_3 = CleanTextModelField("nhóm việc 3", blank=True)
    tasks_4 = CleanTextModelField("nhóm việc 4", blank=True)
    closing = CleanTextModelField("kết", blank=True)
    recipients = CleanTextModelField("nơi nhận", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["directive"], condition=~Q(state="cancelled"), name="letter_one_standing")
        ]

    def __str__(self) -> str:
        return f"Công văn: {self.subject}"

    @property
    def kind_in_words(self) -> str:
        """ "Công văn triển khai" of a directive; without one it is a reminder letter, "Công văn đôn đốc"."""
        return "Công văn triển khai" if self.directive_id else "Công văn đôn đốc"

    def todo_parts(self) -> tuple[str, str]:
        # The draft is not named by its kind: the subject has the same words ("Về việc đôn đốc …").
        paper = f"Công văn số {self.document.reference}" if self.document else "Dự thảo công văn"
        return paper, upper_first(self.subject)

    def get_absolute_url(self) -> str:
        return reverse("campaigns:letter", args=[self.pk])

    def name_in_sentence(self) -> str:
        return f"công văn {self.subject}"

    @property
    def return_reason(self) -> str:
        """Why the letter was returned, or (only for rows of `for_lists`) the reports of the office's own tasks."""
        return super().return_reason or getattr(self, "duty_reason", None) or ""

    @property
    def is_issued(self) -> bool:
        return self.state == self.ISSUED

    @property
    def is_sent(self) -> bool:
        """Issued, perhaps cancelled since."""
        return self.document_id is not None


class LetterPartQuerySet(CommuneQuerySet):
    """Rows that an issued letter created."""

    def in_force(self) -> Self:
        """Without those of cancelled letters: what calendars, figures and lateness count."""
        return self.exclude(letter__state=Letter.CANCELLED)


class LetterReceiptQuerySet(LetterPartQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The office, clerk and chair see all; the head of a unit sees those of their unit."""
        capacity = capacity_of(user)
        rows = self.of(user)
        return rows if capacity.has(*COMMUNE_STAFF_ROLES) else rows.filter(unit_id__in=capacity.unit_ids)

    def for_lists(self) -> Self:
        """With the letter and its number, without its text; `first_due` is the earliest due day of an unreported task.

        `duty_reason` is why tasks were returned last.
        """
        duties = apps.get_model("campaigns.UnitDuty")
        waiting = duties.objects.filter(receipt=models.OuterRef("pk"), state=duties.WAITING, due_day__isnull=False)
        rows = self.select_related("unit", "letter__document").annotate(
            first_due=models.Subquery(waiting.order_by("due_day").values("due_day")[:1]),
            duty_reason=_latest_return(receipt=models.OuterRef("pk")),
        )
        return rows.defer("letter__document__html", "letter__document__blocks")


class LetterReceipt(WorkflowSubject):
    """An issued letter to be acknowledged by a unit."""

    subject_key = "campaigns.LetterReceipt"

    WAITING = "waiting"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"
    letter = models.ForeignKey(Letter, models.PROTECT, related_name="receipts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.ForeignKey(
        "campaigns.LetterRecipient", models.PROTECT, null=True, blank=True, related_name="receipts"
    )  # the line of "Nơi nhận" that names the unit; None for letters issued before lines were parsed
    due_day = models.DateField("hạn xác nhận", null=True, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_on = models.DateField("ngày nhận", null=True, blank=True)

    objects = LetterReceiptQuerySet.as_manager()

    class Meta:
        ordering = ["unit__sort", "pk"]
        constraints = [models.UniqueConstraint(fields=["letter", "unit"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.unit.name} nhận {self.letter}"

    def get_absolute_url(self) -> str:
        return self.letter.get_absolute_url()

    @property
    def is_waiting(self) -> bool:
        return self.state == self.WAITING

    @property
    def is_withdrawn(self) -> bool:
        """The letter was cancelled before the unit acknowledged it."""
        return self.state == self.WITHDRAWN

    @property
    def is_late(self) -> bool:
        """Whether it was acknowledged after its due day."""
        return is_late(self.received_on, self.due_day)

    def due_on(self) -> date | None:
        """The day to acknowledge by; once acknowledged, the due day of the first unreported task (only for rows of `for_lists`)."""
        return self.due_day if self.state == self.WAITING else getattr(self, "first_due", None)

    @property
    def return_reason(self) -> str:
        """Why tasks of the unit were returned (only for rows of `for_lists`)."""
        return getattr(self, "duty_reason", None) or ""

    def todo_parts(self) -> tuple[str, str]:
        paper, subject = self.letter.todo_parts()
        return paper, f"{subject}; {self.unit.name}"
